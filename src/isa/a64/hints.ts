// Hints, Arm ARM C4.1.93. A hint whose feature is absent is a NOP, never UNDEFINED, so these rows name no feature.
import { a64 } from '../row.ts';

export const NOP = a64({
  bits: '11010101000000110010 0000 000 11111',
  asm: 'nop',
  doc: 'Does nothing.',
  exec: () => {},
});

export const YIELD = a64({
  bits: '11010101000000110010 0000 001 11111',
  asm: 'yield',
  doc: 'Says that this thread has nothing urgent to do.',
  exec: (o) => o.yield(),
});

export const WFE = a64({
  bits: '11010101000000110010 0000 010 11111',
  asm: 'wfe',
  doc: 'Waits for an event, unless one is registered already.',
  exec: (o) => o.wait('wfe'),
});

export const WFI = a64({
  bits: '11010101000000110010 0000 011 11111',
  asm: 'wfi',
  doc: 'Waits for an interrupt.',
  exec: (o) => o.wait('wfi'),
});

export const SEV = a64({
  bits: '11010101000000110010 0000 100 11111',
  asm: 'sev',
  doc: 'Sends an event to all processing elements.',
  exec: (o) => o.sendEvent(false),
});

export const SEVL = a64({
  bits: '11010101000000110010 0000 101 11111',
  asm: 'sevl',
  doc: 'Registers an event here.',
  exec: (o) => o.sendEvent(true),
});

export const DGH = a64({
  bits: '11010101000000110010 0000 110 11111',
  asm: 'dgh',
  doc: 'Hints that memory accesses before it should not be merged with those after.',
  exec: (o) => o.barrier('dgh', 0),
});

export const ESB = a64({
  bits: '11010101000000110010 0010 000 11111',
  asm: 'esb',
  doc: 'Synchronises physical and virtual SErrors.',
  exec: (o) => o.barrier('esb', 0),
});

export const PSB = a64({
  bits: '11010101000000110010 0010 001 11111',
  asm: 'psb csync',
  doc: 'Waits until profiling data has been written.',
  exec: (o) => o.barrier('psb', 0),
});

export const TSB = a64({
  bits: '11010101000000110010 0010 010 11111',
  asm: 'tsb csync',
  doc: 'Waits until trace data has been written.',
  exec: (o) => o.barrier('tsb', 0),
});

export const GCSB = a64({
  bits: '11010101000000110010 0010 011 11111',
  asm: 'gcsb dsync',
  doc: 'Orders Guarded Control Stack accesses.',
  exec: (o) => o.barrier('gcsb', 0),
});

export const CSDB = a64({
  bits: '11010101000000110010 0010 100 11111',
  asm: 'csdb',
  doc: 'Holds back speculation on data.',
  exec: (o) => o.barrier('csdb', 0),
});

export const CLRBHB = a64({
  bits: '11010101000000110010 0010 110 11111',
  asm: 'clrbhb',
  doc: 'Clears the branch history for the current context.',
  exec: (o) => o.barrier('clrbhb', 0),
});

export const HINT = a64({
  bits: '11010101000000110010 CRm:4 op2:3 11111',
  asm: 'hint {CRm,op2:HintNumber}',
  doc: 'A hint that is not allocated: does nothing.',
  exec: () => {},
});
