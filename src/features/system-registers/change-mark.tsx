// The mark of a register that changed since the machine last stood still.
import type { RegisterValue } from '#client';
import { Mark } from '#ui';

/** Who changed it: a hand, or the machine while it ran (an instruction, an exception, the hypervisor). Nothing when it did not change. */
export function ChangeMark({ value }: { value: Pick<RegisterValue, 'before' | 'byHand'> }) {
  if (value.before === undefined) return null;
  return value.byHand ? <Mark by="person" /> : <Mark by="guest" label="changed while the machine ran" />;
}
