// Registers by the names that people, configurations and recordings use.

import { registerMasks } from '#arch/features';
import { registerByName, sysreg } from '#arch/sysreg';
import { err, ok, type Result } from '#base';
import type { Processor } from '#cpu';

/** A CPU's registers as dumps show them: x0 to x30, then the stack pointer that PSTATE selects. */
export function dumpedRegisters(processor: Processor): {
  readonly pc: bigint;
  readonly x: readonly bigint[];
  readonly pstate: bigint;
  readonly bti: boolean;
} {
  const { pc, pstate, el } = processor;
  const general = Array.from({ length: 31 }, (_, n) => processor.x(n));
  const stack = processor.sp(pstate & 1n ? el : 0);
  return { pc, x: [...general, stack], pstate, bti: processor.model.features.has('FEAT_BTI') };
}

const SPSR = sysreg('SPSR_EL1');

/**
 * Writes `x0`–`x30`, `sp_el0`–`sp_el2`, `pc`, `pstate`, or a system register by its name in any case: unsigned 64-bit values; or `v0`–`v31`,
 * unsigned 128-bit ones. `highest`: the highest level that code may run at.
 */
export function writeRegister(processor: Processor, name: string, value: bigint, highest: 1 | 2): Result<void, string> {
  const vector = /^v([0-9]|[12][0-9]|3[01])$/.exec(name);
  const width = vector ? 128n : 64n;
  if (value < 0n || value >> width !== 0n) return err(`${value} does not fit ${width} bits`);
  if (vector) {
    processor.setV(Number(vector[1]), 0, BigInt.asUintN(64, value));
    processor.setV(Number(vector[1]), 1, value >> 64n);
    return ok(undefined);
  }
  const general = /^x([0-9]|[12][0-9]|30)$/.exec(name);
  const stack = /^sp_el([012])$/.exec(name);
  if (general) processor.setX(Number(general[1]), value);
  else if (stack) processor.setSp(Number(stack[1]) as 0 | 1 | 2, value);
  else if (name === 'pc') processor.pc = value;
  else if (name === 'pstate') {
    const level = Number((value >> 2n) & 3n);
    if (value & 0x12n || level === 3 || (level === 0 && value & 1n))
      return err('that mode does not exist here: EL0t, EL1t, EL1h, EL2t and EL2h do');
    if (level > highest) return err(`EL${level} belongs to the hypervisor's model: code runs at EL0 and EL1`);
    // Bits of fields that this processor lacks stay 0.
    processor.pstate = value & registerMasks(SPSR, processor.model.features, 0).present;
  } else {
    const row = registerByName(name);
    if (!row) return err(`there is no register '${name}'`);
    processor.writeRegister(row.name, value);
  }
  return ok(undefined);
}
