// The program as it grows: the section of the moment, bytes and gaps put into it, what had to wait for addresses, and the layout and image at
// the end. Told what to put, never why; knows nothing of tokens, names or instructions' meaning.
import { Fault } from './diagnostics.ts';
import { type Expression, evaluate, type Location } from './expression.ts';
import { leb128 } from './leb128.ts';
import type { Report } from './report.ts';
import {
  defaultAttributes,
  type Elastic,
  type Fragment,
  imageOrder,
  inOneSection,
  layOut,
  Section,
  type SectionAttributes,
  writeSection,
} from './section.ts';
import { type Extent, type Statement, whole } from './source.ts';

/** More than this is a mistake (or an attack), not a program. In bytes. */
const LIMITS = { contents: 1 << 27, room: 2 ** 36, image: 1 << 28 } as const;

/** A statement that made bytes. */
export interface Emission {
  readonly statement: Statement;
  readonly fragment: Fragment;
  readonly offset: number;
  size: number;
  readonly kind: 'instruction' | 'data' | 'padding';
}

/** A place that is gone back to. */
export interface SectionPlace {
  readonly section: Section;
  readonly subsection: number;
}

/** A number to be written once addresses are known. */
interface Awaited extends Location {
  readonly size: number;
  readonly expression: Expression;
  readonly extent: Extent;
}

export class Output {
  /** By name; `.text .data .bss` come first, as in every object file. */
  readonly sections = new Map<string, Section>();
  readonly emissions: Emission[] = [];
  section: Section;
  subsection = 0;
  private readonly report: Report;
  private readonly structures: Section[] = [];
  private fragment: Fragment;
  private previous: SectionPlace | undefined;
  private readonly stack: { readonly now: SectionPlace; readonly previous: SectionPlace | undefined }[] = [];
  private readonly awaited: Awaited[] = [];
  private readonly elastics: { readonly statement: Statement; readonly fragment: Fragment }[] = [];
  private readonly checks: (() => void)[] = [];

  constructor(report: Report) {
    this.report = report;
    for (const name of ['.text', '.data', '.bss']) this.sections.set(name, new Section(name, defaultAttributes(name)));
    this.section = this.sections.get('.text') as Section;
    this.fragment = this.section.tail(0);
  }

  // ---- sections

  get place(): SectionPlace {
    return { section: this.section, subsection: this.subsection };
  }

  /** Goes to a section without a trace for `.previous`. */
  moveTo({ section, subsection }: SectionPlace): void {
    this.section = section;
    this.subsection = subsection;
    this.fragment = section.tail(subsection);
  }

  /** Goes to a section; `back` comes back. */
  enter(section: Section, subsection: number): void {
    this.previous = this.place;
    this.moveTo({ section, subsection });
  }

  /** Goes to the section before this one; false when there was none. */
  back(): boolean {
    if (this.previous === undefined) return false;
    this.enter(this.previous.section, this.previous.subsection);
    return true;
  }

  push(): void {
    this.stack.push({ now: this.place, previous: this.previous });
  }

  /** False when nothing was pushed. */
  pop(): boolean {
    const top = this.stack.pop();
    if (top === undefined) return false;
    this.moveTo(top.now);
    this.previous = top.previous;
    return true;
  }

  /** The section of this name, made when it is new. */
  sectionNamed(name: string, attributes: SectionAttributes = defaultAttributes(name), key: string = name): Section {
    let section = this.sections.get(key);
    if (section === undefined) {
      section = new Section(name, attributes);
      this.sections.set(key, section);
    }
    return section;
  }

  /** Goes to a structure: its labels count from `origin`, its bytes are dropped. */
  enterStructure(origin: bigint): void {
    const section = new Section('*ABS*', { code: false, nobits: true, allocated: false, writable: false }, true);
    section.origin = origin;
    this.structures.push(section);
    this.enter(section, 0);
  }

  // ---- bytes

  /** Where the next byte goes. */
  get location(): Location {
    return { fragment: this.fragment, offset: this.fragment.length };
  }

  /** Takes room for one instruction. In code, instructions after data are moved to a multiple of 4; a label before them is not. */
  instruction(statement: Statement): Location {
    const { section } = this;
    if (section.alignment < 4) section.alignment = 4;
    if (section.code && section.dataSeen) this.align(statement, 4, { fill: [0] });
    section.dataSeen = false;
    return this.room(statement, 4, 'instruction');
  }

  /** Takes room for bytes that a statement makes. */
  room(statement: Statement, size: number, kind: Emission['kind'] = 'data'): Location {
    const { fragment, section } = this;
    const limit = section.nobits ? LIMITS.room : LIMITS.contents;
    if (fragment.length + size > limit)
      throw fault('limit', `${section.name} would be larger than ${limit} bytes`, whole(statement));
    if (kind === 'data') section.dataSeen = true;
    const offset = fragment.reserve(size);
    const last = this.emissions[this.emissions.length - 1];
    const goesOn =
      kind !== 'instruction' &&
      last !== undefined &&
      last.statement === statement &&
      last.kind === kind &&
      last.fragment === fragment &&
      last.offset + last.size === offset;
    if (goesOn) last.size += size;
    else if (size > 0) this.emissions.push({ statement, fragment, offset, size, kind });
    return { fragment, offset };
  }

  /** Writes a number in little-endian order where there is room for it. */
  write({ fragment, offset }: Location, size: number, value: bigint): void {
    const { bytes, section } = fragment;
    if (section.nobits) return;
    let rest = BigInt.asUintN(size * 8, value);
    for (let done = 0; done < size; done += 4) {
      let part = Number(BigInt.asUintN(32, rest));
      for (let i = done; i < size && i < done + 4; i += 1) {
        bytes[offset + i] = part & 0xff;
        part >>>= 8;
      }
      if (done + 4 < size) rest >>= 32n;
    }
  }

  /** Refuses contents where a section has none. */
  private needContents({ from, to }: Extent): void {
    const { section } = this;
    if (section.absolute) throw new Fault('section', 'a structure has no contents', { column: from, end: to });
    if (section.nobits)
      throw new Fault('section', `${section.name} has no contents; only zeros can stand in it`, { column: from, end: to });
  }

  /** A number of `size` bytes. */
  number(expression: Expression, size: number, extent: Extent): void {
    const now = evaluate(expression, this.section);
    if (now.kind !== 'absolute') {
      this.needContents(extent);
      this.awaited.push({ ...this.room(extent.statement, size), size, expression, extent });
      return;
    }
    const { value } = now;
    if (value !== 0n) this.needContents(extent);
    const place = this.room(extent.statement, size);
    if (value === 0n) return;
    const limit = 1n << BigInt(size * 8);
    if (value >= limit || value <= -limit) {
      const kept = show(BigInt.asUintN(size * 8, value));
      this.report.warning('truncated', `value ${show(value)} is cut to ${kept}: ${bytesText(size)} hold no more`, extent);
    }
    this.write(place, size, value);
  }

  /** Plain bytes. */
  bytes(bytes: readonly number[], extent: Extent): void {
    if (bytes.some((b) => b !== 0) && this.section.nobits) this.needContents(extent);
    const { fragment, offset } = this.room(extent.statement, bytes.length);
    if (!this.section.nobits) fragment.bytes.set(bytes, offset);
  }

  /** `count` copies of a pattern of bytes; the count may be known only when the layout is. */
  fill(count: Expression, pattern: readonly number[], extent: Extent): void {
    const zero = pattern.every((b) => b === 0);
    if (!zero) this.needContents(extent);
    const { section } = this;
    const now = evaluate(count, section);
    if (now.kind === 'impossible') throw fault('expression', now.message, extent);
    if (now.kind === 'relative') throw fault('expression', 'this is an address; a plain number is wanted', extent);
    if (now.kind === 'unknown') {
      const size = (): number | undefined => {
        const then = evaluate(count, section);
        return then.kind === 'absolute' ? Math.max(0, Number(then.value)) * pattern.length : undefined;
      };
      this.elastic(extent.statement, { size, write: (into, at, length) => repeat(into, at, length, pattern) });
      this.checkLater(count, extent);
      return;
    }
    if (now.value < 0n) this.report.warning('directive', 'a count below zero; nothing is done', extent);
    if (now.value <= 0n) return;
    const size = now.value * BigInt(pattern.length);
    const limit = section.nobits ? LIMITS.room : LIMITS.contents;
    if (size > BigInt(limit)) throw fault('limit', `${size} bytes are more than ${section.name} can have (${limit})`, extent);
    const { fragment, offset } = this.room(extent.statement, Number(size));
    if (!zero) repeat(fragment.bytes, offset, Number(size), pattern);
  }

  /** Moves to the next multiple of `alignment` (a power of two): with `fill` repeated, or what suits the section; not at all when that would
   * take more than `most` bytes. */
  align(
    statement: Statement,
    alignment: number,
    { fill, most }: { readonly fill?: readonly number[] | undefined; readonly most?: number | undefined } = {},
  ): void {
    const { section, fragment } = this;
    const at = whole(statement);
    // Who aligns by hand knows what follows.
    if (alignment > 1) section.dataSeen = false;
    if (alignment > section.alignment && !section.absolute) section.alignment = alignment;
    const start = section.absolute ? Number(section.origin) : 0;
    const size = (offset: number): number => {
      const padding = (alignment - ((start + offset) % alignment)) % alignment;
      return most !== undefined && most !== 0 && padding > most ? 0 : padding;
    };
    const write = (into: Uint8Array, at: number, length: number): void => {
      if (fill !== undefined) fillBehindZeros(into, at, length, fill);
      else if (section.code) fillBehindZeros(into, at, length, NOP);
    };
    const unit = fill?.length ?? 1;
    const message = (padding: number): string => `the gap of ${bytesText(padding)} is no multiple of the ${unit} that fill it`;
    if (fragment.start < 0) {
      // GNU as does not look at a gap again that it could not know at once: what the pattern leaves over is zero.
      this.elastic(statement, { size, write });
      return;
    }
    const padding = size(fragment.start + fragment.length);
    if (padding === 0) return;
    if (padding % unit !== 0) throw fault('directive', message(padding), at);
    const place = this.room(statement, padding, 'padding');
    if (!section.nobits) write(place.fragment.bytes, place.offset, padding);
  }

  /** Moves the location counter to a place of this section, with `fill` up to it. */
  org(target: Expression, fill: number, extent: Extent): void {
    const { section, fragment } = this;
    const wanted = (): number | undefined | Fault => {
      const value = evaluate(target, section);
      if (value.kind === 'unknown') return undefined;
      if (value.kind === 'relative' && value.section === section) return Number(value.offset);
      if (value.kind === 'absolute') return Number(value.value - section.origin);
      return fault('expression', value.kind === 'impossible' ? value.message : 'this is not in the present section', extent);
    };
    const now = wanted();
    if (now instanceof Fault) throw now;
    if (now !== undefined && fragment.start >= 0) {
      const size = now - fragment.start - fragment.length;
      if (size < 0) throw fault('directive', `this is ${bytesText(-size)} back; the location counter only goes forward`, extent);
      const { dataSeen } = section;
      if (size > 0) this.fill({ kind: 'number', value: BigInt(size) }, [fill], extent);
      section.dataSeen = dataSeen;
      return;
    }
    let backwards = false;
    this.elastic(extent.statement, {
      size(offset) {
        const then = wanted();
        if (then === undefined || then instanceof Fault) return undefined;
        backwards = then < offset;
        return Math.max(0, then - offset);
      },
      write: (into, at, length) => into.fill(fill, at, at + length),
    });
    this.checkLater(target, extent);
    this.checks.push(() => {
      if (backwards) this.report.error('directive', 'the location counter only goes forward', extent);
    });
  }

  /** A ULEB128 or SLEB128 number. */
  leb128(expression: Expression, signed: boolean, extent: Extent): void {
    const { section } = this;
    const now = evaluate(expression, section);
    if (now.kind === 'impossible') throw fault('expression', now.message, extent);
    if (now.kind === 'relative') throw fault('expression', 'an address cannot be written as LEB128', extent);
    if (now.kind === 'absolute') {
      this.bytes(leb128(now.value, signed), extent);
      return;
    }
    this.needContents(extent);
    let length = 1;
    const encode = (): number[] | undefined => {
      const then = evaluate(expression, section);
      return then.kind === 'absolute' ? leb128(then.value, signed, length) : undefined;
    };
    this.elastic(extent.statement, {
      // It never shrinks, so that layout comes to an end.
      size() {
        length = encode()?.length ?? length;
        return encode()?.length;
      },
      write: (into, at) => into.set(encode() ?? [], at),
    });
    section.dataSeen = true;
    this.checkLater(expression, extent);
  }

  private elastic(statement: Statement, elastic: Elastic): void {
    const fragment = this.section.append(this.subsection, elastic);
    this.fragment = this.section.tail(this.subsection);
    this.elastics.push({ statement, fragment });
  }

  /** Says after layout that an expression which a length depends on has no plain value. */
  private checkLater(expression: Expression, extent: Extent): void {
    const { section } = this;
    this.checks.push(() => {
      const value = evaluate(expression, section);
      if (value.kind === 'impossible') this.report.error('expression', value.message, extent);
    });
  }

  // ---- the end

  /** Gives everything its address and says which lengths could not be found; `excused` are statements about which enough is said. Gives the
   * sections of the image in their order. */
  layOut(base: bigint, excused: (statement: Statement) => boolean): Section[] {
    const all = [...this.sections.values(), ...this.structures];
    const settled = layOut(all);
    const order = imageOrder([...this.sections.values()]);
    let address = base;
    for (const [index, section] of order.entries()) {
      const before = order[index - 1];
      const begins = before === undefined || !inOneSection(before, section);
      const together = begins ? order.filter((other) => inOneSection(section, other)) : [section];
      // An empty section stands where it would begin.
      const alignment = BigInt(Math.max(...together.map((other) => other.alignment)));
      const start = ((address + alignment - 1n) / alignment) * alignment;
      section.address = start;
      if (section.size > 0) address = start + BigInt(section.size);
    }
    for (const section of all) section.address ??= 0n;
    for (const check of this.checks) check();
    for (const { statement, fragment } of settled ? [] : this.elastics) {
      if (fragment.elastic?.size(fragment.start + fragment.length) === fragment.elasticSize || excused(statement)) continue;
      this.report.error('expression', 'this length cannot be found: it depends on itself or on an address', whole(statement));
    }
    for (const { kind, fragment, offset, statement } of this.emissions) {
      if (kind !== 'instruction' || ((fragment.start + offset) & 3) === 0) continue;
      this.report.warning(
        'alignment',
        'this instruction is not at a multiple of 4 and cannot be executed there',
        whole(statement),
      );
    }
    return order.filter((s) => s.size > 0);
  }

  /** Writes the numbers that had to wait for addresses. */
  settleNumbers(): void {
    for (const awaited of this.awaited) this.settle(awaited);
  }

  private settle({ fragment, offset, size, expression, extent }: Awaited): void {
    const value = evaluate(expression, fragment.section);
    switch (value.kind) {
      case 'unknown':
        return; // An undefined symbol, which is said where it is mentioned, or a weak one: zero.
      case 'impossible':
        this.report.error('expression', value.message, extent);
        return;
      case 'absolute': {
        const limit = 1n << BigInt(size * 8);
        if (size < 8 && (value.value >= limit || value.value < -limit / 2n)) {
          this.report.error('range', `value ${value.value} does not fit in ${bytesText(size)}`, extent);
        } else this.write({ fragment, offset }, size, value.value);
        return;
      }
      case 'relative': {
        const address = (value.section.address as bigint) + value.offset;
        const limit = 1n << BigInt(size * 8);
        if (size < 2) this.report.error('range', 'an address does not fit in one byte', extent);
        else if (size < 8 && (address >= limit || address < -limit / 2n)) {
          this.report.error('range', `the address ${show(address)} does not fit in ${bytesText(size)}`, extent);
        } else this.write({ fragment, offset }, size, address);
      }
    }
  }

  /** The bytes from `base` to the end of the last section with contents, gaps zero. */
  image(base: bigint, order: readonly Section[]): Uint8Array {
    const loaded = order.filter((s) => !s.nobits);
    const last = loaded.at(-1);
    const size = last === undefined ? 0n : (last.address as bigint) + BigInt(last.size) - base;
    if (size > BigInt(LIMITS.image)) {
      const place = { line: 1, column: 1, endColumn: 2 };
      this.report.add({
        ...place,
        severity: 'error',
        code: 'limit',
        message: `the image would be ${size} bytes; ${LIMITS.image} are possible`,
      });
      return NOTHING;
    }
    const image = new Uint8Array(Number(size));
    for (const section of loaded) writeSection(section, image, Number((section.address as bigint) - base));
    return image;
  }
}

const NOTHING = new Uint8Array(0);

/** HINT #0, as its bytes stand in memory. */
const NOP = [0x1f, 0x20, 0x03, 0xd5] as const;

function fault(code: Fault['code'], message: string, { from, to }: Extent): Fault {
  return new Fault(code, message, { column: from, end: to });
}

function bytesText(size: number): string {
  return size === 1 ? '1 byte' : `${size} bytes`;
}

function show(value: bigint): string {
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

function repeat(into: Uint8Array, at: number, size: number, pattern: readonly number[]): void {
  if (pattern.length === 1) into.fill(pattern[0] as number, at, at + size);
  else for (let i = 0; i < size; i += 1) into[at + i] = pattern[i % pattern.length] as number;
}

/** A pattern that ends where the gap ends; what is left over in front of it is zero. */
function fillBehindZeros(into: Uint8Array, at: number, size: number, pattern: readonly number[]): void {
  const odd = size % pattern.length;
  into.fill(0, at, at + odd);
  repeat(into, at + odd, size - odd, pattern);
}
