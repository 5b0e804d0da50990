// The assembler's public face: text in, image and everything known about it out.

import { Assembler } from './assembler.ts';
import type { Diagnostic } from './diagnostics.ts';
import { conditionals, directives } from './directives/index.ts';
import { evaluate } from './expression.ts';
import { header } from './headers.ts';
import type { Section } from './section.ts';
import { outermost, placeOf } from './source.ts';
import type { AssemblerSymbol } from './symbols.ts';

export interface AssembleOptions {
  /** Address of the image's first byte. */
  readonly base: bigint;
}

/** Bytes that a source line made. A line may have several, and not in the order of lines. */
export interface SourceLine {
  /** From 1. For the text of a macro, the line that called it. */
  readonly line: number;
  readonly address: bigint;
  /** In bytes, at least 1. */
  readonly size: number;
  /** Padding: what an alignment put there. */
  readonly kind: 'instruction' | 'data' | 'padding';
}

export interface ImageSymbol {
  readonly name: string;
  /** Address, or the number that was assigned. */
  readonly value: bigint;
  readonly kind: 'address' | 'number';
  /** Absent for numbers. */
  readonly section: string | undefined;
  readonly binding: 'local' | 'global' | 'weak';
  readonly type: 'function' | 'object' | 'none';
  /** Where it is defined; lines and columns from 1. */
  readonly line: number;
  readonly column: number;
}

export interface ImageSection {
  readonly name: string;
  readonly address: bigint;
  readonly size: number;
  /** False: room only, not part of the image's bytes at its end (`.bss`). */
  readonly contents: boolean;
  readonly code: boolean;
}

export interface AssembleResult {
  readonly base: bigint;
  /** The symbol `_start`, or the base. */
  readonly entry: bigint;
  /** The bytes from `base` on; absent when there was an error. */
  readonly image: Uint8Array | undefined;
  /** Defined symbols by name, last meaning; numeric labels are not among them. */
  readonly symbols: ReadonlyMap<string, ImageSymbol>;
  /** Those that are not empty, by address. */
  readonly sections: readonly ImageSection[];
  /** By address. */
  readonly lines: readonly SourceLine[];
  /** By line and column. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Assembles a source in GNU as's language for AArch64 and links it at `base`: sections .text, .rodata, .data, .bss, then the others in order
 * of first appearance, each at its own alignment. Never throws for what the source says: mistakes are `diagnostics`, and with one of severity
 * `error` there is no image. */
export function assemble(source: string, options: AssembleOptions): AssembleResult {
  return results(run(source, options.base, true), options.base);
}

function run(source: string, base: bigint, linked: boolean): Run {
  const assembler = new Assembler({ base, linked, include: header, directives, conditionals });
  return { assembler, ...assembler.run(source) };
}

interface Run {
  readonly assembler: Assembler;
  readonly order: readonly Section[];
  readonly image: Uint8Array;
}

function results({ assembler, order, image }: Run, base: bigint): AssembleResult {
  const symbols = new Map<string, ImageSymbol>();
  for (const [name, symbol] of assembler.symbols.names()) {
    const found = symbolValue(symbol);
    if (found !== undefined) symbols.set(name, found);
  }
  const lines: SourceLine[] = [];
  for (const { statement, fragment, offset, size, kind } of assembler.output.emissions) {
    const { section } = fragment;
    if (section.absolute || !section.allocated || section.address === undefined || !order.includes(section)) continue;
    const line = outermost(statement).line;
    lines.push({ line, address: section.address + BigInt(fragment.start + offset), size, kind });
  }
  lines.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  const start = symbols.get('_start');
  return {
    base,
    entry: start?.kind === 'address' ? start.value : base,
    image: assembler.report.failed ? undefined : image,
    symbols,
    sections: order.map((s) => ({ name: s.name, address: s.address as bigint, size: s.size, contents: !s.nobits, code: s.code })),
    lines,
    diagnostics: [...assembler.report.diagnostics].sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** What a symbol stands for once all is laid out; undefined when it is not defined. */
function symbolValue(symbol: AssemblerSymbol): ImageSymbol | undefined {
  if (!symbol.defined || symbol.definition === undefined) return undefined;
  const { name, binding, type } = symbol;
  const { line, column } = placeOf(symbol.definition);
  const value = evaluate(symbol.node, undefined);
  if (value.kind === 'absolute') {
    return { name, value: BigInt.asUintN(64, value.value), kind: 'number', section: undefined, binding, type, line, column };
  }
  if (value.kind !== 'relative' || value.section.address === undefined) return undefined;
  const address = value.section.address + value.offset;
  return { name, value: address, kind: 'address', section: value.section.name, binding, type, line, column };
}

/** Assembles one instruction that stands alone at address 0, as GNU as does before linking. */
export function assembleLine(text: string): { readonly word: number } | { readonly error: string } {
  const { assembler, image } = run(text, 0n, false);
  const error = assembler.report.diagnostics.find((d) => d.severity === 'error');
  if (error !== undefined) return { error: error.message };
  if (image.length !== 4) return { error: image.length === 0 ? 'there is no instruction' : 'this is more than one instruction' };
  return {
    word:
      ((image[0] as number) | ((image[1] as number) << 8) | ((image[2] as number) << 16) | ((image[3] as number) << 24)) >>> 0,
  };
}
