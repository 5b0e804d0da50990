// The assembler's public face: text in, image and everything known about it out.

import { Assembler, type InstructionLine } from './assembler.ts';
import type { Diagnostic } from './diagnostics.ts';
import { conditionals, directives } from './directives/index.ts';
import { evaluate } from './expression.ts';
import { header } from './headers.ts';
import type { MacroCall } from './input.ts';
import type { Encoded } from './instructions.ts';
import { type Macro, macroPlace } from './macros.ts';
import type { Section } from './section.ts';
import { type Extent, outermost, type Place, placeOf, whole } from './source.ts';
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
  /** The program may write there (section flag `w`). */
  readonly writable: boolean;
}

export interface AssembleResult {
  readonly base: bigint;
  /** The symbol `_start`, or the base. */
  readonly entry: bigint;
  /** The bytes from `base` on; absent when there was an error. */
  readonly image: Uint8Array | undefined;
  /** The bytes as far as they are known, with errors too: those of statements with a mistake are zero, or missing at the end. */
  readonly partial: Uint8Array;
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

/** An instruction in the source, with what the assembler knows of it. */
export interface InspectedInstruction {
  /** Where the whole instruction stands (from its mnemonic to its last operand), and its mnemonic. In the text of a macro, once for each call. */
  readonly place: Place;
  readonly mnemonic: Place;
  readonly address: bigint;
  /** Absent when it has a mistake. */
  readonly encoded: Encoded | undefined;
}

/** A name in the source. Numeric labels are one for each definition; a name that is assigned again and again is one. */
export interface InspectedSymbol {
  readonly name: string;
  readonly numeric: boolean;
  readonly label: boolean;
  readonly definitions: readonly Place[];
  /** Uses, in the order of the source; in the text of a macro, once. */
  readonly mentions: readonly Place[];
  readonly value: ImageSymbol | undefined;
}

export interface InspectedMacro {
  readonly name: string;
  readonly formals: readonly string[];
  readonly place: Place;
  readonly calls: readonly Place[];
  /** Its text, a statement a line. */
  readonly body: readonly string[];
}

/** Everything that an editor wants to know of a source. */
export interface Inspection {
  readonly source: string;
  readonly result: AssembleResult;
  readonly instructions: readonly InspectedInstruction[];
  readonly symbols: readonly InspectedSymbol[];
  readonly macros: readonly InspectedMacro[];
  /** Names that `.req` gave registers, as they are at the end. */
  readonly registerNames: ReadonlyMap<string, string>;
}

/** Assembles a source and keeps what it learned on the way; the lists are made when they are first looked at. */
export function inspect(source: string, options: AssembleOptions): Inspection {
  const done = run(source, options.base, true);
  const { assembler } = done;
  const result = results(done, options.base);
  let instructions: readonly InspectedInstruction[] | undefined;
  let symbols: readonly InspectedSymbol[] | undefined;
  let macros: readonly InspectedMacro[] | undefined;
  return {
    source,
    result,
    registerNames: assembler.registerNames,
    get instructions() {
      instructions ??= assembler.instructions.map(inspectedInstruction);
      return instructions;
    },
    get symbols() {
      symbols ??= inspectedSymbols(assembler.symbols.all, result);
      return symbols;
    },
    get macros() {
      macros ??= assembler.input.defined.map((macro) => inspectedMacro(macro, assembler.input.calls));
      return macros;
    },
  };
}

function inspectedInstruction({ statement, mnemonic, fragment, offset, encoded }: InstructionLine): InspectedInstruction {
  return {
    place: placeOf({ statement, from: mnemonic.column, to: whole(statement).to }),
    mnemonic: placeOf({ statement, from: mnemonic.column, to: mnemonic.end }),
    address: (fragment.section.address ?? 0n) + BigInt(fragment.start + offset),
    encoded,
  };
}

function inspectedSymbols(all: readonly AssemblerSymbol[], result: AssembleResult): InspectedSymbol[] {
  const byName = new Map<string, AssemblerSymbol[]>();
  for (const [index, symbol] of all.entries()) {
    const key = symbol.numeric ? `${symbol.name}:${index}` : symbol.name;
    const same = byName.get(key);
    if (same === undefined) byName.set(key, [symbol]);
    else same.push(symbol);
  }
  return [...byName.values()].map((same) => {
    const { name, numeric } = same[0] as AssemblerSymbol;
    return {
      name,
      numeric,
      label: same.some((s) => s.location !== undefined),
      definitions: places(same.flatMap((s) => (s.definition === undefined ? [] : [s.definition]))),
      mentions: places(same.flatMap((s) => s.mentions)),
      value: numeric ? symbolValue(same[0] as AssemblerSymbol) : result.symbols.get(name),
    };
  });
}

function inspectedMacro(macro: Macro, calls: readonly MacroCall[]): InspectedMacro {
  const ofThis = calls.filter((call) => call.macro === macro);
  return {
    name: macro.name,
    formals: macro.formals.map((f) => f.name),
    place: macroPlace(macro),
    calls: places(ofThis.map(({ statement, name }) => ({ statement, from: name.column, to: name.end }))),
    body: macro.body.map((s) => s.text.trim()),
  };
}

/** Each place once, in the order of the file. */
function places(extents: readonly Extent[]): Place[] {
  const found = new Map(extents.map(placeOf).map((p) => [`${p.line}:${p.column}:${p.endColumn}`, p]));
  return [...found.values()].sort((a, b) => a.line - b.line || a.column - b.column);
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
    partial: image,
    symbols,
    sections: order.map((s) => ({
      name: s.name,
      address: s.address as bigint,
      size: s.size,
      contents: !s.nobits,
      code: s.code,
      writable: s.writable,
    })),
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
