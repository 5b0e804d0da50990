import { expect, test } from 'vitest';
import type { Instruction, InstructionDecision } from './instructions.ts';
import { ALL, BASE, State } from './test-state.ts';
import { createTraps } from './traps.ts';

const all = createTraps(ALL);
const base = createTraps(BASE);

function check(
  instruction: Instruction,
  el: 0 | 1 | 2,
  settings: Readonly<Record<string, number>>,
  expected: string,
  traps = all,
): void {
  const decision = traps.instruction(new State(el, settings), instruction);
  expect(shown(decision), `${instruction.kind} at EL${el} with ${JSON.stringify(settings)}`).toBe(expected);
}

function shown(decision: InstructionDecision): string {
  if (decision.kind === 'ok') return 'ok';
  if (decision.kind === 'undefined') return `undefined: ${decision.cause[0]!.rule}`;
  const facts = decision.cause.map((fact) => `${fact.register}.${fact.field}=${fact.value}`).join(' ');
  return `EL${decision.target} 0x${decision.ec.toString(16)} 0x${decision.iss.toString(16)} ${facts}`;
}

const HOST = { 'HCR_EL2.E2H': 1, 'HCR_EL2.TGE': 1 };

test('WFI and WFE: SCTLR_EL1 for EL0, then HCR_EL2 for a guest', () => {
  check({ kind: 'WFI' }, 0, { 'HCR_EL2.TWI': 1 }, 'EL1 0x1 0x1e00000 SCTLR_EL1.nTWI=0x0');
  check({ kind: 'WFI' }, 0, { 'SCTLR_EL1.nTWI': 1, 'HCR_EL2.TWI': 1 }, 'EL2 0x1 0x1e00000 HCR_EL2.TWI=0x1');
  check({ kind: 'WFE' }, 1, { 'HCR_EL2.TWI': 1 }, 'ok');
  check({ kind: 'WFE' }, 1, { 'HCR_EL2.TWE': 1 }, 'EL2 0x1 0x1e00001 HCR_EL2.TWE=0x1');
  check({ kind: 'WFI' }, 2, { 'HCR_EL2.TWI': 1 }, 'ok');
  check({ kind: 'WFI' }, 0, { ...HOST, 'SCTLR_EL2.nTWI': 1, 'HCR_EL2.TWI': 1 }, 'ok');
  check({ kind: 'WFET', rn: 5 }, 1, { 'HCR_EL2.TWE': 1 }, 'EL2 0x1 0x1e000a7 HCR_EL2.TWE=0x1');
  check({ kind: 'WFIT', rn: 5 }, 1, {}, 'undefined: WFIT feature', base);
});

test('SVC, HVC, SMC', () => {
  check({ kind: 'SVC', imm16: 7 }, 0, {}, 'ok');
  check({ kind: 'SVC', imm16: 7 }, 0, { 'HFGITR_EL2.SVC_EL0': 1 }, 'EL2 0x15 0x7 HFGITR_EL2.SVC_EL0=0x1');
  check({ kind: 'SVC', imm16: 7 }, 0, { ...HOST, 'HFGITR_EL2.SVC_EL0': 1 }, 'ok');
  check({ kind: 'SVC', imm16: 7 }, 1, { 'HFGITR_EL2.SVC_EL1': 1 }, 'EL2 0x15 0x7 HFGITR_EL2.SVC_EL1=0x1');
  check({ kind: 'HVC', imm16: 1 }, 0, {}, 'undefined: HVC level');
  check({ kind: 'HVC', imm16: 1 }, 1, {}, 'ok');
  check({ kind: 'HVC', imm16: 1 }, 1, { 'HCR_EL2.HCD': 1 }, 'undefined: HVC execute HCR_EL2.HCD=1');
  check({ kind: 'HVC', imm16: 1 }, 1, {}, 'undefined: HVC feature', createTraps(new Set(['EL0', 'EL1'])));
  check({ kind: 'SMC', imm16: 2 }, 1, {}, 'undefined: SMC level');
  check({ kind: 'SMC', imm16: 2 }, 1, { 'HCR_EL2.TSC': 1 }, 'EL2 0x17 0x2 HCR_EL2.TSC=0x1');
  check({ kind: 'SMC', imm16: 2 }, 0, { 'HCR_EL2.TSC': 1 }, 'undefined: SMC level');
  check({ kind: 'SMC', imm16: 2 }, 2, { 'HCR_EL2.TSC': 1 }, 'undefined: SMC level');
});

test('BRK goes by TGE and MDCR_EL2.TDE', () => {
  check({ kind: 'BRK', imm16: 3 }, 1, {}, 'ok');
  check({ kind: 'BRK', imm16: 3 }, 1, { 'MDCR_EL2.TDE': 1 }, 'EL2 0x3c 0x3 MDCR_EL2.TDE=0x1');
  check({ kind: 'BRK', imm16: 3 }, 0, { 'HCR_EL2.TGE': 1 }, 'EL2 0x3c 0x3 HCR_EL2.TGE=0x1');
  check({ kind: 'BRK', imm16: 3 }, 2, { 'MDCR_EL2.TDE': 1 }, 'ok');
});

test('ERET under nested virtualization and by its fine-grained trap', () => {
  check({ kind: 'ERET' }, 0, {}, 'undefined: ERET level');
  check({ kind: 'ERET' }, 1, {}, 'ok');
  check({ kind: 'ERET' }, 1, { 'HCR_EL2.NV': 1 }, 'EL2 0x1a 0x0 HCR_EL2.NV=0x1');
  check({ kind: 'ERETAA' }, 1, { 'HFGITR_EL2.ERET': 1 }, 'EL2 0x1a 0x2 HFGITR_EL2.ERET=0x1');
  check({ kind: 'ERETAB' }, 1, { 'HFGITR_EL2.ERET': 1 }, 'EL2 0x1a 0x3 HFGITR_EL2.ERET=0x1');
  check({ kind: 'ERET' }, 1, { 'HCR_EL2.NV': 1, 'HFGITR_EL2.ERET': 1 }, 'ok', base);
});

test('SIMD, floating point, SVE and pointer authentication', () => {
  const open = { 'HCR_EL2.API': 1, 'CPACR_EL1.ZEN': 3 };
  check({ kind: 'FP' }, 0, { 'CPACR_EL1.FPEN': 1 }, 'EL1 0x7 0x1e00000 CPACR_EL1.FPEN=0x1');
  check({ kind: 'FP' }, 1, { CPTR_EL2: 1 << 10 }, 'EL2 0x7 0x1e00000 CPTR_EL2.TFP=0x1');
  check({ kind: 'FP' }, 0, { ...HOST, CPTR_EL2: 1 << 20 }, 'EL2 0x7 0x1e00000 CPTR_EL2.FPEN=0x1 HCR_EL2.E2H=0x1 HCR_EL2.TGE=0x1');
  check({ kind: 'FP' }, 1, { 'HCR_EL2.E2H': 1, CPTR_EL2: 1 << 20 }, 'ok');
  check({ kind: 'SVE' }, 1, { CPACR_EL1: 3 << 20 }, 'EL1 0x19 0x0 CPACR_EL1.ZEN=0x0');
  check({ kind: 'SVE' }, 1, { ...open, CPACR_EL1: 3 << 16 }, 'EL1 0x7 0x1e00000 CPACR_EL1.FPEN=0x0');
  check({ kind: 'SVE' }, 1, { ...open, CPTR_EL2: (1 << 8) | (1 << 10) }, 'EL2 0x19 0x0 CPTR_EL2.TZ=0x1');
  check({ kind: 'SVE' }, 1, open, 'undefined: SVE feature', base);
  check({ kind: 'PAC' }, 1, {}, 'EL2 0x9 0x0 HCR_EL2.API=0x0');
  check({ kind: 'PAC' }, 1, open, 'ok');
  check({ kind: 'PAC' }, 0, HOST, 'ok');
  check({ kind: 'PAC' }, 2, {}, 'ok');
});

test('LS64, MOPS and hints with a trap of their own', () => {
  check({ kind: 'LD64B' }, 0, {}, 'EL1 0xa 0x2 SCTLR_EL1.EnALS=0x0');
  check({ kind: 'LD64B' }, 1, {}, 'EL2 0xa 0x2 HCRX_EL2.EnALS=0x0');
  check({ kind: 'ST64BV0' }, 1, {}, 'EL2 0xa 0x1 HCRX_EL2.EnAS0=0x0');
  check({ kind: 'MOPS' }, 1, {}, 'undefined: MOPS execute HCRX_EL2.MSCEn=0');
  check({ kind: 'MOPS' }, 0, { 'HCRX_EL2.MSCEn': 1 }, 'undefined: MOPS execute SCTLR_EL1.MSCEn=0 (EL0host=0)');
  check({ kind: 'MOPS' }, 0, { ...HOST, 'SCTLR_EL2.MSCEn': 1 }, 'ok');
  check({ kind: 'PSB' }, 1, { 'HFGITR_EL2.PSBCSYNC': 1 }, 'EL2 0xa 0x4 HFGITR_EL2.PSBCSYNC=0x1');
});
