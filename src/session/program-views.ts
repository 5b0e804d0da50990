// The assembled program as the page needs it, and the names of its addresses.
import type { Assembly } from '#asm';
import type { ProgramView } from '#protocol';
import type { ProgramNames } from './exit-views.ts';

/** Diagnostics, line images and symbols, as plain data. */
export function programView(assembly: Assembly): ProgramView {
  return {
    ok: assembly.image !== undefined,
    diagnostics: assembly.diagnostics,
    lines: assembly.lines.map(({ line, address, bytes }) => ({ line, address, bytes })),
    symbols: Object.fromEntries(assembly.symbols),
  };
}

/** Symbols and lines by address. */
export function programNames(assembly: Assembly): ProgramNames {
  const lines = new Map<bigint, number>();
  // A macro's words stand on the line of its call; of several lines at an address the last one holds the instruction.
  for (const { line, address, bytes } of assembly.lines) {
    for (let offset = 0; offset < Math.min(bytes.length, 4096); offset += 4) lines.set(address + BigInt(offset), line);
  }
  const symbols = new Map<bigint, string>();
  for (const [name, address] of assembly.symbols) if (!symbols.has(address)) symbols.set(address, name);
  return { symbolAt: (address) => symbols.get(address), lineAt: (address) => lines.get(address) };
}
