// Random loads and stores, by the name under which a campaign can ask for them. Addresses lie around X28, the middle of the guest's two pages of
// data (so that some accesses cross from one into the other), or in a page that faults.
import { excludes } from './excluded.ts';
import { GUEST, RAM, RAM_SIZE, STAGE1_PAGES, STAGE2_AT, STAGE2_PAGES, type Stage1Page, type Stage2Page } from './layout.ts';
import { registerNumber, twoRegisters } from './operands.ts';
import { type Translation, type Unit, unit } from './program.ts';
import type { Random } from './random.ts';

export type Place = {
  readonly r: Random;
  readonly translation: Translation;
  readonly el: 0 | 1;
  /** Nothing is to be unaligned. */
  readonly aligned?: boolean;
};

/** What one register is loaded from and stored to: mnemonic endings, the register's width, the size in bytes. */
const LOADS = [
  ['ldrb', 'w', 1],
  ['ldrh', 'w', 2],
  ['ldr', 'w', 4],
  ['ldr', 'x', 8],
  ['ldrsb', 'w', 1],
  ['ldrsb', 'x', 1],
  ['ldrsh', 'w', 2],
  ['ldrsh', 'x', 2],
  ['ldrsw', 'x', 4],
] as const;
const STORES = [
  ['strb', 'w', 1],
  ['strh', 'w', 2],
  ['str', 'w', 4],
  ['str', 'x', 8],
] as const;

type Single = (typeof LOADS)[number] | (typeof STORES)[number];

/** Without stage 1 all memory is Device memory. */
function isDevice({ translation }: Place): boolean {
  return translation === 'off' || translation === 'stage 2';
}

/** Whether an access is to be aligned. */
function isAligned(place: Place): boolean {
  return place.aligned === true || (excludes('device-alignment') && isDevice(place)) || place.r.oneIn(2);
}

function offset(r: Random, low: number, high: number, aligned: boolean, size: number): number {
  const any = r.oneIn(4) ? r.range(Math.max(low, -20), Math.min(high, 20)) : r.range(low, high);
  return aligned ? Math.trunc(any / size) * size : any;
}

/** A register that holds an address within 1,500 bytes of the middle, never one that a program may load into. */
function base(place: Place, size: number, aligned: boolean): { readonly head: readonly string[]; readonly name: string } {
  const { r } = place;
  switch (r.below(4)) {
    case 0:
      return { head: [], name: 'x28' };
    case 1: {
      const at = r.range(-90, 90) * 16;
      return { head: [at < 0 ? `sub sp, x28, #${-at}` : `add sp, x28, #${at}`], name: 'sp' };
    }
    default: {
      const at = offset(r, -1500, 1500, aligned, size);
      return { head: [at < 0 ? `sub x29, x28, #${-at}` : `add x29, x28, #${at}`], name: 'x29' };
    }
  }
}

function target(r: Random, width: string): string {
  return r.oneIn(12) ? `${width}zr` : `${width}${registerNumber(r)}`;
}

function single(r: Random): Single {
  return r.oneIn(2) ? r.pick(LOADS) : r.pick(STORES);
}

function unsignedOffset(place: Place): Unit {
  const { r } = place;
  const [name, width, size] = single(r);
  const aligned = isAligned(place);
  const { head, name: at } = base(place, size, aligned);
  return unit(...head, `${name} ${target(r, width)}, [${at}, #${r.below(Math.min(4096, 2000 / size)) * size}]`, ...restore(at));
}

/** After instructions without write-back only SP needs it. */
function restore(name: string): readonly string[] {
  return name === 'sp' ? ['mov sp, x28'] : [];
}

function unscaled(place: Place): Unit {
  const { r } = place;
  const [name, width, size] = single(r);
  const aligned = isAligned(place);
  const { head, name: at } = base(place, size, aligned);
  const text = `${name.replace(/^(ld|st)r/, '$1ur')} ${target(r, width)}, [${at}, #${offset(r, -256, 255, aligned, size)}]`;
  return unit(...head, text, ...restore(at));
}

function writeBack(place: Place): Unit {
  const { r } = place;
  const [name, width, size] = single(r);
  const aligned = isAligned(place);
  const { head, name: at } = base(place, size, aligned);
  const by = offset(r, -256, 255, aligned, size);
  // X28 itself stays: its place is taken by X29.
  const register = at === 'x28' ? 'x29' : at;
  const operand = r.oneIn(2) ? `[${register}, #${by}]!` : `[${register}], #${by}`;
  return unit(
    ...head,
    ...(at === 'x28' ? ['mov x29, x28'] : []),
    `${name} ${target(r, width)}, ${operand}`,
    `mov x${registerNumber(r)}, ${register}`,
    ...restore(at),
  );
}

function registerOffset(place: Place): Unit {
  const { r } = place;
  const [name, width, size] = single(r);
  const aligned = isAligned(place);
  const { head, name: at } = base(place, size, aligned);
  const [index, data] = twoRegisters(r);
  const scale = Math.log2(size);
  const scaled = r.oneIn(2);
  const by = offset(r, -250, 250, aligned && !scaled, size) * 1;
  const kind = r.pick(['lsl', 'sxtx', 'sxtw', 'uxtw']);
  const steps = kind === 'uxtw' ? Math.abs(by) : by;
  const amount = scaled ? ` #${scale}` : '';
  const register = kind.endsWith('w') ? `w${index}` : `x${index}`;
  const operand = kind === 'lsl' ? (scaled ? `${register}, lsl${amount}` : register) : `${register}, ${kind}${amount}`;
  // Bits above the word are no part of a 32-bit offset.
  const dirt = kind.endsWith('w') && r.oneIn(2) ? [`movk x${index}, #${r.below(65536)}, lsl #48`] : [];
  const rt = r.oneIn(12) ? `${width}zr` : `${width}${data}`;
  return unit(...head, `mov x${index}, #${steps}`, ...dirt, `${name} ${rt}, [${at}, ${operand}]`, ...restore(at));
}

function pair(place: Place): Unit {
  const { r } = place;
  const [name, width, size] = r.pick([
    ['ldp', 'x', 8],
    ['ldp', 'w', 4],
    ['ldpsw', 'x', 4],
    ['stp', 'x', 8],
    ['stp', 'w', 4],
  ] as const);
  const aligned = isAligned(place);
  const { head, name: at } = base(place, size, aligned);
  const [first, second] = twoRegisters(r);
  const data = `${r.oneIn(12) ? `${width}zr` : `${width}${first}`}, ${width}${second}`;
  const by = r.range(-64, 63) * size;
  if (r.oneIn(2)) {
    const noAllocate = name !== 'ldpsw' && r.oneIn(3);
    return unit(...head, `${noAllocate ? name.replace('p', 'np') : name} ${data}, [${at}, #${by}]`, ...restore(at));
  }
  const register = at === 'x28' ? 'x29' : at;
  const operand = r.oneIn(2) ? `[${register}, #${by}]!` : `[${register}], #${by}`;
  return unit(
    ...head,
    ...(at === 'x28' ? ['mov x29, x28'] : []),
    `${name} ${data}, ${operand}`,
    ...(at === 'sp' ? [`mov x${registerNumber(r)}, sp`] : []),
    ...restore(at),
  );
}

function literal(place: Place): Unit {
  const { r } = place;
  const label = `@literal${r.word()}`;
  const text = r.pick([`ldr x${registerNumber(r)}`, `ldr w${registerNumber(r)}`, `ldrsw x${registerNumber(r)}`, 'ldr xzr']);
  const value = r.value().toString(16).padStart(16, '0');
  const words = [`.word 0x${value.slice(8)}`, `.word 0x${value.slice(0, 8)}`];
  const align = isAligned(place) ? ['.balign 8'] : [];
  return unit(`${text}, ${label}`, `b ${label}_end`, ...align, `${label}:`, ...words, `${label}_end:`);
}

function unprivileged(place: Place): Unit {
  const { r } = place;
  const [name, width, size] = single(r);
  const aligned = isAligned(place);
  const { head, name: at } = base(place, size, aligned);
  const text = `${name.replace(/^(ld|st)r/, '$1tr')} ${target(r, width)}, [${at}, #${offset(r, -256, 255, aligned, size)}]`;
  return unit(...head, text, ...restore(at));
}

const SIZES = [
  ['b', 'w', 1],
  ['h', 'w', 2],
  ['', 'w', 4],
  ['', 'x', 8],
] as const;

/** Where alignment is asked for by the instruction itself: mostly given, since otherwise it is a fault. */
function orderedBase(place: Place, size: number): { readonly head: readonly string[]; readonly name: string } {
  const { r } = place;
  const wrong = r.oneIn(12) && !isDevice(place);
  return base(place, size, !wrong);
}

function ordered(place: Place): Unit {
  const { r } = place;
  const [suffix, width, size] = r.pick(SIZES);
  switch (r.below(3)) {
    case 0: {
      const { head, name: at } = orderedBase(place, size);
      const name = r.pick(['ldar', 'stlr', 'ldlar', 'stllr']);
      return unit(...head, `${name}${suffix} ${target(r, width)}, [${at}]`, ...restore(at));
    }
    case 1: {
      const { head, name: at } = base(place, size, excludes('ldapr-alignment') || r.oneIn(2));
      return unit(...head, `ldapr${suffix} ${target(r, width)}, [${at}]`, ...restore(at));
    }
    default: {
      const { head, name: at } = base(place, size, true);
      const [form, formWidth, formSize] = r.pick([
        ['stlurb', 'w', 1],
        ['ldapurb', 'w', 1],
        ['ldapursb', 'w', 1],
        ['ldapursb', 'x', 1],
        ['stlurh', 'w', 2],
        ['ldapurh', 'w', 2],
        ['ldapursh', 'w', 2],
        ['ldapursh', 'x', 2],
        ['stlur', 'w', 4],
        ['ldapur', 'w', 4],
        ['ldapursw', 'x', 4],
        ['stlur', 'x', 8],
        ['ldapur', 'x', 8],
      ] as const);
      const by = r.range(-Math.floor(256 / formSize), Math.floor(255 / formSize)) * formSize;
      // The base is aligned to `size` only: to the form's own size it must be, too.
      const settle = at === 'x29' ? [`and x29, x29, #~${7}`] : [];
      return unit(...head, ...settle, `${form} ${target(r, formWidth)}, [${at}, #${by}]`, ...restore(at));
    }
  }
}

function atomics(place: Place): Unit {
  const { r } = place;
  const [suffix, width, size] = r.pick(SIZES);
  const order = r.pick(['', 'a', 'l', 'al']);
  switch (r.below(4)) {
    case 0: {
      const { head, name: at } = orderedBase(place, size);
      const [s, t] = twoRegisters(r);
      return unit(
        ...head,
        ...matching(r, `${width}${s}`, size, at),
        `cas${order}${suffix} ${width}${s}, ${target(r, width)}, [${at}]`,
        `mov x${t}, x${s}`,
        ...restore(at),
      );
    }
    case 1: {
      const { head, name: at } = orderedBase(place, size >= 4 ? size * 2 : 16);
      const wide = size >= 4 ? width : 'x';
      const settle = at === 'x29' && !r.oneIn(12) ? ['and x29, x29, #~15'] : [];
      const s = r.below(12) * 2;
      const t = (s + 2 + r.below(11) * 2) % 24;
      const load = r.oneIn(2) ? [`ldp ${wide}${s}, ${wide}${s + 1}, [${at}]`] : [];
      const operands = `${wide}${s}, ${wide}${s + 1}, ${wide}${t}, ${wide}${t + 1}`;
      return unit(
        ...head,
        ...settle,
        ...(settle.length > 0 || at !== 'x29' ? load : []),
        `casp${order} ${operands}, [${at}]`,
        ...restore(at),
      );
    }
    default: {
      const { head, name: at } = orderedBase(place, size);
      const name = r.pick(['ldadd', 'ldclr', 'ldeor', 'ldset', 'ldsmax', 'ldsmin', 'ldumax', 'ldumin', 'swp']);
      return unit(...head, `${name}${order}${suffix} ${target(r, width)}, ${target(r, width)}, [${at}]`, ...restore(at));
    }
  }
}

/** Half of the compares are made to succeed. */
function matching(r: Random, register: string, size: number, at: string): readonly string[] {
  if (r.oneIn(2)) return [];
  const load = { 1: 'ldurb', 2: 'ldurh', 4: 'ldur', 8: 'ldur' }[size];
  return [`${load} ${register}, [${at}]`];
}

/** A load exclusive with its store, sometimes without the monitor; never to be left open. */
function exclusives(place: Place): Unit {
  const { r } = place;
  const [suffix, width, size] = r.pick(SIZES);
  const [status, data] = twoRegisters(r);
  const [acquire, release] = [r.pick(['ldaxr', 'ldxr']), r.pick(['stlxr', 'stxr'])];
  const between = r.pick([
    [],
    [`add x${data}, x${data}, #1`],
    [`add x${data}, x${data}, #1`, 'dmb ish'],
    ['clrex'],
    ['isb', 'nop'],
  ]);
  const isPair = r.oneIn(3);
  const wide = size === 4 ? 'w' : 'x';
  const registers = isPair
    ? `${wide}${data}, ${wide}${[20, 21, 22].find((n) => n !== status && n !== data) ?? 23}`
    : `${width}${data}`;
  const form = (name: string) => (isPair ? name.replace('xr', 'xp') : `${name}${suffix}`);
  const bytes = isPair ? (wide === 'w' ? 8 : 16) : size;
  const { head, name: at } = base(place, bytes, true);
  const load = `${form(acquire)} ${registers}, [${at}]`;
  const store = `${form(release)} w${status}, ${registers}, [${at}]`;
  if (r.oneIn(12) && bytes > 1 && !isDevice(place)) {
    const unaligned = `${r.pick(['add', 'sub'])} x29, x28, #${r.below(750) * 2 + 1}`;
    const there = (text: string) => text.replace(`[${at}]`, '[x29]');
    return unit(unaligned, there(load), ...(excludes('store-exclusive-alignment') ? [] : [there(store)]), 'clrex');
  }
  return unit(...head, r.oneIn(8) ? 'clrex' : load, ...between, store, 'clrex', ...restore(at));
}

function authenticated({ r, translation }: Place): Unit {
  const key = r.pick(['a', 'b']);
  const wrong = r.oneIn(6) && translation === 'stage 1';
  const by = r.range(-128, 127) * 8;
  const number = registerNumber(r);
  const load = r.oneIn(2) ? `ldra${key} x${number}, [x29, #${by}]!` : `ldra${key} x${number}, [x29, #${by}]`;
  return unit(
    'mov x29, x28',
    `pacdz${key} x29`,
    ...(wrong ? [`eor x29, x29, #0x${(1n << BigInt(r.range(49, 53))).toString(16)}`] : []),
    load,
    'mov x29, x28',
  );
}

function prefetch({ r }: Place): Unit {
  const hint = r.oneIn(2) ? `#${r.below(32)}` : `p${r.pick(['ld', 'li', 'st'])}l${r.pick([1, 2, 3])}${r.pick(['keep', 'strm'])}`;
  return unit(
    r.pick([
      `prfm ${hint}, [x28, #${r.below(512) * 8}]`,
      `prfum ${hint}, [x28, #${r.range(-256, 255)}]`,
      `prfm ${hint}, [x28, x${registerNumber(r)}]`,
    ]),
  );
}

function zero(place: Place): Unit {
  const { r } = place;
  if (excludes('dc-zva-device') && isDevice(place)) return unit(`mrs x${registerNumber(r)}, dczid_el0`);
  return unit(`sub x29, x28, #${r.below(1500)}`, 'dc zva, x29');
}

const STAGE1_FAULTS: readonly Stage1Page[] = STAGE1_PAGES.filter((name) => !['code', 'vectors', 'data0', 'data1'].includes(name));

/** The address, or another one where it is the program's own code or the harness's. */
function farAway(address: bigint): string {
  const isTaken = [GUEST, RAM].some((start) => address >= BigInt(start) - 0x100n && address < BigInt(start + RAM_SIZE));
  return `0x${(isTaken ? 0xc000_0000n : address).toString(16)}`;
}

/** An access to one of the pages that are not plain data, wholly inside it; and far away from all. */
function faults(place: Place): Unit {
  const { r, translation } = place;
  const pages: (Stage1Page | Stage2Page)[] = [];
  const address = (): string => {
    if (translation === 'off') return '';
    const stage1 = translation !== 'stage 2';
    const stage2 = translation !== 'stage 1';
    if (stage1 && (!stage2 || r.oneIn(2))) {
      if (r.oneIn(6)) return farAway(r.pick([r.bits64(), r.value(), 0x8020_0000n, 0x8040_0000n, 0xc000_0000n]));
      const page = r.pick(STAGE1_FAULTS);
      pages.push(page);
      return `0x${(0x8000_0000 + STAGE1_PAGES.indexOf(page) * 0x1000).toString(16)}`;
    }
    if (r.oneIn(10)) return farAway(BigInt.asUintN(48, r.value() & ~15n));
    const page = r.pick(STAGE2_PAGES);
    pages.push(page);
    return `0x${(0x8000_0000 + STAGE2_AT + STAGE2_PAGES.indexOf(page) * 0x1000).toString(16)}`;
  };
  const at = address();
  if (at === '') return unsignedOffset(place);
  const inPage = pages.length > 0 ? r.range(16, 200) * 16 : 0;
  const device =
    (excludes('device-alignment') && pages.includes('device')) || (excludes('hole-alignment') && pages.includes('hole'));
  const [name, width, size] = single(r);
  const [first, second] = twoRegisters(r);
  const aligned = device || isAligned(place);
  const extra = aligned ? 0 : r.below(size);
  const access = r.pick([
    `${name} ${target(r, width)}, [x29]`,
    `${name} ${target(r, width)}, [x29, #16]`,
    `${name} ${target(r, width)}, [x29], #8`,
    `${name} ${target(r, width)}, [x29, #-8]!`,
    `${name.replace(/^(ld|st)r/, '$1tr')} ${target(r, width)}, [x29, #8]`,
    ...(extra === 0
      ? [
          `ldp x${first}, x${second}, [x29]`,
          `stp x${first}, x${second}, [x29]`,
          `ldp x${first}, x${second}, [x29], #16`,
          `stp w${first}, w${second}, [x29, #-8]!`,
          `ldar x${first}, [x29]`,
          `stlr w${first}, [x29]`,
          ...(pages.includes('device')
            ? []
            : [
                `ldadd x${first}, x${second}, [x29]`,
                `cas x${first}, x${second}, [x29]`,
                `swpal w${first}, w${second}, [x29]`,
                `ldset x${first}, xzr, [x29]`,
              ]),
        ]
      : []),
  ]);
  return unit(
    `ldr x29, =${at}`,
    ...(inPage + extra > 0 ? [`add x29, x29, #${inPage + extra}`] : []),
    access,
    `mov x${registerNumber(r)}, x29`,
  );
}

export const MEMORY: Readonly<Record<string, (place: Place) => Unit>> = {
  'unsigned offset': unsignedOffset,
  unscaled,
  'write-back': writeBack,
  'register offset': registerOffset,
  pair,
  literal,
  unprivileged,
  ordered,
  atomics,
  exclusives,
  authenticated,
  prefetch,
  zero,
  faults,
};
