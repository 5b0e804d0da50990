// Pointer authentication codes: the QARMA block cipher as the architecture uses it (ComputePAC, Arm ARM J1.1.3), and where its bits go in a
// pointer. Pure arithmetic: keys, controls and address sizes are arguments.

const MASK = 0xffff_ffff_ffff_ffffn;

const CONSTANTS = [0n, 0x1319_8a2e_0370_7344n, 0xa409_3822_299f_31d0n, 0x082e_fa98_ec4e_6c89n, 0x4528_21e6_38d0_1377n] as const;
const ALPHA = 0xc0ac_29b7_c97c_50ddn;

// Where cell n of the result comes from.
const CELLS = [13, 6, 11, 0, 7, 12, 1, 10, 8, 3, 14, 5, 2, 9, 4, 15] as const;
const TWEAK_CELLS = [4, 5, 6, 7, 11, 2, 3, 8, 12, 13, 14, 15, 0, 1, 10, 9] as const;
// Cells of the shuffled tweak that are also stepped by its shift register.
const TWEAK_STEPPED = new Set([2, 4, 7, 11, 12, 14, 15]);

// QARMA5 substitutes with sigma 2; QARMA3 with sigma 1, which is its own inverse.
const SIGMA1 = [10, 13, 14, 6, 15, 7, 3, 5, 9, 8, 0, 12, 11, 1, 2, 4] as const;
const SIGMA2 = [11, 6, 8, 15, 12, 0, 9, 14, 3, 7, 4, 5, 13, 2, 1, 10] as const;

type Cells = number[];

function split(value: bigint): Cells {
  const low = Number(value & 0xffff_ffffn);
  const high = Number(value >> 32n);
  return Array.from({ length: 16 }, (_, n) => ((n < 8 ? low : high) >>> ((n & 7) * 4)) & 15);
}

function join(cells: Cells): bigint {
  let low = 0;
  let high = 0;
  for (let n = 0; n < 8; n += 1) {
    low |= (cells[n] as number) << (n * 4);
    high |= (cells[n + 8] as number) << (n * 4);
  }
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

function inverse(permutation: readonly number[]): number[] {
  const out: number[] = [];
  for (const [to, from] of permutation.entries()) out[from] = to;
  return out;
}

const CELLS_BACK = inverse(CELLS);
const TWEAK_CELLS_BACK = inverse(TWEAK_CELLS);
const SIGMA2_BACK = inverse(SIGMA2);

const shuffle = (value: Cells): Cells => CELLS.map((from) => value[from] as number);
const unshuffle = (value: Cells): Cells => CELLS_BACK.map((from) => value[from] as number);
const substitute = (value: Cells, by: readonly number[]): Cells => value.map((cell) => by[cell] as number);

/** The tweak's four-bit shift register, forwards and backwards. */
const stepCell = (cell: number): number => (cell >> 1) | (((cell ^ (cell >> 1)) & 1) << 3);
const unstepCell = (cell: number): number => ((cell << 1) & 15) | ((cell & 1) ^ (cell >> 3));

function stepTweak(value: Cells): Cells {
  return TWEAK_CELLS.map((from, to) => (TWEAK_STEPPED.has(to) ? stepCell(value[from] as number) : (value[from] as number)));
}

function unstepTweak(value: Cells): Cells {
  return TWEAK_CELLS_BACK.map((from) => (TWEAK_STEPPED.has(from) ? unstepCell(value[from] as number) : (value[from] as number)));
}

const rotate = (cell: number, by: number): number => ((cell << by) | (cell >> (4 - by))) & 15;

/** The cells as a 4 by 4 matrix times the circulant of rotations (0, 1, 2, 1). */
function multiply(value: Cells): Cells {
  const out: Cells = [];
  for (let n = 0; n < 4; n += 1) {
    const a = value[n] as number;
    const b = value[n + 4] as number;
    const c = value[n + 8] as number;
    const d = value[n + 12] as number;
    out[n + 12] = rotate(c, 1) ^ rotate(b, 2) ^ rotate(a, 1);
    out[n + 8] = rotate(d, 1) ^ rotate(b, 1) ^ rotate(a, 2);
    out[n + 4] = rotate(d, 2) ^ rotate(c, 1) ^ rotate(a, 1);
    out[n] = rotate(d, 1) ^ rotate(c, 2) ^ rotate(b, 1);
  }
  return out;
}

/** A 128-bit key as its two registers hold it. */
export interface PacKeyValue {
  /** APxKeyHi_EL1. */
  readonly high: bigint;
  /** APxKeyLo_EL1. */
  readonly low: bigint;
}

/** The 64-bit code of `data` under a modifier. */
export function computePac(data: bigint, modifier: bigint, key: PacKeyValue, algorithm: 'qarma5' | 'qarma3'): bigint {
  const rounds = algorithm === 'qarma5' ? 4 : 2;
  const forward = algorithm === 'qarma5' ? SIGMA2 : SIGMA1;
  const backward = algorithm === 'qarma5' ? SIGMA2_BACK : SIGMA1;
  const { high: key0, low: key1 } = key;
  const modified = ((key0 << 63n) & MASK) | ((key0 >> 1n) ^ (key0 >> 63n));
  let tweak = split(modifier);
  let value = data ^ key0;
  for (let round = 0; round <= rounds; round += 1) {
    let cells = split(value ^ key1 ^ join(tweak) ^ (CONSTANTS[round] as bigint));
    if (round > 0) cells = multiply(shuffle(cells));
    value = join(substitute(cells, forward));
    tweak = stepTweak(tweak);
  }
  const middle = substitute(multiply(shuffle(split(value ^ modified ^ join(tweak)))), forward);
  const reflected = unshuffle(split(join(multiply(shuffle(middle))) ^ key1));
  value = join(unshuffle(multiply(substitute(reflected, backward)))) ^ key0 ^ join(tweak);
  for (let round = 0; round <= rounds; round += 1) {
    let cells = substitute(split(value), backward);
    if (round < rounds) cells = unshuffle(multiply(cells));
    tweak = unstepTweak(tweak);
    value = join(cells) ^ (CONSTANTS[rounds - round] as bigint) ^ key1 ^ join(tweak) ^ ALPHA;
  }
  return value ^ modified;
}

/** The two modifiers of FEAT_PAuth_LR as one (ComputePAC2). */
export function joinModifiers(modifier: bigint, second: bigint): bigint {
  return (((second >> 5n) & 0xffff_ffffn) << 32n) | ((modifier >> 4n) & 0xffff_ffffn);
}

/** How much of pointer authentication is implemented: FEAT_PAuth, FEAT_EPAC, FEAT_PAuth2. */
export type PacLevel = 'pauth' | 'epac' | 'pauth2';

/** Where the address ends in a pointer and where its tag begins. */
export interface PointerLayout {
  /** Lowest bit that is no address bit: 64 - TxSZ of the pointer's half. */
  readonly bottom: number;
  /** The top byte is a tag. */
  readonly tbi: boolean;
}

const bits = (high: number, low: number): bigint => ((1n << BigInt(high - low + 1)) - 1n) << BigInt(low);

/** The bits of a pointer that a code takes: all above the address but bit 55 and the tag. */
function codeBits({ bottom, tbi }: PointerLayout): bigint {
  return (bottom <= 54 ? bits(54, bottom) : 0n) | (tbi ? 0n : bits(63, 56));
}

/** The pointer with everything above the address a copy of `select` (0 or 1), the tag kept. */
function extended(pointer: bigint, select: bigint, { bottom, tbi }: PointerLayout): bigint {
  const extension = bits(tbi ? 55 : 63, bottom);
  return select ? pointer | extension : pointer & ~extension & MASK;
}

/**
 * A pointer with its code inserted (AddPAC). `select` is the bit that tells the halves of the address space apart: bit 55 where a half uses
 * tags or the regime has one half and uses them, else bit 63.
 */
export function insertPac(
  pointer: bigint,
  select: 0n | 1n,
  layout: PointerLayout,
  level: PacLevel,
  compute: (pointer: bigint) => bigint,
): bigint {
  let code = compute(extended(pointer, select, layout));
  const top = layout.tbi ? 55 : 63;
  const above = bits(top, layout.bottom);
  const upper = pointer & above;
  if (upper !== 0n && upper !== above) {
    // Not a canonical pointer: the code must not authenticate. FEAT_PAuth2 folds the wrong bits in by itself.
    if (level === 'epac') code = 0n;
    else if (level === 'pauth') code ^= 1n << BigInt(top - 1);
  }
  const taken = codeBits(layout);
  const base = pointer & ~taken & ~(1n << 55n) & MASK;
  return base | (select << 55n) | ((level === 'pauth2' ? pointer ^ code : code) & taken);
}

/** What authenticating gives: the plain pointer, or one whose upper bits are wrong. */
export interface Authenticated {
  readonly pointer: bigint;
  readonly ok: boolean;
}

/** Authenticates a pointer (Auth); `key` 0 for A keys, 1 for B keys, which shows in the pointer when it fails. */
export function authenticatePac(
  pointer: bigint,
  layout: PointerLayout,
  level: PacLevel,
  key: 0 | 1,
  compute: (pointer: bigint) => bigint,
): Authenticated {
  const plain = stripPac(pointer, layout);
  const code = compute(plain);
  const taken = codeBits(layout);
  if (level === 'pauth2') {
    const result = pointer ^ (code & taken);
    return { pointer: result, ok: (result & taken) === (plain & taken) };
  }
  if ((code & taken) === (pointer & taken)) return { pointer: plain, ok: true };
  const at = layout.tbi ? 53 : 61;
  return { pointer: (plain & ~bits(at + 1, at) & MASK) | ((key === 0 ? 1n : 2n) << BigInt(at)), ok: false };
}

/** The pointer without its code (Strip). */
export function stripPac(pointer: bigint, layout: PointerLayout): bigint {
  return extended(pointer, (pointer >> 55n) & 1n, layout);
}
