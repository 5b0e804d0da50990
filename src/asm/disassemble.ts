// Words to text in objdump's syntax.
import { hexDigits } from '#base';
import { decode, type PrintContext, printInstruction } from '#isa';

export interface DisassembleOptions {
  /** Address of the instruction. Default 0. */
  readonly pc?: bigint;
  /** False: architectural names only. Default true. */
  readonly aliases?: boolean;
  /** The name of an address, where it has one. */
  readonly symbolAt?: (address: bigint) => string | undefined;
}

/** The text of a 32-bit instruction word: mnemonic, tab, operands; `.inst` for a word that is no instruction. */
export function disassemble(word: number, { pc = 0n, aliases = true, symbolAt }: DisassembleOptions = {}): string {
  const inst = `.inst\t0x${hexDigits(word >>> 0, 8)} ;`;
  // objdump's word for bits 30:21 = 1, whatever they may mean: not yet implemented.
  if (((word >>> 21) & 0x3ff) === 1) return `${inst} NYI`;
  const decoded = decode(word >>> 0);
  if (decoded === undefined) return `${inst} undefined`;
  const context: PrintContext = symbolAt === undefined ? { pc } : { pc, symbolAt };
  return printInstruction(decoded, context, aliases);
}

/** One line of a disassembly view. */
export interface DisassembledLine {
  readonly address: bigint;
  readonly word: number;
  readonly text: string;
  /** Name of the address itself. */
  readonly label: string | undefined;
  /** The address that the instruction names (branches, literals, ADR). */
  readonly target: bigint | undefined;
}

/** The instructions of a piece of memory that begins at `address` (a multiple of 4); bytes after the last whole word are left out. */
export function disassembleRegion(
  bytes: Uint8Array,
  address: bigint,
  { aliases = true, symbolAt }: Omit<DisassembleOptions, 'pc'> = {},
): DisassembledLine[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines: DisassembledLine[] = [];
  for (let offset = 0; offset + 4 <= bytes.length; offset += 4) {
    const pc = address + BigInt(offset);
    const word = view.getUint32(offset, true);
    let target: bigint | undefined;
    const text = disassemble(word, {
      pc,
      aliases,
      // Printing asks for the name of every address that the operands name.
      symbolAt(named) {
        target = named;
        return symbolAt?.(named);
      },
    });
    lines.push({ address: pc, word, text, label: symbolAt?.(pc), target });
  }
  return lines;
}
