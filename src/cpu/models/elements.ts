// Registers that come in arrays and of which a processor has fewer than the architecture names: breakpoints, watchpoints, event counters. One
// past the last is UNDEFINED (for event counters a choice that the manual leaves, D24.5). Knows nothing of who may access the others.
import { type FieldRange, fieldRange, getFieldNumber } from '#arch/field';
import type { Sysreg } from '#arch/sysreg';
import type { CpuModel } from './index.ts';

/** Where a model tells how many there are, and what that field's zero means. */
interface Count {
  readonly field: FieldRange;
  readonly atZero: number;
}

const BREAKPOINTS: Count = { field: fieldRange('ID_AA64DFR0_EL1', 'BRPs'), atZero: 1 };
const WATCHPOINTS: Count = { field: fieldRange('ID_AA64DFR0_EL1', 'WRPs'), atZero: 1 };
const COUNTERS: Count = { field: fieldRange('PMCR_EL0', 'N'), atZero: 0 };
const COUNTS: ReadonlyMap<string, Count> = new Map([
  ['DBGBVR<n>_EL1', BREAKPOINTS],
  ['DBGBCR<n>_EL1', BREAKPOINTS],
  ['DBGWVR<n>_EL1', WATCHPOINTS],
  ['DBGWCR<n>_EL1', WATCHPOINTS],
  ['PMEVCNTR<n>_EL0', COUNTERS],
  ['PMEVTYPER<n>_EL0', COUNTERS],
]);

/** Why the processor does not have this element of an array, in words; undefined when it has. */
export function absentElement(model: CpuModel, { name, array }: Sysreg): string | undefined {
  const count = array && COUNTS.get(array.name);
  if (array === undefined || count === undefined) return undefined;
  const { field, atZero } = count;
  const has = getFieldNumber(model.registers.get(field.register) ?? 0n, field) + atZero;
  return array.index < has ? undefined : `${name} is not there: ${field.register}.${field.name} says that there are ${has}.`;
}
