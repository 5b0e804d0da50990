/** The bytes of a LEB128 number (unsigned: taken modulo 2^64), drawn out to at least `least` bytes. */
export function leb128(value: bigint, signed: boolean, least = 1): number[] {
  const bytes: number[] = [];
  let rest = signed || value >= 0n ? value : BigInt.asUintN(64, value);
  for (;;) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    const sign = (byte & 0x40) !== 0;
    const done = (signed ? rest === (sign ? -1n : 0n) : rest === 0n) && bytes.length + 1 >= least;
    bytes.push(done ? byte : byte | 0x80);
    if (done) return bytes;
  }
}
