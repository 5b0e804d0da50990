// Allocation tags (FEAT_MTE): arithmetic on them. Knows no memory.

/** The tag `offset` steps after `start` that is not in the 16-bit mask `exclude`; 0 when all are (AArch64.ChooseNonExcludedTag). */
export function chooseTag(start: bigint, offset: bigint, exclude: bigint): bigint {
  const excluded = Number(exclude & 0xffffn);
  if (excluded === 0xffff) return 0n;
  let tag = Number(start & 15n);
  const skip = (): void => {
    while ((excluded >> tag) & 1) tag = (tag + 1) & 15;
  };
  if (offset === 0n) skip();
  for (let n = Number(offset); n > 0; n -= 1) {
    tag = (tag + 1) & 15;
    skip();
  }
  return BigInt(tag);
}

/** RGSR_EL1 after one tag was drawn: a 4-bit tag offset out of the 16-bit shift register in SEED, as AArch64.RandomTag steps it. */
export function stepTagSeed(seed: number): { readonly offset: number; readonly seed: number } {
  let state = seed & 0xffff;
  let offset = 0;
  for (let bit = 0; bit < 4; bit += 1) {
    // The feedback of x^16 + x^5 + x^3 + x^2 + 1, new bit at the top.
    const top = ((state >> 5) ^ (state >> 3) ^ (state >> 2) ^ state) & 1;
    state = (top << 15) | (state >> 1);
    offset |= top << bit;
  }
  return { offset, seed: state };
}
