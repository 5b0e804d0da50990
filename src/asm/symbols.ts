// Symbols by name: labels, assigned names, numeric labels, and where each is defined and used. Knows nothing of what addresses are.
import type { Expression, Location, SymbolNode } from './expression.ts';
import type { Extent } from './source.ts';

/** A name in the source. */
export interface Mention extends Extent {
  /** False: only named by a directive such as `.global`; nothing needs its value. */
  readonly needed: boolean;
}

export type Binding = 'local' | 'global' | 'weak';

export class AssemblerSymbol implements SymbolNode {
  readonly name: string;
  /** A label that is a number, of which there can be many. */
  readonly numeric: boolean;
  location: Location | undefined;
  value: Expression | undefined;
  anew: (() => Expression | undefined) | undefined;
  weak = false;
  binding: Binding = 'local';
  /** The `.type` that the source gave it. */
  type: 'function' | 'object' | 'none' = 'none';
  definition: Extent | undefined;
  readonly mentions: Mention[] = [];
  /** False: defined by `.equiv` or `==`, or a label, which may not be defined again. */
  reassignable = false;
  readonly node: Expression;
  /** For `.comm`: bytes and alignment that layout has to find room for. */
  common: { readonly size: number; readonly alignment: number } | undefined;

  constructor(name: string, numeric = false) {
    this.name = name;
    this.numeric = numeric;
    this.node = { kind: 'symbol', symbol: this };
  }

  get defined(): boolean {
    return this.location !== undefined || this.value !== undefined || this.common !== undefined;
  }
}

export class SymbolTable {
  /** The present meaning of each name. */
  private readonly byName = new Map<string, AssemblerSymbol>();
  /** Every symbol that ever was, in order of first mention; a name assigned anew has several. */
  readonly all: AssemblerSymbol[] = [];
  private readonly numericDefined = new Map<number, AssemblerSymbol>();
  private readonly numericAwaited = new Map<number, AssemblerSymbol>();

  find(name: string): AssemblerSymbol | undefined {
    return this.byName.get(name);
  }

  get(name: string): AssemblerSymbol {
    let symbol = this.byName.get(name);
    if (symbol === undefined) {
      symbol = this.make(name);
      this.byName.set(name, symbol);
    }
    return symbol;
  }

  /** A new meaning for a name; what was said of the old one stays with it. */
  renew(old: AssemblerSymbol): AssemblerSymbol {
    const symbol = this.make(old.name);
    symbol.binding = old.binding;
    symbol.weak = old.weak;
    symbol.type = old.type;
    this.byName.set(old.name, symbol);
    return symbol;
  }

  names(): IterableIterator<[string, AssemblerSymbol]> {
    return this.byName.entries();
  }

  /** The numeric label that a definition `1:` makes; forward references to it meet here. */
  defineNumeric(label: number): AssemblerSymbol {
    const symbol = this.numericAwaited.get(label) ?? this.make(`${label}`, true);
    this.numericAwaited.delete(label);
    this.numericDefined.set(label, symbol);
    return symbol;
  }

  numeric(label: number, direction: 'f' | 'b'): AssemblerSymbol | undefined {
    if (direction === 'b') return this.numericDefined.get(label);
    let symbol = this.numericAwaited.get(label);
    if (symbol === undefined) {
      symbol = this.make(`${label}`, true);
      this.numericAwaited.set(label, symbol);
    }
    return symbol;
  }

  private make(name: string, numeric = false): AssemblerSymbol {
    const symbol = new AssemblerSymbol(name, numeric);
    this.all.push(symbol);
    return symbol;
  }
}
