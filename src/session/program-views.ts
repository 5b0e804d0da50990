// The assembled program as the page needs it, and the names of its addresses.
import type { AssembleResult } from '#asm';
import type { ProgramView } from '#protocol';
import type { ProgramNames } from './exit-views.ts';

/** Diagnostics, line images and symbols, as plain data. */
export function programView(assembly: AssembleResult): ProgramView {
  const { image, base } = assembly;
  return {
    ok: image !== undefined,
    diagnostics: assembly.diagnostics,
    lines: image
      ? assembly.lines.map(({ line, address, size }) => ({ line, address, bytes: lineBytes(image, address - base, size) }))
      : [],
    symbols: Object.fromEntries(Array.from(assembly.symbols.values(), (s) => [s.name, s.value])),
  };
}

/** A line's bytes for the margin: the first 16 of them (a `.space` line may have megabytes). */
function lineBytes(image: Uint8Array, offset: bigint, size: number): Uint8Array {
  return image.slice(Number(offset), Number(offset) + Math.min(size, 16));
}

/** Symbols and lines by address. */
export function programNames(assembly: AssembleResult): ProgramNames {
  const lines = new Map<bigint, number>();
  // A macro's words stand on the line of its call.
  for (const { line, address, size, kind } of assembly.lines) {
    if (kind === 'instruction') for (let offset = 0; offset < size; offset += 4) lines.set(address + BigInt(offset), line);
  }
  const symbols = new Map<bigint, string>();
  for (const { name, value, kind } of assembly.symbols.values())
    if (kind === 'address' && !symbols.has(value)) symbols.set(value, name);
  return { symbolAt: (address) => symbols.get(address), lineAt: (address) => lines.get(address) };
}
