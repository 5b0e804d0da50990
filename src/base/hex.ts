/** Hex as the command line and files write it: `0x`, lower case, no leading zeros. */
export function hex(value: bigint | number): string {
  return `0x${value.toString(16)}`;
}

/** Hex padded to `digits`, no prefix, no grouping. */
export function hexDigits(value: bigint | number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** A number as people write it (decimal, 0x, 0b, 0o, `_` between digits, leading `-`), or undefined when it is none. */
export function parseInteger(text: string): bigint | undefined {
  const body = text.trim().replace(/(?<=[0-9a-fA-F])_(?=[0-9a-fA-F])/g, '');
  const match = /^(-?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|[0-9]+)$/.exec(body);
  if (!match) return undefined;
  const magnitude = BigInt(match[2] as string);
  return match[1] ? -magnitude : magnitude;
}
