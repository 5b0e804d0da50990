// The assembled program as the page needs it, and the names of its addresses.
import type { AssembleResult } from '#asm';
import type { LineImage, ProgramView } from '#protocol';
import type { ProgramNames } from './exit-views.ts';

/** Where programs are assembled to and loaded. */
export const LOAD_ADDRESS = 0x4008_0000n;
/** Where RAM begins, and the most of it that a board has: elsewhere is a device, or nobody. */
export const RAM_BASE = 0x4000_0000n;
export const RAM_MOST = 1n << 30n;

/** Diagnostics, line images and symbols, as plain data. */
export function programView(assembly: AssembleResult): ProgramView {
  const { image, partial, base, diagnostics, symbols } = assembly;
  const wrong = new Set(diagnostics.flatMap((d) => (d.severity === 'error' ? [d.line] : [])));
  const lines = new Map<number, LineImage>();
  for (const { line, address, size, kind } of assembly.lines) {
    // What an alignment put before an instruction is not the instruction.
    if (kind === 'padding' || lines.has(line)) continue;
    lines.set(line, { line, address, size, word: wrong.has(line) ? undefined : wordAt(partial, Number(address - base), size) });
  }
  return {
    ok: image !== undefined,
    diagnostics,
    lines: [...lines.values()],
    symbols: Object.fromEntries(Array.from(symbols.values(), (s) => [s.name, s.value])),
  };
}

/** The first bytes of a line, at most four, as a little-endian word; where the image has no bytes there are zeros. */
function wordAt(image: Uint8Array, offset: number, size: number): number {
  let word = 0;
  for (let i = 0; i < Math.min(size, 4); i += 1) word |= (image[offset + i] ?? 0) << (8 * i);
  return word >>> 0;
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
