// Features by name: which ID register fields announce one, and which of them a processor with given ID registers has. Knows nothing of where
// those values come from, and nothing of what a feature does.

import { fieldsNamed, type Presence, parsePresence, sysreg, type Term } from '#arch/sysreg';
import { assert } from '#base';
import { FEATURES } from './table.ts';

/** The value of a field of an ID register, as the processor announces it; 0 for a register that it does not have. */
export type ReadIdField = (register: string, field: string) => number;

/** The names of the features that a processor has, `FEAT_*` and `EL0` to `EL3`. */
export type FeatureSet = ReadonlySet<string>;

/** What announces a feature, as the table writes it and parsed; undefined definition where no register tells. */
export interface FeatureRow {
  readonly name: string;
  readonly text: string;
  readonly definition: Presence | undefined;
}

/** Every feature, in the order of the ID registers. */
export const FEATURE_ROWS: readonly FeatureRow[] = FEATURES.split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [name, text] = line.split('  ') as [string, string];
    return { name, text, definition: text.startsWith('none') ? undefined : parsePresence(text.replaceAll(' ', ''), name) };
  });

const BY_NAME: ReadonlyMap<string, FeatureRow> = new Map(FEATURE_ROWS.map((row) => [row.name, row]));

/** The row of a feature; undefined for a name that is none. */
export function featureRow(name: string): FeatureRow | undefined {
  return BY_NAME.get(name);
}

/** The features that ID registers with these field values announce. */
export function featuresOf(read: ReadIdField): FeatureSet {
  const known = new Map<string, boolean>();
  const has = (name: string): boolean => {
    let result = known.get(name);
    if (result === undefined) {
      const row = BY_NAME.get(name);
      assert(row !== undefined, `no feature ${name}`);
      result = row.definition !== undefined && holds(row.definition, (term) => termHolds(term, has, read));
      known.set(name, result);
    }
    return result;
  };
  return new Set(FEATURE_ROWS.map((row) => row.name).filter(has));
}

/** The same from whole register values: bits of a field are taken from where its row puts them. */
export function featuresOfRegisters(read: (register: string) => bigint): FeatureSet {
  return featuresOf((register, name) => {
    const field = fieldsNamed(sysreg(register), name)[0];
    assert(field !== undefined, `no field ${register}.${name}`);
    const { msb, lsb } = field.parts[0]!;
    return Number(BigInt.asUintN(msb - lsb + 1, read(register) >> BigInt(lsb)));
  });
}

/** Whether a presence expression holds, each term decided by the caller. */
export function holds(presence: Presence, term: (term: Term) => boolean): boolean {
  switch (presence.kind) {
    case 'always':
      return true;
    case 'term':
      return term(presence.term);
    case 'not':
      return !holds(presence.of, term);
    case 'and':
      return presence.all.every((part) => holds(part, term));
    case 'or':
      return presence.all.some((part) => holds(part, term));
  }
}

function termHolds(term: Term, has: (name: string) => boolean, read: ReadIdField): boolean {
  if (term.kind === 'feature') return has(term.name);
  assert(term.kind === 'field', `a feature is announced by fields, not by ${term.kind}`);
  const value = read(term.ref.register, term.ref.field);
  const { value: wanted, mask } = term.pattern;
  switch (term.operator) {
    case '=':
      return ((value ^ wanted) & mask) === 0;
    case '!=':
      return ((value ^ wanted) & mask) !== 0;
    case '>=':
      return value >= wanted;
    case '<=':
      return value <= wanted;
  }
}

/** What a value of an ID register's field says by itself of features: those that it announces, and those that only another value would. */
export function toldByField(
  register: string,
  field: string,
  value: number,
): { readonly announced: readonly string[]; readonly others: readonly string[] } {
  const announced: string[] = [];
  const others: string[] = [];
  for (const { name, definition } of FEATURE_ROWS) {
    let own = definition !== undefined;
    const there =
      definition !== undefined &&
      holds(definition, (term) => {
        if (term.kind !== 'field' || term.ref.register !== register || term.ref.field !== field) own = false;
        return (
          own &&
          termHolds(
            term,
            () => false,
            () => value,
          )
        );
      });
    if (own) (there ? announced : others).push(name);
  }
  return { announced, others };
}

/** The ID register fields that tell of a feature, for a reason that a person can look up: `ID_AA64PFR1_EL1.MTE>=2`. */
export function announcement(name: string): string {
  const row = BY_NAME.get(name);
  if (row === undefined || row.text === 'none') return 'no ID register announces it';
  return row.definition === undefined ? row.text.slice('none: '.length) : row.text;
}
