// Hints, Arm ARM C4.1.93. A hint whose feature is absent is a NOP, never UNDEFINED, so these rows name no feature.
import { a64, alias, type Landing } from '../row.ts';

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

/** What binutils 2.40 calls it. */
export const CLEARBHB = alias(CLRBHB, { asm: 'clearbhb', use: 'assemble' });

export const XPACLRI = a64({
  bits: '11010101000000110010 0000 111 11111',
  asm: 'xpaclri',
  doc: 'Removes the authentication code from x30.',
  exec: (o) => o.setX(30, 1, o.stripPac(o.x(30), false)),
});

export const PACIA1716 = a64({
  bits: '11010101000000110010 0001 000 11111',
  asm: 'pacia1716',
  doc: 'Signs x17 with key A and x16.',
  exec: (o) => o.setX(17, 1, o.addPac('IA', o.x(17), o.x(16))),
});

export const PACIB1716 = a64({
  bits: '11010101000000110010 0001 010 11111',
  asm: 'pacib1716',
  doc: 'Signs x17 with key B and x16.',
  exec: (o) => o.setX(17, 1, o.addPac('IB', o.x(17), o.x(16))),
});

export const AUTIA1716 = a64({
  bits: '11010101000000110010 0001 100 11111',
  asm: 'autia1716',
  doc: 'Authenticates x17 with key A and x16.',
  exec: (o) => o.setX(17, 1, o.authenticate('IA', o.x(17), o.x(16), false)),
});

export const AUTIB1716 = a64({
  bits: '11010101000000110010 0001 110 11111',
  asm: 'autib1716',
  doc: 'Authenticates x17 with key B and x16.',
  exec: (o) => o.setX(17, 1, o.authenticate('IB', o.x(17), o.x(16), false)),
});

export const PACIAZ = a64({
  bits: '11010101000000110010 0011 000 11111',
  asm: 'paciaz',
  doc: 'Signs x30 with key A and zero.',
  exec: (o) => o.setX(30, 1, o.addPac('IA', o.x(30), o.imm(0))),
});

export const PACIASP = a64({
  bits: '11010101000000110010 0011 001 11111',
  asm: 'paciasp',
  doc: 'Signs x30 with key A and SP.',
  landing: () => 'pac',
  exec: (o) => o.setX(30, 1, o.addPac('IA', o.x(30), o.xsp(31))),
});

export const PACIBZ = a64({
  bits: '11010101000000110010 0011 010 11111',
  asm: 'pacibz',
  doc: 'Signs x30 with key B and zero.',
  exec: (o) => o.setX(30, 1, o.addPac('IB', o.x(30), o.imm(0))),
});

export const PACIBSP = a64({
  bits: '11010101000000110010 0011 011 11111',
  asm: 'pacibsp',
  doc: 'Signs x30 with key B and SP.',
  landing: () => 'pac',
  exec: (o) => o.setX(30, 1, o.addPac('IB', o.x(30), o.xsp(31))),
});

export const AUTIAZ = a64({
  bits: '11010101000000110010 0011 100 11111',
  asm: 'autiaz',
  doc: 'Authenticates x30 with key A and zero.',
  exec: (o) => o.setX(30, 1, o.authenticate('IA', o.x(30), o.imm(0), false)),
});

export const AUTIASP = a64({
  bits: '11010101000000110010 0011 101 11111',
  asm: 'autiasp',
  doc: 'Authenticates x30 with key A and SP.',
  exec: (o) => o.setX(30, 1, o.authenticate('IA', o.x(30), o.xsp(31), false)),
});

export const AUTIBZ = a64({
  bits: '11010101000000110010 0011 110 11111',
  asm: 'autibz',
  doc: 'Authenticates x30 with key B and zero.',
  exec: (o) => o.setX(30, 1, o.authenticate('IB', o.x(30), o.imm(0), false)),
});

export const AUTIBSP = a64({
  bits: '11010101000000110010 0011 111 11111',
  asm: 'autibsp',
  doc: 'Authenticates x30 with key B and SP.',
  exec: (o) => o.setX(30, 1, o.authenticate('IB', o.x(30), o.xsp(31), false)),
});

const LANDINGS: readonly (Landing | undefined)[] = [undefined, 'c', 'j', 'jc'];

export const BTI = a64({
  bits: '11010101000000110010 0100 op2:2 0 11111',
  asm: 'bti {op2:BtiTarget}',
  doc: 'A landing pad for indirect calls (c), jumps (j) or both in guarded pages.',
  landing: ({ op2 }) => LANDINGS[op2],
  exec: () => {},
});

export const PACM = a64({
  bits: '11010101000000110010 0100 111 11111',
  asm: 'pacm',
  doc: 'Makes the next signing or authentication use PC as well, where FEAT_PAuth_LR and its control allow it: here it does nothing.',
  exec: () => {},
});

export const CHKFEAT = a64({
  bits: '11010101000000110010 0101 000 11111',
  asm: 'chkfeat x16',
  doc: 'Clears the bits of x16 whose features are enabled; with no such feature here x16 stays.',
  exec: () => {},
});

export const STSHH = a64({
  bits: '11010101000000110010 0110 00 policy:1 11111',
  asm: 'stshh {policy:StoreHint}',
  doc: 'Hints that the next store is to memory that others share.',
  exec: () => {},
});

export const SHUH = a64({
  bits: '11010101000000110010 0110 01 ph:1 11111',
  asm: 'shuh {ph:PriorityHint}',
  doc: 'Hints that the next accesses are to memory that others update.',
  exec: () => {},
});

export const STCPH = a64({
  bits: '11010101000000110010 0110 100 11111',
  asm: 'stcph',
  doc: 'Hints that the next store should go ahead with priority.',
  exec: () => {},
});

export const HINT = a64({
  bits: '11010101000000110010 CRm:4 op2:3 11111',
  asm: 'hint {CRm,op2:HintNumber}',
  doc: 'A hint that is not allocated: does nothing.',
  exec: () => {},
});
