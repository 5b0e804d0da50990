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
  // objdump's word for bits 30:21 = 1, whatever they may mean: not yet implemented.
  if (((word >>> 21) & 0x3ff) === 1) return `.inst\t0x${hexDigits(word >>> 0, 8)} ; NYI`;
  const decoded = decode(word >>> 0);
  if (decoded === undefined) return `.inst\t0x${hexDigits(word >>> 0, 8)} ; undefined`;
  const context: PrintContext = symbolAt === undefined ? { pc } : { pc, symbolAt };
  return printInstruction(decoded, context, aliases);
}
