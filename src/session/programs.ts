// A program as the session runs it, whether it was written as text or came as a file; and programs given away as files.
import { assemble } from '#asm';
import { err, ok, type Result } from '#base';
import { writeElf } from '#formats';
import type { LoadImage } from '#machine';
import type { Project } from '#project';
import type { ProgramFormat, ProgramView, Reply } from '#protocol';
import type { ProgramNames } from './exit-views.ts';
import { readImage } from './program-image.ts';
import { LOAD_ADDRESS, programNames, programView } from './program-views.ts';

/** With errors in its text (`view.ok` false) there is nothing to run. */
export interface RunProgram {
  readonly view: ProgramView;
  readonly parts: LoadImage['parts'];
  readonly entry: bigint;
  readonly names: ProgramNames;
  /** Lines from 1, with the addresses of what they made. */
  readonly lines: readonly { readonly line: number; readonly address: bigint }[];
  symbol(name: string): bigint | undefined;
}

/** The error is of a file that is no program; mistakes in a text are in the view. */
export function readProgram({ name, source, image }: Project): Result<RunProgram, string> {
  if (image !== undefined) {
    const read = readImage(name, image);
    if (!read.ok) return read;
    const { symbols, view, parts, entry, names, lines } = read.value;
    return ok({ view, parts, entry, names, lines, symbol: (symbol) => symbols.get(symbol) });
  }
  const assembly = assemble(source, { base: LOAD_ADDRESS });
  return ok({
    view: programView(assembly),
    parts: assembly.image ? [{ address: assembly.base, bytes: assembly.image }] : [],
    entry: assembly.entry,
    names: programNames(assembly),
    lines: assembly.lines,
    symbol: (symbol) => assembly.symbols.get(symbol)?.value,
  });
}

/** The program of a text as a file. */
export function exportProgram({ name, source, image }: Project, format: ProgramFormat): Reply<Uint8Array> {
  if (image !== undefined) return err({ message: `${name} came as a file: it has no text to make another of.` });
  const assembly = assemble(source, { base: LOAD_ADDRESS });
  const mistake = assembly.diagnostics.find(({ severity }) => severity === 'error');
  if (!assembly.image)
    return err({ message: `${name} has errors, so there is nothing to give: line ${mistake?.line}: ${mistake?.message}` });
  return ok(format === 'elf' ? writeElf({ ...assembly, image: assembly.image }) : assembly.image);
}
