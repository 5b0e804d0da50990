// Fields of registers as views draw them: which there are on this processor now, what their values mean, what they are for. Everything is read
// off the tables; the one thing added is which of several layouts counts.
import { memoryType } from '#arch/descriptor';
import { type FeatureSet, holds, toldByField } from '#arch/features';
import { type DrawnField, decodeSyndrome, fieldGroups } from '#arch/syndrome';
import {
  aliasTarget,
  encodingName,
  type Field,
  fieldDoc,
  fieldsNamed,
  fieldsOf,
  parsePresence,
  registerByName,
  reservedOnesOf,
  type Sysreg,
  type Term,
} from '#arch/sysreg';
import { trapControl } from '#arch/trap-controls';
import { bits64 } from '#base';
import type { FieldView } from '#protocol';

/** What fields depend on besides their register's own value. */
export interface FieldContext {
  readonly features: FeatureSet;
  /** The value of a register as it stands. */
  read(register: string): bigint;
}

/** Bits that views show: of a 128-bit register the lower half. */
const WIDTH = 64;

/** The fields of a register with this value, from the top; those that are not there are among them where nothing else has their bits. */
export function fieldViews(register: Sysreg, value: bigint, context: FieldContext): readonly FieldView[] {
  const row = aliasTarget(register);
  const syndrome = /^ESR_EL([12])$/.exec(row.name);
  if (syndrome) return syndromeViews(value, Number(syndrome[1]) as 1 | 2);
  const views: FieldView[] = [];
  let taken = 0n;
  const add = (field: Field, absent: string): void => {
    const parts = field.parts.filter(({ msb }) => msb < WIDTH);
    const mask = parts.reduce((all, { msb, lsb }) => all | (((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb)), 0n);
    if (parts.length === 0 || (taken & mask) !== 0n) return;
    taken |= mask;
    for (const { msb, lsb } of parts) {
      const part = bits64(value, msb, lsb);
      views.push({
        name: field.name,
        msb,
        lsb,
        value: part,
        meaning: absent === '' ? meaning(row, field, part) : '',
        doc: sentence(row, field.name),
        absent,
        values: field.values.map(({ value: number, text }) => ({ value: BigInt(number), text })),
        group: absent === '' ? 1 : 0,
      });
    }
  };
  const all = fieldsOf(row).map((field) => ({ field, missing: missingTerms(row, field, value, context) }));
  const reserved = reservedOnesOf(row).filter((field) => missingTerms(row, field, value, context).length === 0);
  // A layout that a feature brings stands in place of the usual one.
  for (const { field, missing } of all) if (field.layout !== '' && layoutIsHere(field, context)) addPresent(field, missing);
  for (const { field, missing } of all) if (field.layout === '') addPresent(field, missing);
  for (const field of reserved) add(field, 'reserved, reads as 1');
  for (const { field, missing } of all) if (field.layout === '' && missing.length > 0) add(field, absence(field, missing));
  return views.toSorted((a, b) => b.msb - a.msb);

  function addPresent(field: Field, missing: readonly Missing[]): void {
    if (missing.length === 0) add(field, '');
  }
}

/** Alternative layouts by the feature that brings them; the others are told apart by values that no view needs. */
const LAYOUTS: Readonly<Record<string, string>> = {
  AArch32: 'FEAT_AA32EL0',
  LPAE: 'FEAT_AA32EL1',
  D128: 'FEAT_D128',
  CCIDX: 'FEAT_CCIDX',
};

function layoutIsHere({ layout }: Field, { features }: FieldContext): boolean {
  const feature = LAYOUTS[layout];
  return feature !== undefined && features.has(feature);
}

interface Missing {
  readonly text: string;
  readonly feature: boolean;
}

/** What is wanting for a field to be there; nothing when it is. */
function missingTerms(row: Sysreg, field: Field, value: bigint, context: FieldContext): readonly Missing[] {
  const missing: Missing[] = [];
  const there = holds(parsePresence(field.presence, row.name), (term) => {
    const holding = termHolds(row, term, value, context);
    if (!holding) missing.push(termText(term));
    return holding;
  });
  if (there) return [];
  return missing.length > 0 ? missing : [{ text: field.presence, feature: false }];
}

function termText(term: Term): Missing {
  switch (term.kind) {
    case 'feature':
      return { text: term.name, feature: true };
    case 'state':
      return { text: `HCR_EL2.${term.name} = ${term.value}`, feature: false };
    case 'field':
      return { text: `${term.ref.field || term.ref.register} ${term.operator} ${term.pattern.text}`, feature: false };
    case 'compare':
      return { text: `${term.left.register}.${term.left.field}`, feature: false };
  }
}

function termHolds(row: Sysreg, term: Term, own: bigint, { features, read }: FieldContext): boolean {
  switch (term.kind) {
    case 'feature':
      return features.has(term.name);
    case 'state': {
      const [place] = fieldsNamed(registerByName('HCR_EL2') as Sysreg, term.name)[0]?.parts ?? [];
      return (place === undefined ? 0n : bits64(read('HCR_EL2'), place.msb, place.lsb)) === BigInt(term.value);
    }
    case 'field': {
      const { ref, operator, pattern } = term;
      const target = registerByName(ref.register);
      const place = target && fieldsNamed(target, ref.field)[0]?.parts[0];
      if (!target || !place) return true;
      const found = Number(bits64(target === row ? own : read(target.name), place.msb, place.lsb));
      if (operator === '>=') return found >= pattern.value;
      if (operator === '<=') return found <= pattern.value;
      return (((found ^ pattern.value) & pattern.mask) === 0) === (operator === '=');
    }
    case 'compare':
      return true;
  }
}

function absence({ otherwise }: Field, missing: readonly Missing[]): string {
  const features = missing.filter((m) => m.feature);
  const why =
    features.length > 0
      ? `needs ${features.map((m) => m.text).join(' and ')}`
      : `only with ${missing.map((m) => m.text).join(' and ')}`;
  return otherwise === 1 ? `${why}, reads as 1` : why;
}

function meaning(row: Sysreg, { name, values, parts }: Field, value: bigint): string {
  if (/^MAIR_EL[12]$/.test(row.name)) return memoryType(Number(value));
  if (parts.length > 1) return '';
  const text = values.find((v) => BigInt(v.value) === value)?.text;
  return text ?? (row.group === 'id' ? features(row.name, name, Number(value)) : '');
}

/** `FEAT_PAN, FEAT_PAN2`, or `no FEAT_SVE` where the field announces none. */
function features(register: string, field: string, value: number): string {
  const { announced, others } = toldByField(register, field, value);
  if (announced.length > 0) return announced.join(', ');
  return others.length > 0 ? `no ${others[0]}` : '';
}

function sentence({ name, array }: Sysreg, field: string): string {
  return trapControl(name, field)?.doc ?? fieldDoc(array?.name ?? name, field);
}

/** The fields of ESR_ELx, as its exception class lays them out. */
export function syndromeViews(esr: bigint, el: 1 | 2): readonly FieldView[] {
  return fieldGroups(decodeSyndrome(esr, el, encodingName)).map(syndromeView);
}

function syndromeView({ name, msb, lsb, value, meaning: text, group }: DrawnField): FieldView {
  const reserved = group === 0;
  return {
    name,
    msb,
    lsb,
    value: BigInt(value),
    meaning: reserved ? '' : text,
    doc: '',
    absent: reserved ? 'reserved' : '',
    values: [],
    group,
  };
}
