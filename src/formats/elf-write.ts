// ELF64 for AArch64: writing a linked program as a static executable that GNU tools, QEMU and readElf take. Every section has a header, runs of
// sections with the same permissions a segment; symbols come with it, and the mapping symbols by which disassemblers tell code from data.
// Knows nothing of how the program was made.
import { assert } from '#base';

/** A part of the program. */
export interface ProgramSection {
  readonly name: string;
  readonly address: bigint;
  readonly size: number;
  /** False: room only (`.bss`). */
  readonly contents: boolean;
  readonly code: boolean;
  readonly writable: boolean;
}

export interface ProgramSymbol {
  readonly name: string;
  readonly value: bigint;
  /** A number is no address: it belongs to no section. */
  readonly kind: 'address' | 'number';
  /** The name of its section; absent for numbers. */
  readonly section: string | undefined;
  readonly binding: 'local' | 'global' | 'weak';
  readonly type: 'function' | 'object' | 'none';
}

/** What some bytes are, by address. */
export interface ProgramLine {
  readonly address: bigint;
  readonly kind: 'instruction' | 'data' | 'padding';
}

/** A linked program, as the assembler gives it. */
export interface Program {
  /** Address of the first byte of `image`. */
  readonly base: bigint;
  readonly entry: bigint;
  readonly image: Uint8Array;
  /** By address, not overlapping. */
  readonly sections: readonly ProgramSection[];
  readonly symbols: ReadonlyMap<string, ProgramSymbol>;
  readonly lines: readonly ProgramLine[];
}

const HEADER = 64;
const PROGRAM_HEADER = 56;
const SECTION_HEADER = 64;
const SYMBOL = 24;
const PAGE = 4096;

const EM_AARCH64 = 183;
const ET_EXEC = 2;
const PT_LOAD = 1;
const SHT = { null: 0, progbits: 1, symtab: 2, strtab: 3, nobits: 8 } as const;
const SHF = { write: 1n, alloc: 2n, execute: 4n } as const;
const PF = { execute: 1, write: 2, read: 4 } as const;
const SHN_ABS = 0xfff1;
const BINDING = { local: 0, global: 1, weak: 2 } as const;
const TYPE = { none: 0, object: 1, function: 2 } as const;

/** A string table under construction: offset 0 is the empty name. */
class Strings {
  private readonly encoder = new TextEncoder();
  private readonly parts: Uint8Array[] = [new Uint8Array(1)];
  size = 1;

  add(text: string): number {
    if (text === '') return 0;
    const at = this.size;
    const bytes = this.encoder.encode(`${text}\0`);
    this.parts.push(bytes);
    this.size += bytes.length;
    return at;
  }

  bytes(): Uint8Array {
    const out = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}

interface Segment {
  readonly sections: readonly ProgramSection[];
  readonly offset: number;
  readonly fileSize: number;
}

const end = ({ address, size }: ProgramSection): bigint => address + BigInt(size);

/** Sections in a row that may be one segment: the same permissions, and nothing without contents before something with. */
function runs(sections: readonly ProgramSection[]): ProgramSection[][] {
  const out: ProgramSection[][] = [];
  for (const section of sections) {
    const run = out.at(-1);
    const last = run?.at(-1);
    const joins =
      last !== undefined &&
      last.code === section.code &&
      last.writable === section.writable &&
      (last.contents || !section.contents) &&
      section.address - end(last) < BigInt(PAGE);
    if (joins) run?.push(section);
    else out.push([section]);
  }
  return out;
}

/** Writes the program as an ELF file. Names that begin with `.L` are left out, as GNU as leaves them out. */
export function writeElf(program: Program): Uint8Array {
  const { base, image } = program;
  const sections = program.sections.filter(({ size }) => size > 0);
  const grouped = runs(sections);
  let offset = HEADER + PROGRAM_HEADER * grouped.length;
  const segments: Segment[] = grouped.map((group) => {
    const [first] = group as [ProgramSection];
    // Loaders map pages: an offset has the same place in its page as its address.
    offset += Number((first.address - BigInt(offset)) & BigInt(PAGE - 1));
    const filled = group.filter(({ contents }) => contents).at(-1);
    const fileSize = filled === undefined ? 0 : Number(end(filled) - first.address);
    const segment = { sections: group, offset, fileSize };
    offset += fileSize;
    return segment;
  });

  const names = new Strings();
  const strings = new Strings();
  const symbols = symbolTable(program, sections, strings);
  const tables = [
    { name: '.symtab', type: SHT.symtab, bytes: symbols.bytes, align: 8n },
    { name: '.strtab', type: SHT.strtab, bytes: strings.bytes(), align: 1n },
  ] as const;
  const nameOffsets = [...sections, ...tables].map(({ name }) => names.add(name));
  const ownName = names.add('.shstrtab');
  const placed = [...tables, { name: '.shstrtab', type: SHT.strtab, bytes: names.bytes(), align: 1n }].map((table) => {
    offset = Math.ceil(offset / Number(table.align)) * Number(table.align);
    const at = offset;
    offset += table.bytes.length;
    return { ...table, at };
  });
  const headers = Math.ceil(offset / 8) * 8;
  const sectionCount = 1 + sections.length + placed.length;
  const out = new Uint8Array(headers + SECTION_HEADER * sectionCount);
  const view = new DataView(out.buffer);

  out.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, ET_EXEC, true);
  view.setUint16(18, EM_AARCH64, true);
  view.setUint32(20, 1, true);
  view.setBigUint64(24, program.entry, true);
  view.setBigUint64(32, BigInt(HEADER), true);
  view.setBigUint64(40, BigInt(headers), true);
  view.setUint16(52, HEADER, true);
  view.setUint16(54, PROGRAM_HEADER, true);
  view.setUint16(56, segments.length, true);
  view.setUint16(58, SECTION_HEADER, true);
  view.setUint16(60, sectionCount, true);
  view.setUint16(62, sectionCount - 1, true);

  const offsets = new Map<ProgramSection, number>();
  for (const [i, segment] of segments.entries()) {
    const [first] = segment.sections as [ProgramSection];
    const last = segment.sections.at(-1) as ProgramSection;
    const at = HEADER + PROGRAM_HEADER * i;
    view.setUint32(at, PT_LOAD, true);
    view.setUint32(at + 4, PF.read | (first.code ? PF.execute : 0) | (first.writable ? PF.write : 0), true);
    view.setBigUint64(at + 8, BigInt(segment.offset), true);
    view.setBigUint64(at + 16, first.address, true);
    view.setBigUint64(at + 24, first.address, true);
    view.setBigUint64(at + 32, BigInt(segment.fileSize), true);
    view.setBigUint64(at + 40, end(last) - first.address, true);
    view.setBigUint64(at + 48, BigInt(PAGE), true);
    const from = Number(first.address - base);
    assert(from >= 0 && from + segment.fileSize <= image.length, `section ${first.name} lies outside the image`);
    out.set(image.subarray(from, from + segment.fileSize), segment.offset);
    for (const section of segment.sections) {
      const within = Math.min(Number(section.address - first.address), segment.fileSize);
      offsets.set(section, segment.offset + within);
    }
  }

  const header = (index: number, fields: readonly [name: number, type: number, flags: bigint], rest: readonly bigint[]): void => {
    const at = headers + SECTION_HEADER * index;
    view.setUint32(at, fields[0], true);
    view.setUint32(at + 4, fields[1], true);
    view.setBigUint64(at + 8, fields[2], true);
    const [address = 0n, file = 0n, size = 0n, link = 0n, info = 0n, align = 0n, entry = 0n] = rest;
    view.setBigUint64(at + 16, address, true);
    view.setBigUint64(at + 24, file, true);
    view.setBigUint64(at + 32, size, true);
    view.setUint32(at + 40, Number(link), true);
    view.setUint32(at + 44, Number(info), true);
    view.setBigUint64(at + 48, align, true);
    view.setBigUint64(at + 56, entry, true);
  };
  for (const [i, section] of sections.entries()) {
    const flags = SHF.alloc | (section.writable ? SHF.write : 0n) | (section.code ? SHF.execute : 0n);
    const file = BigInt(offsets.get(section) as number);
    // The alignment that the address shows, a page at most.
    const align = section.address === 0n ? BigInt(PAGE) : section.address & -section.address;
    header(
      1 + i,
      [nameOffsets[i] as number, section.contents ? SHT.progbits : SHT.nobits, flags],
      [section.address, file, BigInt(section.size), 0n, 0n, align < BigInt(PAGE) ? align : BigInt(PAGE)],
    );
  }
  for (const [i, { type, bytes, at, align }] of placed.entries()) {
    const index = 1 + sections.length + i;
    const name = nameOffsets[sections.length + i] ?? ownName;
    const symtab = type === SHT.symtab;
    const [link, info] = symtab ? [BigInt(index + 1), BigInt(symbols.locals)] : [0n, 0n];
    header(index, [name, type, 0n], [0n, BigInt(at), BigInt(bytes.length), link, info, align, symtab ? BigInt(SYMBOL) : 0n]);
    out.set(bytes, at);
  }
  return out;
}

/** The symbol table, local symbols first, and how many those are. */
function symbolTable(
  { symbols, lines }: Program,
  sections: readonly ProgramSection[],
  strings: Strings,
): { readonly bytes: Uint8Array; readonly locals: number } {
  const indexOf = new Map(sections.map(({ name }, i) => [name, i + 1]));
  const own = [...symbols.values()].filter(({ name }) => !name.startsWith('.L'));
  const rows: { readonly name: string; readonly info: number; readonly section: number; readonly value: bigint }[] = [];
  rows.push({ name: '', info: 0, section: 0, value: 0n });
  rows.push(...mappingSymbols(sections, lines));
  const of = ({ name, value, kind, section, binding, type }: ProgramSymbol) => ({
    name,
    info: (BINDING[binding] << 4) | TYPE[type],
    // A label at the end of an empty section has no section here: its address is all there is of it.
    section: kind === 'number' ? SHN_ABS : (indexOf.get(section ?? '') ?? SHN_ABS),
    value,
  });
  rows.push(...own.filter(({ binding }) => binding === 'local').map(of));
  const locals = rows.length;
  rows.push(...own.filter(({ binding }) => binding !== 'local').map(of));
  const bytes = new Uint8Array(SYMBOL * rows.length);
  const view = new DataView(bytes.buffer);
  for (const [i, { name, info, section, value }] of rows.entries()) {
    const at = SYMBOL * i;
    view.setUint32(at, strings.add(name), true);
    view.setUint8(at + 4, info);
    view.setUint16(at + 6, section, true);
    view.setBigUint64(at + 8, value, true);
  }
  return { bytes, locals };
}

/** `$x` where code begins and `$d` where data does (ELF for the Arm 64-bit Architecture, 4.5.4). Padding goes with what is before it. */
function mappingSymbols(
  sections: readonly ProgramSection[],
  lines: readonly ProgramLine[],
): { readonly name: string; readonly info: number; readonly section: number; readonly value: bigint }[] {
  const out: { name: string; info: number; section: number; value: bigint }[] = [];
  for (const [i, section] of sections.entries()) {
    if (!section.code) continue;
    let mode: string | undefined;
    for (const { address, kind } of lines) {
      if (address < section.address || address >= end(section)) continue;
      const next = kind === 'padding' ? (mode ?? '$x') : kind === 'instruction' ? '$x' : '$d';
      if (next === mode) continue;
      mode = next;
      out.push({ name: next, info: 0, section: i + 1, value: address });
    }
  }
  return out;
}
