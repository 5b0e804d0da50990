// Which bits of a register a processor with given features has: those of fields that are there, those that are RES1, and (all others) RES0;
// and what reset leaves in them. Knows nothing of what software may write: that a register is read-only is its row's access.
import { type Field, fieldsOf, parsePresence, reservedOnesOf, type Sysreg } from '#arch/sysreg';
import { type FeatureSet, holds } from './features.ts';

/** The bits of a register, 64 or 128 of them. What is in neither is RES0. */
export interface RegisterMasks {
  readonly present: bigint;
  readonly res1: bigint;
}

/** Alternative layouts, by the feature that brings them; layouts not named here belong to the register as it is. */
const LAYOUT_FEATURES: Readonly<Record<string, string>> = {
  AArch32: 'FEAT_AA32EL0',
  LPAE: 'FEAT_AA32EL1',
  D128: 'FEAT_D128',
  CCIDX: 'FEAT_CCIDX',
};

/** The masks of a register. Where its layout depends on HCR_EL2.E2H, `e2h` says which is meant; without it, the bits of both are present. */
export function registerMasks(row: Sysreg, features: FeatureSet, e2h?: 0 | 1): RegisterMasks {
  const there = (field: Field): boolean => {
    const layout = LAYOUT_FEATURES[field.layout];
    if (layout !== undefined && !features.has(layout)) return false;
    return holds(parsePresence(field.presence, row.name), (term) => {
      if (term.kind === 'feature') return features.has(term.name);
      // Other values of registers (a mode, an ID field) are not known here: the bits may be there.
      return term.kind !== 'state' || term.name !== 'E2H' || e2h === undefined || term.value === e2h;
    });
  };
  const bits = (fields: readonly Field[]): bigint => fields.reduce((mask, field) => mask | fieldMask(field), 0n);
  const all = fieldsOf(row);
  const present = bits(all.filter(there));
  const ones = [...reservedOnesOf(row).filter(there), ...all.filter((field) => field.otherwise === 1 && !there(field))];
  return { present, res1: bits(ones) & ~present };
}

/** What reset leaves, as far as the architecture says: `value` in the bits of `known`, anything in the others. */
export function resetBits(row: Sysreg): { readonly value: bigint; readonly known: bigint } {
  let value = 0n;
  let known = 0n;
  for (const field of fieldsOf(row)) {
    if (field.reset === undefined) continue;
    known |= fieldMask(field);
    value |= (field.reset << BigInt(field.parts.at(-1)!.lsb)) & fieldMask(field);
  }
  return { value, known };
}

function fieldMask(field: Field): bigint {
  return field.parts.reduce((mask, { msb, lsb }) => mask | (((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb)), 0n);
}
