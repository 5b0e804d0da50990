// Decimal floating-point text to IEEE 754 bits. Rounds to the nearest, and a number halfway away from zero, as GNU as does. Knows nothing of directives or operands.

const FORMATS = {
  half: { exponent: 5, fraction: 10 },
  bfloat: { exponent: 8, fraction: 7 },
  single: { exponent: 8, fraction: 23 },
  double: { exponent: 11, fraction: 52 },
} as const;

/** Why a text has no bits: it is no number, or one beyond the format's largest or far below its smallest. */
export type NoFloat = 'none' | 'large' | 'small';

/** The bits of a number as GNU as writes it (`1.5`, `-2e10`, `0f1.5`, `inf`, `nan`, or hex digits from the top as in `0f:3fc`), or why there are none. */
export function floatBits(text: string, format: keyof typeof FORMATS): bigint | NoFloat {
  const { exponent: exponentBits, fraction: fractionBits } = FORMATS[format];
  const body = text.replace(/^([+-]?)0[A-Za-z](?=[+-]?[0-9.])/, '$1');
  const top = 1n << BigInt(exponentBits + fractionBits);
  const infinity = ((1n << BigInt(exponentBits)) - 1n) << BigInt(fractionBits);
  const digitsOf = /^0[a-z]:([0-9a-f_]+)$/i.exec(text)?.[1]?.replaceAll('_', '');
  if (digitsOf !== undefined) {
    const width = (1 + exponentBits + fractionBits) / 4;
    return digitsOf === '' ? 'none' : digitsOf.length > width ? 'large' : BigInt(`0x${digitsOf.padEnd(width, '0')}`);
  }
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(body);
  if (special !== null) {
    const sign = special[1] === '-' ? top : 0n;
    return sign | (special[2]?.toLowerCase() === 'nan' ? infinity | ((1n << BigInt(fractionBits)) - 1n) : infinity);
  }
  const match = /^([+-]*)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/.exec(body);
  if (match === null || ((match[2] ?? '') === '' && (match[3] ?? '') === '')) return 'none';
  const negative = [...(match[1] as string)].filter((c) => c === '-').length % 2 === 1;
  const digits = BigInt((match[2] ?? '') + (match[3] ?? ''));
  const power = Number(match[4] ?? 0) - (match[3] ?? '').length;
  const sign = negative ? top : 0n;
  if (digits === 0n) return sign;
  if (power > 5000) return 'large';
  if (power < -6000) return 'small';
  const bits = round(
    power >= 0 ? digits * 10n ** BigInt(power) : digits,
    power < 0 ? 10n ** BigInt(-power) : 1n,
    exponentBits,
    fractionBits,
  );
  return typeof bits === 'string' ? bits : sign | bits;
}

/** numerator / denominator, rounded. */
function round(numerator: bigint, denominator: bigint, exponentBits: number, fractionBits: number): bigint | NoFloat {
  const bias = (1 << (exponentBits - 1)) - 1;
  // The exponent e with 2^e <= n/d < 2^(e+1).
  let e = bitLength(numerator) - bitLength(denominator);
  if (compareScaled(numerator, denominator, e) < 0) e -= 1;
  const least = 1 - bias;
  // As GNU as: what rounds to infinity or to zero is taken, what lies further out is not.
  if (e > bias) return 'large';
  if (-(e + bias) >= 16 * Math.ceil(fractionBits / 16)) return 'small';
  const scale = Math.max(e, least) - fractionBits;
  const n = scale < 0 ? numerator << BigInt(-scale) : numerator;
  const d = scale > 0 ? denominator << BigInt(scale) : denominator;
  let significand = n / d;
  const rest = (n % d) * 2n;
  if (rest >= d) significand += 1n;
  // Rounding up may carry into the exponent, which is what the encoding wants; subnormals have exponent field 0.
  const field = e < least ? 0n : BigInt(e + bias - 1);
  const bits = (field << BigInt(fractionBits)) + significand;
  const infinity = ((1n << BigInt(exponentBits)) - 1n) << BigInt(fractionBits);
  return bits > infinity ? infinity : bits;
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

/** Sign of n/d - 2^e. */
function compareScaled(n: bigint, d: bigint, e: number): number {
  const left = e < 0 ? n << BigInt(-e) : n;
  const right = e > 0 ? d << BigInt(e) : d;
  return left < right ? -1 : left > right ? 1 : 0;
}
