// Exceptions that instructions ask for, and those that any instruction can meet: SVC, HVC, SMC, BRK, UNDEFINED, alignment of PC and SP, the
// Illegal Execution state, Branch Target exceptions. Every function here takes the exception (or stops the run) and leaves the instruction.
import { bits } from '#arch/field';
import { EC, esr, issImm16 } from '#arch/syndrome';
import { assertNever } from '#base';
import type { Raise } from '#isa';
import type { Cause, InstructionDecision } from '#trap';
import { ATTENTION, type Core, LEAVE } from '../core.ts';
import { advanceStep } from '../debug/step.ts';
import { SLOT } from '../registers/slots.ts';
import { takeException } from './entry.ts';

const { MCE2 } = bits('HCRX_EL2', ['MCE2']);
const MCE2_CAUSE: Cause = [
  {
    register: 'HCRX_EL2',
    field: 'MCE2',
    value: '0x1',
    rule: 'route MOPS',
    doc: 'Memory copy and set exceptions of EL1 are taken to EL2.',
  },
];

function pc(core: Core): bigint {
  return core.u64[core.pc64] as bigint;
}

function past(core: Core): bigint {
  return BigInt.asUintN(64, pc(core) + 4n);
}

function fact(rule: string, doc: string): Cause {
  return [{ register: '', field: '', value: '', rule, doc }];
}

function take(core: Core, to: 1 | 2, ec: number, iss: number, returnAddress: bigint, cause: Cause, far?: bigint): never {
  takeException(core, { kind: 'sync', to, esr: esr(ec, 1, iss), returnAddress, cause, ...(far === undefined ? {} : { far }) });
  throw LEAVE;
}

// An exception that goes wherever this level's synchronous exceptions go.
function takeHere(core: Core, ec: number, iss: number, returnAddress: bigint, cause: Cause, far?: bigint): never {
  const route = core.traps.route.sync(core);
  return take(core, route.target, ec, iss, returnAddress, [...cause, ...route.cause], far);
}

/** UNDEFINED: the unknown-reason exception. */
export function undefinedInstruction(core: Core, cause: Cause): never {
  return takeHere(core, EC.Unknown, 0, pc(core), cause);
}

/** UNDEFINED with a reason in words. */
export function undefinedBecause(core: Core, rule: string, doc: string): never {
  return undefinedInstruction(core, fact(rule, doc));
}

/** Takes what a decision says, unless it says nothing. */
export function obey(core: Core, decision: InstructionDecision): void {
  if (decision.kind === 'undefined') undefinedInstruction(core, decision.cause);
  if (decision.kind === 'trap') take(core, decision.target, decision.ec, decision.iss, pc(core), decision.cause);
}

/** Stops the run; PC is where the caller left it. */
export function stopRun(core: Core, stop: NonNullable<Core['stop']>): never {
  core.stop = stop;
  core.attention |= ATTENTION.stop;
  throw LEAVE;
}

const CALLS = {
  svc: { kind: 'SVC', ec: EC.SvcAArch64, cause: fact('SVC', 'The instruction calls the supervisor.') },
  hvc: { kind: 'HVC', ec: EC.HvcAArch64, cause: fact('HVC', 'The instruction calls the hypervisor.') },
} as const;

/** SVC and HVC. Nothing of their instruction is left to be done, so what is taken when no trap comes first returns here: PC is the vector. */
export function call(core: Core, exception: Extract<Raise, { readonly imm16: number }>): void {
  const { kind, ec, cause } = CALLS[exception.kind as keyof typeof CALLS];
  const { imm16 } = exception;
  obey(core, core.traps.instruction(core, { kind, imm16 }));
  // SSAdvance: the call itself is what was stepped, and what it saves says so.
  advanceStep(core);
  const route = kind === 'HVC' ? undefined : core.traps.route.sync(core);
  takeException(core, {
    kind: 'sync',
    to: route?.target ?? 2,
    esr: esr(ec, 1, issImm16(imm16)),
    returnAddress: past(core),
    cause: route === undefined || route.cause.length === 0 ? cause : [...cause, ...route.cause],
  });
}

/** What `raise` of an instruction's operation does. */
export function raise(core: Core, exception: Raise): never {
  switch (exception.kind) {
    case 'undefined':
      return undefinedBecause(core, 'unallocated', exception.reason);
    case 'svc':
    case 'hvc':
      call(core, exception);
      throw LEAVE;
    case 'smc': {
      const decision = core.traps.instruction(core, { kind: 'SMC', imm16: exception.imm16 });
      // What is UNDEFINED for want of EL3 reaches the firmware that stands in for it; at EL0 it is UNDEFINED with EL3 too.
      const firmware = core.options.firmware === true && core.el > 0;
      if (!firmware || decision.kind === 'trap') obey(core, decision);
      if (!firmware) return undefinedBecause(core, 'SMC', 'There is no EL3 to call.');
      advanceStep(core);
      core.u64[core.pc64] = past(core);
      return stopRun(core, { kind: 'firmware', imm16: exception.imm16 });
    }
    case 'brk': {
      obey(core, core.traps.instruction(core, { kind: 'BRK', imm16: exception.imm16 }));
      const route = core.traps.route.debug(core);
      return take(core, route.target, EC.BrkAArch64, issImm16(exception.imm16), pc(core), [
        ...fact('BRK', 'A software breakpoint.'),
        ...route.cause,
      ]);
    }
    case 'hlt':
      if (core.options.semihosting === true && exception.imm16 === 0xf000) {
        advanceStep(core);
        return stopRun(core, { kind: 'semihosting' });
      }
      return undefinedBecause(core, 'HLT', 'No external debugger halts this processor.');
    case 'branch-target':
      return takeHere(
        core,
        EC.BranchTarget,
        exception.iss,
        pc(core),
        fact('BTI', 'The branch led to an instruction that is no valid target.'),
      );
    case 'pac-failure':
      return takeHere(core, EC.PacFail, exception.iss, pc(core), fact('FPAC', 'The pointer does not authenticate.'));
    case 'mops': {
      const cause = fact('MOPS', 'The registers are not as this step of the memory operation needs them.');
      // MismatchedCpySetTargetEL: EL2 may ask for those of EL1.
      if (core.el === 1 && core.has.el2 && (core.reg(SLOT.HCRX_EL2) & MCE2) !== 0n) {
        return take(core, 2, EC.MemoryOperation, exception.iss, pc(core), [...cause, ...MCE2_CAUSE]);
      }
      return takeHere(core, EC.MemoryOperation, exception.iss, pc(core), cause);
    }
    default:
      return assertNever(exception);
  }
}

/** PC is not a multiple of 4 (Arm ARM D1.3.5). */
export function pcAlignment(core: Core): never {
  return takeHere(
    core,
    EC.PcAlignment,
    0,
    pc(core),
    fact('PC alignment', 'Instructions are fetched from multiples of 4.'),
    pc(core),
  );
}

/** SP as a base is not a multiple of 16. */
export function spAlignment(core: Core): never {
  return takeHere(
    core,
    EC.SpAlignment,
    0,
    pc(core),
    fact('SP alignment', 'SCTLR_ELx.SA: SP must be a multiple of 16 when it is a base.'),
  );
}

/** PSTATE.IL is 1: no instruction executes. */
export function illegalState(core: Core): never {
  return takeHere(core, EC.IllegalExecutionState, 0, pc(core), fact('PSTATE.IL', 'An illegal exception return led here.'));
}
