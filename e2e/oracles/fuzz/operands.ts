// Operands of random instructions, as text for GNU as, and templates with places for them. Registers that programs live on are never operands
// of their own accord: X26 and X27 count loops, X28 is the middle of the data, X29 is an address for a moment, X30 the return address.
import type { Random } from './random.ts';

export const CONDITIONS = [
  'eq',
  'ne',
  'cs',
  'cc',
  'mi',
  'pl',
  'vs',
  'vc',
  'hi',
  'ls',
  'ge',
  'lt',
  'gt',
  'le',
  'al',
  'nv',
] as const;

type Width = 'x' | 'w';

/** Number of a register that a program may change. A few are met more often, so that results are used. */
export function registerNumber(r: Random): number {
  return r.oneIn(4) ? r.below(26) : r.below(10);
}

/** Two different ones. */
export function twoRegisters(r: Random): readonly [number, number] {
  const first = registerNumber(r);
  return [first, (first + 1 + r.below(25)) % 26];
}

function general(r: Random, width: Width): string {
  return r.oneIn(14) ? `${width}zr` : `${width}${registerNumber(r)}`;
}

function orStackPointer(r: Random, width: Width): string {
  return r.oneIn(10) ? (width === 'x' ? 'sp' : 'wsp') : `${width}${registerNumber(r)}`;
}

function shifted(r: Random, width: Width, kinds: readonly string[]): string {
  return r.oneIn(3) ? general(r, width) : `${general(r, width)}, ${r.pick(kinds)} #${r.below(width === 'x' ? 64 : 32)}`;
}

function extended(r: Random, width: Width): string {
  const kinds = ['uxtb', 'uxth', 'uxtw', 'sxtb', 'sxth', 'sxtw'];
  const [kind, from] = width === 'x' && r.oneIn(3) ? [r.pick(['uxtx', 'sxtx']), 'x' as const] : [r.pick(kinds), 'w' as const];
  return `${general(r, from)}, ${kind} #${r.below(5)}`;
}

/** An immediate of AND, ORR, EOR: a rotated run of ones, repeated. */
export function bitmask(r: Random, bits: 32 | 64): bigint {
  const size = 2 << r.below(bits === 64 ? 6 : 5);
  const ones = r.range(1, size - 1);
  const run = (1n << BigInt(ones)) - 1n;
  const turn = BigInt(r.below(size));
  const element = BigInt.asUintN(size, (run << turn) | (run >> (BigInt(size) - turn)));
  let value = 0n;
  for (let at = 0; at < bits; at += size) value |= element << BigInt(at);
  return value;
}

const PLACES: Record<string, (r: Random, width: Width) => string> = {
  // Registers of the instruction's width, of 64 and of 32 bits; S: or the stack pointer; D: destination that must be a real register.
  R: general,
  X: (r) => general(r, 'x'),
  W: (r) => general(r, 'w'),
  S: orStackPointer,
  XS: (r) => orStackPointer(r, 'x'),
  D: (r, width) => `${width}${registerNumber(r)}`,
  XD: (r) => `x${registerNumber(r)}`,
  arithmetic: (r, width) => shifted(r, width, ['lsl', 'lsr', 'asr']),
  logical: (r, width) => shifted(r, width, ['lsl', 'lsr', 'asr', 'ror']),
  extended,
  bitmask: (r, width) => `0x${bitmask(r, width === 'x' ? 64 : 32).toString(16)}`,
  bit: (r, width) => `${r.below(width === 'x' ? 64 : 32)}`,
  half: (r, width) => `${r.below(width === 'x' ? 4 : 2) * 16}`,
  cond: (r) => r.pick(CONDITIONS),
};

/**
 * The template with its places filled: `{0..4095}` a number, `{a|b}` one of them, otherwise a name of PLACES. One width holds for a whole
 * template; `{R}` gives x3 or w3.
 */
export function fill(template: string, r: Random): string {
  const width = r.pick(['x', 'w'] as const);
  return template.replace(/\{([^}]*)\}/g, (_, place: string) => {
    const [, low, high] = /^(-?\d+)\.\.(-?\d+)$/.exec(place) ?? [];
    if (low !== undefined && high !== undefined) return String(r.range(Number(low), Number(high)));
    if (place.includes('|')) return r.pick(place.split('|'));
    const filler = PLACES[place];
    if (filler === undefined) throw new Error(`no place '${place}' in '${template}'`);
    return filler(r, width);
  });
}
