// What the registers view shows, worked out of the register file: names, texts in the chosen radix, and PSTATE's parts.
import { bits64, hexDigits } from '#base';
import type { RegisterChange } from '#client';

export type Radix = 'hex' | 'dec' | 'bin' | 'ascii';

/** A general register's place in RegisterFile.values is its number; these follow. */
export const SPECIAL = { sp_el0: 31, sp_el1: 32, sp_el2: 33, pc: 34, pstate: 35 } as const;

/** The value as text in a radix other than hex (hex is drawn by Hex). Decimal is signed where the top bit is set. */
export function registerText(value: bigint, radix: Exclude<Radix, 'hex'>): string {
  switch (radix) {
    case 'dec':
      return BigInt.asIntN(64, value).toString();
    case 'bin':
      return (
        value
          .toString(2)
          .replace(/\B(?=(?:.{8})+$)/g, '_')
          .padStart(1, '0') || '0'
      );
    case 'ascii':
      return (
        hexDigits(value, 16)
          .match(/../g)
          ?.map((pair) => Number.parseInt(pair, 16))
          .map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·'))
          .join('') ?? ''
      );
  }
}

/** One flag or field of PSTATE for the line below the grid. */
export interface PStatePart {
  readonly name: string;
  readonly value: number;
}

/** NZCV and DAIF, in the order in which they are written. */
export function pstateParts(pstate: bigint): readonly PStatePart[] {
  const bit = (name: string, at: number): PStatePart => ({ name, value: Number(bits64(pstate, at, at)) });
  return [bit('N', 31), bit('Z', 30), bit('C', 29), bit('V', 28), bit('D', 9), bit('A', 8), bit('I', 7), bit('F', 6)];
}

/** `EL1h`, `EL0t`. */
export function modeName(pstate: bigint): string {
  return `EL${bits64(pstate, 3, 2)}${bits64(pstate, 0, 0) ? 'h' : 't'}`;
}

/** The name of the stack pointer that the current mode uses, as a register file name. */
export function currentSp(pstate: bigint): 'sp_el0' | 'sp_el1' | 'sp_el2' {
  if (bits64(pstate, 0, 0) === 0n) return 'sp_el0';
  return bits64(pstate, 3, 2) === 2n ? 'sp_el2' : 'sp_el1';
}

/** The change of each register by name, the last one winning. */
export function changesByRegister(changes: readonly RegisterChange[]): ReadonlyMap<string, RegisterChange> {
  return new Map(changes.map((change) => [change.register, change]));
}
