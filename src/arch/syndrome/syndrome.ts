// A syndrome explained: its fields (decode.ts) with the instruction it names and one sentence, and the same bits as one row for a drawing.
import type { El } from './classes.ts';
import { ISS_PART, ISS2_PART, type SyndromeField, type SyndromeFields, syndromeFields } from './decode.ts';
import { type SystemName, trappedInstruction } from './instruction.ts';
import type { FieldGroup } from './layouts.ts';
import { summarize } from './summary.ts';

export type Syndrome = SyndromeFields & {
  /** The trapped instruction or register in assembler syntax, where the syndrome names it. */
  readonly instruction?: string;
  /** One plain sentence. */
  readonly summary: string;
};

/**
 * Explains a value of ESR_EL1, ESR_EL2 or ESR_EL3; refuses none. `value` is cut to 64 bits. `systemName` names System registers and System
 * instructions (`encodingName` of `#arch/sysreg` does); without it they are spelled by their encoding (`s3_0_c15_c2_0`).
 */
export function decodeSyndrome(value: bigint, el: El, systemName: SystemName = () => undefined): Syndrome {
  const fields = syndromeFields(value, el);
  const instruction = trappedInstruction(fields, systemName);
  return { ...fields, ...(instruction === undefined ? {} : { instruction }), summary: summarize(fields, systemName) };
}

/** The level that a syndrome is most likely reported to, when nothing else is known: EL2, or the first that its class is reported to. */
export function likelyEl(value: bigint): El {
  const { class: row } = syndromeFields(value, 2);
  return row === undefined || row.els.includes(2) ? 2 : (row.els[0] ?? 2);
}

/** One field of the whole register as it is drawn; 0 is reserved, 1 the class, the rest as in the layouts. */
export type DrawnField = {
  readonly name: string;
  /** Bits of the register, 63 to 0. */
  readonly msb: number;
  readonly lsb: number;
  readonly value: number;
  readonly meaning: string;
  readonly group: 0 | 1 | FieldGroup;
};

/** The 64 bits of the register in fields from bit 63 on, without gaps. */
export function fieldGroups(syndrome: SyndromeFields): readonly DrawnField[] {
  const { class: row, ec, il } = syndrome;
  const top = Number(syndrome.value >> 56n);
  const drawn = (part: { readonly at: number }, field: SyndromeField): DrawnField => ({
    name: field.name,
    msb: field.msb + part.at,
    lsb: field.lsb + part.at,
    value: field.value,
    meaning: field.meaning,
    group: field.row?.group ?? 0,
  });
  return [
    { name: 'RES0', msb: 63, lsb: 56, value: top, meaning: top === 0 ? 'Reserved, 0' : 'Reserved, but not 0', group: 0 },
    ...syndrome.iss2.fields.map((field) => drawn(ISS2_PART, field)),
    { name: 'EC', msb: 31, lsb: 26, value: ec, meaning: row?.name ?? 'Reserved', group: 1 },
    { name: 'IL', msb: 25, lsb: 25, value: il, meaning: ilMeaning(syndrome), group: 1 },
    ...syndrome.iss.fields.map((field) => drawn(ISS_PART, field)),
  ];
}

function ilMeaning({ class: row, il, iss }: SyndromeFields): string {
  if (il === 0) return '16-bit instruction';
  const isFixed =
    row?.il === 'always-1' || (row?.il === 'isv' && iss.fields.some(({ name, value }) => name === 'ISV' && value === 0));
  return isFixed ? 'Always 1 here, whatever the instruction' : '32-bit instruction';
}
