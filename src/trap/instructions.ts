// Instructions that are no register access and that controls take: WFI and WFE, SVC, HVC, SMC, ERET, BRK, pointer authentication, SIMD and
// floating point, and those of LS64, MOPS and SPE. Decides only whether one is stopped; what it does otherwise is its own affair.
import { iss, issFpAccess, issImm16, issWfx } from '#arch/syndrome';
import { INSTRUCTION_ROWS, sysreg, type TrapRow } from '#arch/sysreg';
import { assert } from '#base';
import type { Cause } from './cause.ts';
import type { Compiler } from './compile.ts';
import type { ControlView } from './control-view.ts';
import { belowLevel, compileRules, missingFeature, type Rules, type Stopped } from './decide.ts';

/** An instruction that a control may stop. */
export type Instruction =
  /** WFI, WFE, WFIT, WFET: asked only when it would really wait; `rn` is the register of the last two. */
  | { readonly kind: 'WFI' | 'WFE' }
  | { readonly kind: 'WFIT' | 'WFET'; readonly rn: number }
  | { readonly kind: 'SVC' | 'HVC' | 'SMC' | 'BRK'; readonly imm16: number }
  | { readonly kind: 'ERET' | 'ERETAA' | 'ERETAB' }
  /** PAC*, AUT*, XPAC* and their combined forms, where SCTLR_ELx enables them. */
  | { readonly kind: 'PAC' }
  | { readonly kind: 'FP' | 'SVE' | 'MOPS' | 'LD64B' | 'ST64BV' | 'ST64BV0' | 'PSB' | 'TSB' };

export type InstructionDecision =
  | { readonly kind: 'ok' }
  | { readonly kind: 'undefined'; readonly cause: Cause }
  /** Taken with the address of this instruction as return address (as is every trap). */
  | { readonly kind: 'trap'; readonly target: 1 | 2; readonly ec: number; readonly iss: number; readonly cause: Cause };

/** Decisions about instructions on one processor. */
export type DecideInstruction = (view: ControlView, instruction: Instruction) => InstructionDecision;

export function createInstructions(compiler: Compiler): DecideInstruction {
  const prepared = new Map<string, { row: TrapRow; el: number; missing: Stopped | undefined; rules: Rules }>();
  for (const row of INSTRUCTION_ROWS) {
    prepared.set(row.name, {
      row,
      el: row.el,
      missing: missingFeature(compiler, row),
      rules: compileRules(compiler, row, 'execute'),
    });
  }
  // SIMD and floating-point instructions are taken by what takes FPCR.
  const fpcr = sysreg('FPCR');
  prepared.set('FP', { row: fpcr, el: 0, missing: undefined, rules: compileRules(compiler, fpcr, 'read') });

  return (view, instruction) => {
    const known = prepared.get(instruction.kind.startsWith('ERET') ? 'ERET' : instruction.kind);
    assert(known !== undefined, `no row for ${instruction.kind}`);
    if (known.missing !== undefined) return known.missing as InstructionDecision;
    const stop = known.rules.first(view);
    if (stop !== undefined) return stop.kind === 'trap' ? { ...stop, iss: syndrome(instruction, stop.ec) } : stop;
    return view.el < known.el ? (belowLevel(known.row, view.el, known.el) as InstructionDecision) : { kind: 'ok' };
  };
}

function syndrome(instruction: Instruction, ec: number): number {
  switch (instruction.kind) {
    case 'WFI':
      return issWfx(0);
    case 'WFE':
      return issWfx(1);
    case 'WFIT':
      return issWfx(2, instruction.rn);
    case 'WFET':
      return issWfx(3, instruction.rn);
    case 'SVC':
    case 'HVC':
    case 'SMC':
    case 'BRK':
      return issImm16(instruction.imm16);
    case 'ERET':
      return 0;
    case 'ERETAA':
      return iss('eret', { ERET: 1 });
    case 'ERETAB':
      return iss('eret', { ERET: 1, ERETA: 1 });
    case 'FP':
    case 'SVE':
      return ec === 0x07 ? issFpAccess() : 0;
    case 'PAC':
    case 'MOPS':
      return 0;
    // What EC 0x0a reports (Arm ARM DDI 0487, ISS encoding for an exception from any other trapped instruction).
    case 'ST64BV':
      return 0;
    case 'ST64BV0':
      return 1;
    case 'LD64B':
      return 2;
    case 'TSB':
      return 3;
    case 'PSB':
      return 4;
  }
}
