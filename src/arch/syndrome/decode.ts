// From the 64 bits of ESR_ELx to its fields, by the tables: every bit is covered, reserved runs are fields named RES0, and what the architecture
// does not allow becomes a warning. Never refuses a value. Knows nothing of what the fields mean together (summary.ts, instruction.ts).
import { bits32 } from '#base';
import { type El, type ExceptionClass, exceptionClass } from './classes.ts';
import { type FieldRow, holds, iss2Layout, issLayout, type Layout } from './layouts.ts';

/** One field of ISS (numbered from bit 0) or of ISS2 (likewise: its bit 0 is bit 32 of the register). */
export type SyndromeField = {
  /** The manual's name; `RES0` for a run of reserved bits; `ISS` or `ISS2` where the class is reserved, so that there is no layout. */
  readonly name: string;
  readonly msb: number;
  readonly lsb: number;
  readonly value: number;
  /** What this value means. */
  readonly meaning: string;
  /** The row of the layout; absent for RES0 and for a reserved class. */
  readonly row?: FieldRow;
};

/** Something that the architecture does not allow, and the bits of the register that say so. */
export type SyndromeWarning = { readonly msb: number; readonly lsb: number; readonly text: string };

/** A syndrome taken apart. */
export type SyndromeFields = {
  /** The register, 64 bits. */
  readonly value: bigint;
  readonly el: El;
  readonly ec: number;
  /** Absent for a reserved EC. */
  readonly class?: ExceptionClass;
  readonly il: 0 | 1;
  /** 25 bits; fields from the most significant on, without gaps. */
  readonly iss: { readonly value: number; readonly fields: readonly SyndromeField[] };
  /** 24 bits; likewise. */
  readonly iss2: { readonly value: number; readonly fields: readonly SyndromeField[] };
  readonly warnings: readonly SyndromeWarning[];
};

/** The width of ISS and of ISS2, and where in the register their bit 0 is. */
export const ISS_PART = { name: 'ISS', width: 25, at: 0 } as const;
export const ISS2_PART = { name: 'ISS2', width: 24, at: 32 } as const;
type Part = typeof ISS_PART | typeof ISS2_PART;

/** Takes the value of ESR_EL1, ESR_EL2 or ESR_EL3 apart. `value` is cut to 64 bits. */
export function syndromeFields(value: bigint, el: El): SyndromeFields {
  const register = BigInt.asUintN(64, value);
  const low = Number(register & 0xffff_ffffn);
  const high = Number(register >> 32n);
  const ec = bits32(low, 31, 26);
  const il = bits32(low, 25, 25) as 0 | 1;
  const issValue = bits32(low, 24, 0);
  const iss2Value = bits32(high, 23, 0);
  const reserved = bits32(high, 31, 24);
  const row = exceptionClass(ec);
  const warnings: SyndromeWarning[] = [];

  if (reserved !== 0) warnings.push({ msb: 63, lsb: 56, text: 'Reserved bits 63:56 are set.' });
  if (row === undefined) {
    warnings.push({ msb: 31, lsb: 26, text: `EC 0x${ec.toString(16).padStart(2, '0')} is a reserved exception class.` });
    const fields = (part: Part, all: number) => {
      const meaning = 'The class is reserved, so nothing is known of these bits';
      return { value: all, fields: [{ name: part.name, msb: part.width - 1, lsb: 0, value: all, meaning }] };
    };
    return { value: register, el, ec, il, iss: fields(ISS_PART, issValue), iss2: fields(ISS2_PART, iss2Value), warnings };
  }

  if (!row.els.includes(el)) {
    const levels = row.els.map((level) => `ESR_EL${level}`).join(' or ');
    warnings.push({ msb: 31, lsb: 26, text: `This class is found in ${levels} only; in ESR_EL${el} its EC is reserved.` });
  }
  const iss = part(ISS_PART, issValue, issLayout(row.iss), () => 0, el, warnings);
  const iss2 = part(ISS2_PART, iss2Value, iss2Layout(row.iss2), iss.get, el, warnings);
  const ilWarning = il === 0 ? forbidsIl0(row, iss.get) : undefined;
  if (ilWarning !== undefined) warnings.push({ msb: 25, lsb: 25, text: ilWarning });
  return {
    value: register,
    el,
    ec,
    class: row,
    il,
    iss: { value: issValue, fields: iss.fields },
    iss2: { value: iss2Value, fields: iss2.fields },
    warnings: warnings.sort((a, b) => b.msb - a.msb),
  };
}

/** Why IL cannot be 0, or undefined where it can (Arm ARM DDI 0487, ESR_ELx.IL). */
function forbidsIl0(row: ExceptionClass, get: (name: string) => number): string | undefined {
  if (row.il === 'always-1') return 'IL is 0; this class always has IL 1.';
  if (row.il === 'isv' && get('ISV') === 0) return 'IL is 0; with ISV 0 this class always has IL 1.';
  if (row.from === 'AArch64') return 'IL is 0; an AArch64 instruction is always 32 bits long, so IL is 1.';
  return undefined;
}

type Decoded = { readonly fields: readonly SyndromeField[]; readonly get: (name: string) => number };

/** Covers one part of the register with the rows that are active and with RES0 runs between them. */
function part(
  { name: partName, width, at }: Part,
  value: number,
  layout: Layout,
  outer: (name: string) => number,
  el: El,
  warnings: SyndromeWarning[],
): Decoded {
  const raw = new Map(layout.map(([name, row]) => [name, bits32(value, row.msb, row.lsb)]));
  const rawGet = (name: string) => (name === 'EL' ? el : (raw.get(name) ?? outer(name)));
  const active = layout.filter(([, row]) => holds(row.when, rawGet)).sort(([, a], [, b]) => b.msb - a.msb);
  const present = new Set(active.map(([name]) => name));
  const get = (name: string) => (name === 'EL' || present.has(name) ? rawGet(name) : outer(name));

  const warn = (msb: number, lsb: number, text: string) => warnings.push({ msb: msb + at, lsb: lsb + at, text });
  const fields: SyndromeField[] = [];
  const cover = (msb: number, lsb: number) => {
    if (msb < lsb) return;
    const run = bits32(value, msb, lsb);
    if (run !== 0) warn(msb, lsb, `Reserved bits ${partName}[${range(msb, lsb)}] are set.`);
    fields.push({ name: 'RES0', msb, lsb, value: run, meaning: run === 0 ? 'Reserved, 0' : 'Reserved, but not 0' });
  };

  let top: number = width - 1;
  for (const [name, row] of active) {
    cover(top, row.msb + 1);
    const own = bits32(value, row.msb, row.lsb);
    fields.push({ name, msb: row.msb, lsb: row.lsb, value: own, meaning: meaning(row, own, el, get), row });
    if (own !== 0 && !holds(row.res0Unless, get)) {
      warn(row.msb, row.lsb, `${partName}.${name} is ${own}, and reserved (0) here.`);
    } else if (isReserved(row, own, get)) {
      warn(row.msb, row.lsb, `${partName}.${name} holds a reserved value, 0x${own.toString(16)}.`);
    }
    top = row.lsb - 1;
  }
  cover(top, 0);
  return { fields, get };
}

function isReserved(row: FieldRow, value: number, get: (name: string) => number): boolean {
  if (row.values !== undefined && row.values[value] === undefined) return true;
  return row.reserved?.values.includes(value) === true && holds(row.reserved.when, get);
}

function range(msb: number, lsb: number): string {
  return msb === lsb ? `${msb}` : `${msb}:${lsb}`;
}

const CONDITIONS = ['EQ', 'NE', 'CS', 'CC', 'MI', 'PL', 'VS', 'VC', 'HI', 'LS', 'GE', 'LT', 'GT', 'LE', 'AL', 'NV'] as const;

/** The name of a condition code, 0 to 15. */
export function conditionName(code: number): string {
  return CONDITIONS[code & 15] as string;
}

/** The name of a general-purpose register, 0 to 31; 31 is the zero register. */
export function registerText(number: number, width: 'x' | 'w' = 'x'): string {
  return number === 31 ? `${width}zr` : `${width}${number}`;
}

function meaning(row: FieldRow, value: number, el: El, get: (name: string) => number): string {
  if (row.values !== undefined) return (row.values[value] ?? 'Reserved value').replaceAll('ELx', `EL${el}`);
  switch (row.reads) {
    case 'register':
      return registerText(value);
    case 'transfer':
      return registerText(value, get('SF') === 1 ? 'x' : 'w');
    case 'pair':
      return `${registerText(2 * value)}, ${registerText(2 * value + 1)}`;
    case 'condition':
      return conditionName(value);
    case 'immediate':
      return `#0x${value.toString(16)}`;
    default:
      return `${row.about[0]?.toUpperCase()}${row.about.slice(1)}`;
  }
}
