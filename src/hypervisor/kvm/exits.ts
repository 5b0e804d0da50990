// Exit handlers by exception class (arch/arm64/kvm/handle_exit.c, arm_exit_handlers): the table is filled with "unknown" first, then has the rows
// that KVM knows. Each gives the guest something, asks userspace, or fails KVM_RUN. Knows nothing of how the guest is entered.

import { EC, exceptionClass } from '#arch/syndrome';
import { assert, bits64, hex } from '#base';
import type { Outcome } from '../exit-record.ts';
import { step, type Vcpu } from './context.ts';
import { handleGuestDebug } from './debug.ts';
import type { ExitHandler, Handled } from './handler.ts';
import { smcccCall } from './hypercalls.ts';
import { incrementPc, injectUndefined } from './inject.ts';
import { handleGuestAbort } from './mmu.ts';
import { handleMops } from './mops.ts';
import { BLOCKED } from './state.ts';
import { handleSysReg } from './sysreg-traps.ts';

/** The row that a class without one falls to. */
const UNKNOWN: Omit<ExitHandler, 'ec'> = {
  function: 'kvm_handle_unknown_ec',
  doc: 'A class that KVM does not expect: logged, and the guest gets an UNDEF.',
  handle(vcpu) {
    const ec = exceptionClassOf(vcpu);
    injectUndefined(vcpu, `KVM has no handler for EC ${hex(ec)}${exceptionClass(ec) ? ` (${exceptionClass(ec)?.name})` : ''}`);
    return 'guest';
  },
};

/** Handlers that give an UNDEF in a VM that is not nested and has not been given what it used. */
function undefined_(name: string, doc: string, reason: string): Omit<ExitHandler, 'ec'> {
  return {
    function: name,
    doc,
    handle(vcpu) {
      injectUndefined(vcpu, reason);
      return 'guest';
    },
  };
}

const GUEST_ABORT: Omit<ExitHandler, 'ec'> = {
  function: 'kvm_handle_guest_abort',
  doc: 'A stage 2 fault: memory that is missing, or an access for userspace.',
  handle: handleGuestAbort,
};

const GUEST_DEBUG: Omit<ExitHandler, 'ec'> = {
  function: 'kvm_handle_guest_debug',
  doc: 'A debug exception while userspace debugs the guest: KVM_EXIT_DEBUG.',
  handle: handleGuestDebug,
};

const NOT_AARCH32 = 'this machine has no AArch32 guests';

const ROWS: readonly (readonly [ec: number, row: Omit<ExitHandler, 'ec'>])[] = [
  [
    EC.Wfx,
    {
      function: 'kvm_handle_wfx',
      doc: 'WFE yields; WFI blocks until an interrupt is pending. PC moves on in any case.',
      handle: handleWfx,
    },
  ],
  [EC.McrMrcCp15, undefined_('kvm_handle_cp15_32', 'AArch32 MRC/MCR p15.', NOT_AARCH32)],
  [EC.McrrMrrcCp15, undefined_('kvm_handle_cp15_64', 'AArch32 MRRC/MCRR p15.', NOT_AARCH32)],
  [EC.McrMrcCp14, undefined_('kvm_handle_cp14_32', 'AArch32 MRC/MCR p14.', NOT_AARCH32)],
  [EC.LdcStc, undefined_('kvm_handle_cp14_load_store', 'AArch32 LDC/STC p14: always UNDEF.', 'KVM emulates no LDC or STC')],
  [EC.FpAccess, undefined_('kvm_handle_fpasimd', 'Only on hosts without floating point.', 'the host has no floating point')],
  [EC.Vmrs, undefined_('kvm_handle_cp10_id', 'AArch32 VMRS of MVFRx.', NOT_AARCH32)],
  [
    EC.PointerAuthentication,
    undefined_('kvm_handle_ptrauth', 'The VM was not given pointer authentication.', 'the VM has no pointer authentication'),
  ],
  [
    EC.OtherInstruction,
    undefined_('handle_other', 'LD64B, ST64B…, TSB and PSB CSYNC.', 'the VM does not have the feature of this instruction'),
  ],
  [EC.MrrcCp14, undefined_('kvm_handle_cp14_64', 'AArch32 MRRC p14.', NOT_AARCH32)],
  [EC.HvcAArch32, { function: 'handle_hvc', doc: 'SMCCC call; hardware has stepped PC already.', handle: smcccCall }],
  [EC.SmcAArch32, { function: 'handle_smc', doc: 'PC is stepped first, then as HVC.', handle: handleSmc }],
  [EC.SvcAArch64, undefined_('handle_svc', 'Trapped for nested guests only.', 'SVC is not trapped for this VM')],
  [EC.HvcAArch64, { function: 'handle_hvc', doc: 'SMCCC call; hardware has stepped PC already.', handle: smcccCall }],
  [
    EC.SmcAArch64,
    { function: 'handle_smc', doc: 'PC is stepped first; an immediate other than 0 gives x0 = -1.', handle: handleSmc },
  ],
  [EC.SystemRegister, { function: 'kvm_handle_sys_reg', doc: 'MRS, MSR or a system instruction.', handle: handleSysReg }],
  [EC.SveAccess, undefined_('handle_sve', 'The VM was not given SVE.', 'the VM has no SVE')],
  [
    EC.Eret,
    undefined_(
      'kvm_handle_eret',
      'Nested guests; ERETAA and ERETAB without pointer authentication.',
      'the VM has no pointer authentication',
    ),
  ],
  [EC.InstructionAbortLowerEl, GUEST_ABORT],
  [EC.DataAbortLowerEl, GUEST_ABORT],
  [EC.DataAbortSameEl, undefined_('kvm_handle_vncr_abort', 'Nested guests only.', 'this VM is not nested')],
  [
    EC.MemoryOperation,
    { function: 'kvm_hyp_handle_mops', doc: 'A memory copy that starts again at its prologue.', handle: handleMops },
  ],
  [EC.Gcs, undefined_('kvm_handle_gcs', 'KVM never gives a VM guarded control stacks.', 'the VM has no guarded control stacks')],
  [EC.BreakpointLowerEl, GUEST_DEBUG],
  [EC.SoftwareStepLowerEl, GUEST_DEBUG],
  [EC.WatchpointLowerEl, GUEST_DEBUG],
  [EC.BkptAArch32, GUEST_DEBUG],
  [EC.BrkAArch64, GUEST_DEBUG],
];

/** arm_exit_handlers: one row for each of the 64 classes. */
export const EXIT_HANDLERS: readonly ExitHandler[] = (() => {
  const table: ExitHandler[] = Array.from({ length: 64 }, (_, ec) => ({ ec, ...UNKNOWN }));
  for (const [ec, row] of ROWS) {
    assert(table[ec]?.function === UNKNOWN.function, `two handlers for EC ${hex(ec)}`);
    table[ec] = { ec, ...row };
  }
  return table;
})();

/** handle_trap_exceptions: runs the handler of the exit that is in the vCPU's state. */
export function handleTrap(vcpu: Vcpu): Handled {
  vcpu.path.length = 0;
  const row = EXIT_HANDLERS[exceptionClassOf(vcpu)] as ExitHandler;
  const handled = row.handle(vcpu);
  vcpu.report({
    kind: 'handled',
    handler: row.function,
    path: [...vcpu.path],
    outcome: outcomeOf(vcpu, handled),
    ...(typeof handled === 'object' && { errno: handled.errno }),
  });
  return handled;
}

/** EC of the last exit. */
function exceptionClassOf(vcpu: Vcpu): number {
  return Number(bits64(vcpu.state.esr_el2, 31, 26));
}

function outcomeOf(vcpu: Vcpu, handled: Handled): Outcome {
  if (typeof handled === 'object') return 'error';
  if (handled === 'user') return 'user';
  return vcpu.adjustment?.kind === 'exception' ? 'injected' : 'handled';
}

/** kvm_handle_wfx. */
function handleWfx(vcpu: Vcpu): Handled {
  const { state } = vcpu;
  const esr = state.esr_el2;
  const wfe = bits64(esr, 0, 0) === 1n;
  const timed = bits64(esr, 1, 1) === 1n && bits64(esr, 2, 2) === 1n;
  const name = `WF${wfe ? 'E' : 'I'}${bits64(esr, 1, 1) === 1n ? 'T' : ''}`;
  incrementPc(vcpu);
  if (timed) {
    const deadline = vcpu.cpu.x(Number(bits64(esr, 9, 5)));
    if (vcpu.cpu.readRegister('CNTVCT_EL0') >= deadline) {
      step(vcpu, 'kvm_handle_wfx', `${name}: the deadline has passed`);
      return 'guest';
    }
    if (!wfe) state.wfx_deadline = deadline;
  }
  if (wfe) {
    step(vcpu, 'kvm_vcpu_on_spin', `${name}: lets another vCPU run`);
    vcpu.yielded = true;
    return 'guest';
  }
  step(vcpu, 'kvm_vcpu_wfi', `${name}: blocks until an interrupt is pending`);
  state.blocked = BLOCKED.wfi;
  state.wfx_timed = timed ? 1 : 0;
  return 'guest';
}

/** handle_smc. */
function handleSmc(vcpu: Vcpu): Handled {
  incrementPc(vcpu);
  const immediate = bits64(vcpu.state.esr_el2, 15, 0);
  if (immediate !== 0n) {
    vcpu.cpu.setX(0, (1n << 64n) - 1n);
    step(vcpu, 'handle_smc', `SMC #${immediate}: immediates other than 0 are reserved, x0 = -1`);
    return 'guest';
  }
  return smcccCall(vcpu);
}
