// Exception generation, Arm ARM C4.1.93.
import { a64 } from '../row.ts';

export const SVC = a64({
  bits: '11010100 000 imm16:16 000 01',
  asm: 'svc {imm16:Hex16}',
  doc: 'Calls the supervisor: an exception to EL1 (EL2 when it hosts EL0).',
  exec: (o, { imm16 }) => o.raise({ kind: 'svc', imm16 }),
});

export const HVC = a64({
  bits: '11010100 000 imm16:16 000 10',
  asm: 'hvc {imm16:Hex16}',
  doc: 'Calls the hypervisor: an exception to EL2. UNDEFINED at EL0.',
  exec: (o, { imm16 }) => o.raise({ kind: 'hvc', imm16 }),
});

export const SMC = a64({
  bits: '11010100 000 imm16:16 000 11',
  asm: 'smc {imm16:Hex16}',
  doc: 'Calls the secure monitor: an exception to EL3, which HCR_EL2.TSC traps to EL2. UNDEFINED at EL0.',
  exec: (o, { imm16 }) => o.raise({ kind: 'smc', imm16 }),
});

export const BRK = a64({
  bits: '11010100 001 imm16:16 000 00',
  asm: 'brk {imm16:Hex16}',
  doc: 'Software breakpoint: a Breakpoint Instruction exception.',
  landing: () => 'any',
  exec: (o, { imm16 }) => o.raise({ kind: 'brk', imm16 }),
});

export const HLT = a64({
  bits: '11010100 010 imm16:16 000 00',
  asm: 'hlt {imm16:Hex16}',
  doc: 'Halting breakpoint: UNDEFINED unless halting debug or semihosting takes it.',
  landing: () => 'any',
  exec: (o, { imm16 }) => o.raise({ kind: 'hlt', imm16 }),
});

export const TCANCEL = a64({
  bits: '11010100 011 imm16:16 000 00',
  asm: 'tcancel {imm16:Uimm16}',
  doc: 'Cancels the transaction.',
  feature: 'FEAT_TME',
  notModelled: 'transactional memory (FEAT_TME) was withdrawn from the architecture',
});

const DEBUG_STATE = 'DCPS is UNDEFINED outside Debug state';

export const DCPS1 = a64({
  bits: '11010100 101 imm16:16 000 01',
  asm: 'dcps1 {imm16:OptionalHex16}',
  doc: 'Switches to EL1 in Debug state; UNDEFINED otherwise.',
  exec: (o) => o.raise({ kind: 'undefined', reason: DEBUG_STATE }),
});

export const DCPS2 = a64({
  bits: '11010100 101 imm16:16 000 10',
  asm: 'dcps2 {imm16:OptionalHex16}',
  doc: 'Switches to EL2 in Debug state; UNDEFINED otherwise.',
  exec: (o) => o.raise({ kind: 'undefined', reason: DEBUG_STATE }),
});

export const DCPS3 = a64({
  bits: '11010100 101 imm16:16 000 11',
  asm: 'dcps3 {imm16:OptionalHex16}',
  doc: 'Switches to EL3 in Debug state; UNDEFINED otherwise.',
  exec: (o) => o.raise({ kind: 'undefined', reason: DEBUG_STATE }),
});

export const TENTER = a64({
  bits: '11010100 111 000 op1:1 00000 imm7:7 00000',
  asm: 'tenter {imm7:Hex7}, {op1:Hex1}',
  doc: 'Enters a trusted execution context.',
  feature: 'FEAT_TEV',
  notModelled: 'the operation of TENTER and TEXIT is not in the edition of the manual that these rows follow',
});
