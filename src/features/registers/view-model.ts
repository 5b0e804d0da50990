// What the registers view shows, worked out of the register file: names, texts in the chosen radix, and PSTATE's parts.
import { bits64, hexDigits } from '#base';
import type { CpuDoing, RegisterChange } from '#client';
import type { World } from '#ui';

export type Radix = 'hex' | 'dec' | 'bin' | 'ascii';

/** A general register's place in RegisterFile.values is its number; these follow. */
export const SPECIAL = { sp_el0: 31, sp_el1: 32, sp_el2: 33, pc: 34, pstate: 35 } as const;

/** The value of `width` bits as text in a radix other than hex (hex is drawn by Hex). Decimal is signed where the top bit is set. */
export function registerText(value: bigint, radix: Exclude<Radix, 'hex'>, width: 32 | 64 = 64): string {
  switch (radix) {
    case 'dec':
      return BigInt.asIntN(width, value).toString();
    case 'bin':
      return (
        value
          .toString(2)
          .replace(/\B(?=(?:.{8})+$)/g, '_')
          .padStart(1, '0') || '0'
      );
    case 'ascii':
      return (
        hexDigits(value, width / 4)
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

/** The world of a level. */
export function worldOf(el: 0 | 1 | 2): World {
  return (['0', '1', '2'] as const)[el];
}

/** What a CPU does, in words. */
export function doingText(doing: CpuDoing, running: boolean): string {
  switch (doing) {
    case 'ready':
      return running ? 'runs' : 'can run';
    case 'wfi':
      return 'waits in WFI';
    case 'wfe':
      return 'waits in WFE';
    case 'off':
      return 'off';
    case 'suspended':
      return 'suspended';
    case 'asks':
      return 'waits for you';
  }
}

/** The lanes of a 128-bit register, as the assembler names their width. */
export const LANES = [
  { value: 'q', word: 'Q', hint: 'one of 128 bits' },
  { value: 'd', word: 'D', hint: 'two of 64 bits' },
  { value: 's', word: 'S', hint: 'four of 32 bits' },
  { value: 'h', word: 'H', hint: 'eight of 16 bits' },
  { value: 'b', word: 'B', hint: 'sixteen of 8 bits' },
] as const;
export type Lanes = (typeof LANES)[number]['value'];
export type LaneText = 'hex' | 'dec' | 'float';

const BITS: Readonly<Record<Lanes, number>> = { q: 128, d: 64, s: 32, h: 16, b: 8 };

/** Bits of a lane. */
export function laneBits(lanes: Lanes): number {
  return BITS[lanes];
}

/** The value of V<n> from low and high halves in a row. */
export function vectorValue(halves: ArrayLike<bigint>, n: number): bigint {
  return ((halves[2 * n + 1] ?? 0n) << 64n) | (halves[2 * n] ?? 0n);
}

/** The lanes as texts, the highest first. Where a lane has no floating-point format (8 and 128 bits) it is shown as hex. */
export function laneTexts(value: bigint, lanes: Lanes, text: LaneText): string[] {
  const bits = BITS[lanes];
  const out: string[] = [];
  for (let at = 128 - bits; at >= 0; at -= bits) {
    const lane = BigInt.asUintN(bits, value >> BigInt(at));
    if (text === 'dec') out.push(BigInt.asIntN(bits, lane).toString());
    else if (text === 'float' && (bits === 64 || bits === 32 || bits === 16)) out.push(floatText(lane, bits));
    else out.push(hexDigits(lane, bits / 4));
  }
  return out;
}

const scratch = new DataView(new ArrayBuffer(8));

function floatText(bits: bigint, width: 64 | 32 | 16): string {
  if (width === 64) {
    scratch.setBigUint64(0, bits);
    return numberText(scratch.getFloat64(0), 17);
  }
  if (width === 32) {
    scratch.setUint32(0, Number(bits));
    return numberText(scratch.getFloat32(0), 9);
  }
  return numberText(halfFloat(Number(bits)), 5);
}

/** IEEE 754 half precision. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The shortest text with at most `digits` digits that says the number in its format; −0 keeps its sign. */
function numberText(value: number, digits: number): string {
  if (Object.is(value, -0)) return '-0';
  if (!Number.isFinite(value)) return value.toString();
  return Number(value.toPrecision(digits)).toString();
}
