// Random numbers that a seed repeats on any machine, and the values in which arithmetic likes to be wrong. Knows nothing of instructions.

export type Random = {
  /** An integer in [0, count). */
  below(count: number): number;
  /** An integer in [low, high]. */
  range(low: number, high: number): number;
  /** True once in `count` times. */
  oneIn(count: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** 32 random bits as an unsigned number. */
  word(): number;
  /** 64 random bits. */
  bits64(): bigint;
  /** 64 bits as programs have them: zero, ±1, small, sign boundaries, powers of two, repeated bytes, or anything. */
  value(): bigint;
};

/** Seeds of different `stream`s give unrelated numbers. Chris Doty-Humphrey's sfc32, which passes PractRand. */
export function random(seed: number, ...stream: readonly number[]): Random {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  function word(): number {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
  for (const part of [seed, ...stream]) {
    a ^= part;
    for (let turn = 0; turn < 12; turn++) word();
  }
  const below = (count: number) => Math.floor((word() / 2 ** 32) * count);
  const range = (low: number, high: number) => low + below(high - low + 1);
  const oneIn = (count: number) => below(count) === 0;
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const bits64 = () => (BigInt(word()) << 32n) | BigInt(word());
  function value(): bigint {
    const small = BigInt(range(-3, 3));
    switch (below(8)) {
      case 0:
        return BigInt.asUintN(64, small);
      case 1:
        return BigInt.asUintN(64, (1n << BigInt(below(64))) + small);
      case 2:
        return BigInt.asUintN(64, pick([0x7fn, 0x7fffn, 0x7fff_ffffn, 0x7fff_ffff_ffff_ffffn, 0xffff_ffffn]) + small);
      case 3:
        return BigInt.asUintN(64, ~(1n << BigInt(below(64))));
      case 4:
        return BigInt(below(256)) * 0x0101_0101_0101_0101n;
      case 5:
        return BigInt(word());
      default:
        return bits64();
    }
  }
  return { below, range, oneIn, pick, word, bits64, value };
}
