// Literal pools: the constants that `ldr x0, =value` has asked for, waiting for their place in the section. Knows nothing of how the load is
// encoded.
import type { Expression } from './expression.ts';
import type { Output, SectionPlace } from './output.ts';
import type { Extent } from './source.ts';
import { AssemblerSymbol } from './symbols.ts';

interface Entry {
  readonly size: 4 | 8 | 16;
  readonly expression: Expression;
  /** A label without a name, at the constant. */
  readonly symbol: AssemblerSymbol;
  readonly extent: Extent;
}

interface Pool extends SectionPlace {
  entries: Entry[];
}

export class Literals {
  private readonly output: Output;
  private readonly pools: Pool[] = [];

  constructor(output: Output) {
    this.output = output;
  }

  /** The label at which this constant will stand; equal ones of a pool share it. */
  label(expression: Expression, size: 4 | 8 | 16, extent: Extent): AssemblerSymbol {
    let pool = this.here();
    if (pool === undefined) {
      pool = { ...this.output.place, entries: [] };
      this.pools.push(pool);
    }
    const found = pool.entries.find((e) => e.size === size && same(e.expression, expression));
    if (found !== undefined) return found.symbol;
    const symbol = new AssemblerSymbol('the literal');
    pool.entries.push({ size, expression, symbol, extent });
    return symbol;
  }

  /** Puts the present subsection's constants here. */
  flush(): void {
    const pool = this.here();
    if (pool !== undefined) this.put(pool);
  }

  /** Puts everything that is left at the end of its subsection. */
  flushAll(): void {
    for (const pool of this.pools.reverse()) this.put(pool);
  }

  private here(): Pool | undefined {
    const { section, subsection } = this.output;
    return this.pools.find((p) => p.section === section && p.subsection === subsection);
  }

  /** Smaller constants first, each size at its alignment. */
  private put(pool: Pool): void {
    const { output } = this;
    const { entries } = pool;
    pool.entries = [];
    const before = output.place;
    output.moveTo(pool);
    for (const size of [4, 8, 16]) {
      const ofSize = entries.filter((e) => e.size === size);
      if (ofSize[0] !== undefined) output.align(ofSize[0].extent.statement, size, { fill: [0] });
      for (const { symbol, expression, extent } of ofSize) {
        symbol.location = output.location;
        output.number(expression, size, extent);
      }
    }
    output.moveTo(before);
  }
}

/** True for the same number, or the same symbol with the same offset. */
function same(a: Expression, b: Expression): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'number':
      return b.kind === 'number' && a.value === b.value;
    case 'symbol':
      return b.kind === 'symbol' && a.symbol === b.symbol;
    case 'location':
      return b.kind === 'location' && a.location.fragment === b.location.fragment && a.location.offset === b.location.offset;
    case 'unary':
      return b.kind === 'unary' && a.operator === b.operator && same(a.operand, b.operand);
    case 'binary':
      return b.kind === 'binary' && a.operator === b.operator && same(a.left, b.left) && same(a.right, b.right);
  }
}
