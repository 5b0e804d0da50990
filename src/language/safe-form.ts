// The safe form of a load or store whose abort would carry no syndrome: the same accesses in the same order, each by an instruction that has one,
// and the step of the base register by itself. What the instruction does is heard from its row; which single accesses there are is asked of the
// assembler. It knows no instruction of loading and storing by name, and proposes nothing that does not assemble with a syndrome.
import { assembleLine } from '#asm';
import { type AccessType, type Decoded, decode, formsOf, mnemonics, type Operations } from '#isa';

/** A value as a safe form needs to know it. */
type Heard =
  | { readonly kind: 'register'; readonly n: number; readonly offset: bigint }
  | { readonly kind: 'number'; readonly value: bigint }
  | { readonly kind: 'loaded'; readonly index: number; readonly signed: boolean }
  | { readonly kind: 'other' };

interface Access {
  readonly write: boolean;
  readonly bytes: number;
  readonly address: Heard;
  /** The register stored, or loaded to. */
  register: number | undefined;
  sf: number;
  signed: boolean;
}

const OTHER: Heard = { kind: 'other' };
const BASE_SP = 31;

/** Thrown where an instruction does more than plain loads and stores of general registers. */
class NotPlain {}

/** The lines, mnemonic and operands apart, that do the same with syndromes; undefined when there are none. */
export function safeForm(decoded: Decoded): readonly (readonly [mnemonic: string, operands: string])[] | undefined {
  const accesses: Access[] = [];
  let step: { readonly base: number; readonly by: bigint } | undefined;
  try {
    step = listen(decoded, accesses);
  } catch (thrown) {
    if (thrown instanceof NotPlain) return undefined;
    throw thrown;
  }
  if (accesses.length === 0) return undefined;
  const lines: (readonly [string, string])[] = [];
  for (const [index, access] of accesses.entries()) {
    if (access.address.kind !== 'register' || access.register === undefined) return undefined;
    const { n: base, offset } = access.address;
    // What comes later needs its base as it was.
    const needed = index + 1 < accesses.length || step !== undefined;
    if (!access.write && access.register === base && base !== BASE_SP && needed) return undefined;
    const line = single(access, base, offset);
    if (!line) return undefined;
    lines.push(line);
  }
  if (step) {
    const base = baseName(step.base);
    const down = step.by < 0n;
    lines.push([down ? 'sub' : 'add', `${base}, ${base}, #${down ? -step.by : step.by}`]);
    if (wordOf(lines.at(-1)) === undefined) return undefined;
  }
  return lines;
}

function baseName(n: number): string {
  return n === BASE_SP ? 'sp' : `x${n}`;
}

function wordOf(line: readonly [string, string] | undefined): number | undefined {
  if (!line) return undefined;
  const done = assembleLine(`${line[0]} ${line[1]}`);
  return 'word' in done ? done.word : undefined;
}

/** What tells single accesses apart. */
function key(write: boolean, bytes: number, signed: boolean, sf: number): string {
  return `${write} ${bytes} ${signed} ${sf}`;
}

let singles: ReadonlyMap<string, string> | undefined;

/** The mnemonics of plain loads and stores of one general register with a syndrome, by what they do. Found by asking every mnemonic once. */
function singleMnemonics(): ReadonlyMap<string, string> {
  if (singles) return singles;
  const found = new Map<string, string>();
  for (const mnemonic of mnemonics()) {
    if (!formsOf(mnemonic).some((form) => form.row.syndrome)) continue;
    for (const [sf, register] of [
      [0, 'w0'],
      [1, 'x0'],
    ] as const) {
      const word = wordOf([mnemonic, `${register}, [x1]`]);
      const decoded = word === undefined ? undefined : decode(word);
      const syndrome = decoded?.row.syndrome?.(decoded.fields);
      if (!decoded || !syndrome || syndrome.ls64 || syndrome.ar || decoded.row.feature) continue;
      const accesses: Access[] = [];
      try {
        if (listen(decoded, accesses) !== undefined) continue;
      } catch (thrown) {
        if (thrown instanceof NotPlain) continue;
        throw thrown;
      }
      const [access] = accesses;
      if (!access || accesses.length !== 1 || access.register !== 0) continue;
      // A store of a whole register or of less: the width of the name is what counts.
      const name = key(access.write, access.bytes, access.signed, sf);
      const known = found.get(name);
      if (known === undefined || mnemonic.length < known.length) found.set(name, mnemonic);
    }
  }
  singles = found;
  return found;
}

function single(
  { write, bytes, signed, sf, register }: Access,
  base: number,
  offset: bigint,
): readonly [string, string] | undefined {
  const wide = write ? (bytes === 8 ? 1 : 0) : sf;
  const mnemonic = singleMnemonics().get(key(write, bytes, signed, wide));
  if (mnemonic === undefined || register === undefined) return undefined;
  const letter = wide ? 'x' : 'w';
  const name = register === 31 ? `${letter}zr` : `${letter}${register}`;
  const line = [mnemonic, `${name}, [${baseName(base)}${offset === 0n ? '' : `, #${offset}`}]`] as const;
  const word = wordOf(line);
  const decoded = word === undefined ? undefined : decode(word);
  return decoded?.row.syndrome ? line : undefined;
}

/** Hears what an instruction does: its accesses, and the step of its base register if there is one. */
function listen({ row, fields }: Decoded, accesses: Access[]): { readonly base: number; readonly by: bigint } | undefined {
  let step: { readonly base: number; readonly by: bigint } | undefined;
  const plus = (a: Heard, b: Heard, sign: 1n | -1n): Heard => {
    if (a.kind === 'register' && b.kind === 'number') return { ...a, offset: BigInt.asIntN(64, a.offset + sign * b.value) };
    return OTHER;
  };
  const add = (address: Heard, bytes: number, write: boolean, type: AccessType = {}): Access => {
    if (type.atomic || type.ordered || type.simd || type.unprivileged || bytes > 8) throw new NotPlain();
    const access: Access = { write, bytes, address, register: undefined, sf: bytes === 8 ? 1 : 0, signed: false };
    accesses.push(access);
    return access;
  };
  const operations: Partial<Operations<Heard>> = {
    imm: (value) => ({ kind: 'number', value: BigInt.asIntN(64, BigInt(value)) }),
    add: (a, b) => plus(a, b, 1n),
    sub: (a, b) => plus(a, b, -1n),
    base: (n) => ({ kind: 'register', n, offset: 0n }),
    x: (n) => ({ kind: 'register', n, offset: 0n }),
    signExtend: (a) => (a.kind === 'loaded' ? { ...a, signed: true } : OTHER),
    load(address, bytes, type) {
      add(address, bytes, false, type);
      return { kind: 'loaded', index: accesses.length - 1, signed: false };
    },
    store(address, bytes, value, type) {
      const access = add(address, bytes, true, type);
      if (value.kind === 'register' && value.offset === 0n) access.register = value.n;
    },
    setX(n, sf, value) {
      const access = value.kind === 'loaded' ? accesses[value.index] : undefined;
      if (!access || value.kind !== 'loaded') throw new NotPlain();
      access.register = n;
      access.sf = sf;
      access.signed = value.signed;
    },
    setXSP(n, _sf, value) {
      if (value.kind !== 'register' || value.n !== n) throw new NotPlain();
      step = { base: n, by: value.offset };
    },
  };
  const listening = new Proxy(operations, {
    get: (target, name) =>
      Reflect.get(target, name) ??
      (() => {
        throw new NotPlain();
      }),
  }) as Operations<Heard>;
  if (!row.exec) throw new NotPlain();
  row.exec(listening, fields);
  return step;
}
