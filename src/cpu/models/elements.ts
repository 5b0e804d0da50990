// Registers that come in arrays and of which a processor has fewer than the architecture names: breakpoints, watchpoints, event counters, active
// priorities. One past the last is UNDEFINED (for event counters a choice that the manual leaves, D24.5). Knows nothing of who may access the others.
import { type FieldRange, fieldRange, getFieldNumber } from '#arch/field';
import type { Sysreg } from '#arch/sysreg';
import type { CpuModel } from './index.ts';

/** Where a model tells how many there are, and how many a value of that field means. */
interface Count {
  readonly field: FieldRange;
  readonly has: (value: number) => number;
}

const BREAKPOINTS: Count = { field: fieldRange('ID_AA64DFR0_EL1', 'BRPs'), has: (value) => value + 1 };
const WATCHPOINTS: Count = { field: fieldRange('ID_AA64DFR0_EL1', 'WRPs'), has: (value) => value + 1 };
const COUNTERS: Count = { field: fieldRange('PMCR_EL0', 'N'), has: (value) => value };
// A bit for each priority that interrupts can have: 32 with 5 bits of preemption, 64 with 6, 128 with 7.
const PRIORITIES: Count = { field: fieldRange('ICH_VTR_EL2', 'PREbits'), has: (value) => Math.max(1, 2 ** (value - 4)) };
const COUNTS: ReadonlyMap<string, Count> = new Map([
  ['DBGBVR<n>_EL1', BREAKPOINTS],
  ['DBGBCR<n>_EL1', BREAKPOINTS],
  ['DBGWVR<n>_EL1', WATCHPOINTS],
  ['DBGWCR<n>_EL1', WATCHPOINTS],
  ['PMEVCNTR<n>_EL0', COUNTERS],
  ['PMEVTYPER<n>_EL0', COUNTERS],
  ['ICC_AP0R<n>_EL1', PRIORITIES],
  ['ICC_AP1R<n>_EL1', PRIORITIES],
  ['ICH_AP0R<n>_EL2', PRIORITIES],
  ['ICH_AP1R<n>_EL2', PRIORITIES],
]);

/** Why the processor does not have this element of an array, in words; undefined when it has. */
export function absentElement(model: CpuModel, { name, array }: Sysreg): string | undefined {
  const count = array && COUNTS.get(array.name);
  if (array === undefined || count === undefined) return undefined;
  const { field } = count;
  const has = count.has(getFieldNumber(model.registers.get(field.register) ?? 0n, field));
  return array.index < has ? undefined : `${name} is not there: ${field.register}.${field.name} says that there are ${has}.`;
}
