// CRC-32 and CRC-32C as the CRC32 instructions compute them: bit-reflected, no inversion before or after (Arm ARM C6.2, CRC32B).

function table(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc >>> 0;
  });
}

const CRC32 = table(0xedb8_8320);
const CRC32C = table(0x82f6_3b78);

function step(from: Uint32Array, accumulator: bigint, value: bigint, bytes: bigint): bigint {
  let crc = Number(BigInt.asUintN(32, accumulator));
  let rest = value;
  for (let n = Number(bytes); n > 0; n -= 1) {
    crc = (crc >>> 8) ^ (from[(crc ^ Number(rest & 0xffn)) & 0xff] as number);
    rest >>= 8n;
  }
  return BigInt(crc >>> 0);
}

/** The accumulator after the low `bytes` bytes of `value`, lowest first. */
export function crc32(accumulator: bigint, value: bigint, bytes: bigint): bigint {
  return step(CRC32, accumulator, value, bytes);
}

/** The same with the Castagnoli polynomial. */
export function crc32c(accumulator: bigint, value: bigint, bytes: bigint): bigint {
  return step(CRC32C, accumulator, value, bytes);
}
