// Where bytes go: sections, their subsections and fragments. A fragment is a run of bytes of known length, closed by at most one piece whose
// length is not known before all symbols are (an alignment behind such a piece, `.org`, `.space end-start`, a ULEB128 of a difference).
// Most sections are one fragment. Knows nothing of symbols' names, of instructions or of text.
import { assert } from '#base';

/** A piece whose length layout finds out. `size` gives its length when it begins at this offset of the section; undefined: not known yet. */
export interface Elastic {
  size(offset: number): number | undefined;
  /** Writes it, once laid out. */
  write(into: Uint8Array, at: number, size: number): void;
}

export class Fragment {
  readonly section: Section;
  /** Offset in the section; -1 while it is not known. */
  start: number;
  length = 0;
  bytes: Uint8Array;
  elastic: Elastic | undefined;
  /** Bytes that the elastic piece takes, in the present round of layout. */
  elasticSize = 0;

  constructor(section: Section, start: number) {
    this.section = section;
    this.start = start;
    this.bytes = section.nobits ? NOTHING : new Uint8Array(start === 0 && section.fragmentsMade === 0 ? 1024 : 64);
  }

  /** Makes room for `count` bytes and gives the offset of the first within this fragment. */
  reserve(count: number): number {
    const at = this.length;
    const length = at + count;
    if (length > this.bytes.length && !this.section.nobits) {
      const bytes = new Uint8Array(Math.max(length, this.bytes.length * 2));
      bytes.set(this.bytes.subarray(0, at));
      this.bytes = bytes;
    }
    this.length = length;
    return at;
  }
}

const NOTHING = new Uint8Array(0);

/** What a section's flags and name say about it. */
export interface SectionAttributes {
  /** Executable: alignment fills with NOP. */
  readonly code: boolean;
  /** Takes room but no bytes in the image's file (`.bss`). */
  readonly nobits: boolean;
  /** False: not part of the image (`.comment`, debug information). */
  readonly allocated: boolean;
  /** The program writes there. Matters to an ELF file only. */
  readonly writable: boolean;
}

export class Section {
  readonly name: string;
  readonly code: boolean;
  readonly nobits: boolean;
  readonly allocated: boolean;
  readonly writable: boolean;
  /** In bytes, a power of two. */
  alignment = 1;
  /** Chains of fragments by subsection number. */
  readonly subsections = new Map<number, Fragment[]>();
  fragmentsMade = 0;
  /** True when what was put here last is data: instructions that follow want their alignment. */
  dataSeen = false;
  /** Final address; undefined before the layout is done. */
  address: bigint | undefined;
  size = 0;
  /** True for `.struct` and `.offset`: its labels are plain numbers and nothing of it is kept. */
  readonly absolute: boolean;
  /** Added to offsets of an absolute section. */
  origin = 0n;

  constructor(name: string, attributes: SectionAttributes, absolute = false) {
    this.name = name;
    this.code = attributes.code;
    this.nobits = attributes.nobits;
    this.allocated = attributes.allocated;
    this.writable = attributes.writable;
    this.absolute = absolute;
  }

  /** The fragment that the next byte of a subsection goes to. */
  tail(subsection: number): Fragment {
    let chain = this.subsections.get(subsection);
    if (chain === undefined) {
      chain = [];
      this.subsections.set(subsection, chain);
    }
    const last = chain[chain.length - 1];
    if (last !== undefined && last.elastic === undefined) return last;
    const fragment = new Fragment(this, last === undefined && subsection === 0 ? 0 : -1);
    this.fragmentsMade += 1;
    chain.push(fragment);
    return fragment;
  }

  /** Closes the subsection's last fragment with an elastic piece. */
  append(subsection: number, elastic: Elastic): Fragment {
    const fragment = this.tail(subsection);
    fragment.elastic = elastic;
    return fragment;
  }

  /** All fragments in the order of the image. */
  fragments(): Fragment[] {
    return [...this.subsections].sort(([a], [b]) => a - b).flatMap(([, chain]) => chain);
  }
}

/** Gives every fragment of the sections its offset. Sizes of elastic pieces may depend on each other, so this goes round until nothing
 * moves; false when that does not happen (a length that depends on itself). */
export function layOut(sections: readonly Section[]): boolean {
  for (let round = 0; round < 64; round += 1) {
    let moved = false;
    let open = false;
    for (const section of sections) {
      let offset = 0;
      for (const fragment of section.fragments()) {
        if (fragment.start !== offset) {
          fragment.start = offset;
          moved = true;
        }
        offset += fragment.length;
        if (fragment.elastic !== undefined) {
          const size = fragment.elastic.size(offset);
          if (size === undefined) open = true;
          else if (size !== fragment.elasticSize) {
            fragment.elasticSize = size;
            moved = true;
          }
          offset += fragment.elasticSize;
        }
      }
      section.size = offset;
    }
    if (!moved) return !open;
  }
  return false;
}

/** Puts a laid-out section's bytes into `image` at `at`. */
export function writeSection(section: Section, image: Uint8Array, at: number): void {
  for (const fragment of section.fragments()) {
    assert(fragment.start >= 0, `fragment of ${section.name} was not laid out`);
    const offset = at + fragment.start;
    image.set(fragment.bytes.subarray(0, fragment.length), offset);
    if (fragment.elastic !== undefined && fragment.elasticSize > 0)
      fragment.elastic.write(image, offset + fragment.length, fragment.elasticSize);
  }
}

/** Attributes of the section names that carry a meaning of their own (a name also stands for its `name.anything`). */
const KNOWN_SECTIONS: readonly (readonly [name: string, attributes: SectionAttributes])[] = [
  ['.text', { code: true, nobits: false, allocated: true, writable: false }],
  ['.init', { code: true, nobits: false, allocated: true, writable: false }],
  ['.fini', { code: true, nobits: false, allocated: true, writable: false }],
  ['.data', { code: false, nobits: false, allocated: true, writable: true }],
  ['.rodata', { code: false, nobits: false, allocated: true, writable: false }],
  ['.bss', { code: false, nobits: true, allocated: true, writable: true }],
  ['.tbss', { code: false, nobits: true, allocated: true, writable: true }],
  ['.tdata', { code: false, nobits: false, allocated: true, writable: true }],
  ['.init_array', { code: false, nobits: false, allocated: true, writable: true }],
  ['.fini_array', { code: false, nobits: false, allocated: true, writable: true }],
  ['.preinit_array', { code: false, nobits: false, allocated: true, writable: true }],
  ['.data1', { code: false, nobits: false, allocated: true, writable: true }],
  ['.rodata1', { code: false, nobits: false, allocated: true, writable: false }],
  ['.noinit', { code: false, nobits: true, allocated: true, writable: true }],
  ['.persistent.bss', { code: false, nobits: true, allocated: true, writable: true }],
  ['.persistent', { code: false, nobits: false, allocated: true, writable: true }],
  ['.gnu.linkonce.b', { code: false, nobits: true, allocated: true, writable: true }],
  ['.gnu.linkonce.n', { code: false, nobits: true, allocated: true, writable: true }],
  ['.gnu.linkonce.p', { code: false, nobits: false, allocated: true, writable: true }],
];

/** The attributes that a section has when its directive does not state any. */
export function defaultAttributes(name: string): SectionAttributes {
  for (const [known, attributes] of KNOWN_SECTIONS) if (name === known || name.startsWith(`${known}.`)) return attributes;
  return { code: false, nobits: false, allocated: false, writable: false };
}

/** Where sections stand in an image: .text, .rodata, .data, .bss (each followed by its `.text.…`), then all others. */
const IMAGE_ORDER = ['.text', '.rodata', '.data', '.bss'] as const;

function rank(name: string): number {
  for (let index = 0; index < IMAGE_ORDER.length; index += 1) {
    const known = IMAGE_ORDER[index] as string;
    if (name === known) return index * 2;
    if (name.startsWith(`${known}.`)) return index * 2 + 1;
  }
  return IMAGE_ORDER.length * 2;
}

/** Whether two sections stand in one of the image's four, as `.rodata` and `.rodata.str` do: that one begins at the greatest alignment in it. */
export function inOneSection(a: Section, b: Section): boolean {
  const [first, second] = [rank(a.name), rank(b.name)];
  return a === b || (first < IMAGE_ORDER.length * 2 && first >> 1 === second >> 1);
}

/** The sections of an image in their order, given in order of first appearance; what never reaches an image is left out. Those of one name go
 * together. */
export function imageOrder(sections: readonly Section[]): Section[] {
  const first = new Map<string, number>();
  for (const [index, { name }] of sections.entries()) if (!first.has(name)) first.set(name, index);
  const place = (section: Section): number => (rank(section.name) & 1 ? 0 : (first.get(section.name) as number));
  return sections
    .filter((s) => s.allocated && !s.absolute && !s.name.startsWith('.note') && s.name !== '.comment')
    .map((section, index) => ({ section, index }))
    .sort((a, b) => rank(a.section.name) - rank(b.section.name) || place(a.section) - place(b.section) || a.index - b.index)
    .map(({ section }) => section);
}
