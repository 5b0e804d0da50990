// Registers by the names that people, configurations and recordings use.

import { registerByName } from '#arch/sysreg';
import { err, ok, type Result } from '#base';
import type { Processor } from '#cpu';

/** Writes `x0`–`x30`, `sp_el0`–`sp_el2`, `pc`, `pstate`, or a system register by its name in any case. Values are unsigned 64-bit. */
export function writeRegister(processor: Processor, name: string, value: bigint): Result<void, string> {
  if (value < 0n || value >> 64n !== 0n) return err(`${value} does not fit 64 bits`);
  const general = /^x([0-9]|[12][0-9]|30)$/.exec(name);
  const stack = /^sp_el([012])$/.exec(name);
  if (general) processor.setX(Number(general[1]), value);
  else if (stack) processor.setSp(Number(stack[1]) as 0 | 1 | 2, value);
  else if (name === 'pc') processor.pc = value;
  else if (name === 'pstate') {
    const level = Number((value >> 2n) & 3n);
    if (value & 0x12n || level === 3 || (level === 0 && value & 1n))
      return err('that mode does not exist here: EL0t, EL1t, EL1h, EL2t and EL2h do');
    processor.pstate = value;
  } else {
    const row = registerByName(name);
    if (!row) return err(`there is no register '${name}'`);
    processor.writeRegister(row.name, value);
  }
  return ok(undefined);
}
