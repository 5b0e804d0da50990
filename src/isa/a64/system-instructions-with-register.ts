// System instructions with register argument, Arm ARM C4.1.93.
import { a64 } from '../row.ts';

export const WFET = a64({
  bits: '11010101000000110001 0000 000 Rd:5',
  asm: 'wfet {Rd:X}',
  doc: 'Waits for an event, at most until the virtual count reaches a register.',
  feature: 'FEAT_WFxT',
  exec: (o, { Rd }) => o.wait('wfet', o.x(Rd), Rd),
});

export const WFIT = a64({
  bits: '11010101000000110001 0000 001 Rd:5',
  asm: 'wfit {Rd:X}',
  doc: 'Waits for an interrupt, at most until the virtual count reaches a register.',
  feature: 'FEAT_WFxT',
  exec: (o, { Rd }) => o.wait('wfit', o.x(Rd), Rd),
});
