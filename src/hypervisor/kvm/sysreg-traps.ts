// Trapped MRS, MSR and system instructions (arch/arm64/kvm/sys_regs.c, kvm_handle_sys_reg; emulate-nested.c, triage_sysreg_trap): fine-grained
// UNDEF first, then the table, then what no table has. Owns the proposal that gives IMPLEMENTATION DEFINED registers to userspace, with its states:
//
//   run      an access from EL1, capability on       -> exited: is_needed=1, is_handled=0; PC unchanged
//   exited   next KVM_RUN, is_handled=1              -> run: a read writes Xt from regval; PC+4; is_needed=0
//   exited   next KVM_RUN, is_handled=0              -> run: UNDEF; is_needed=0
import { encodingName, isImplementationDefined, operationByEncoding, packEncoding, registerByEncoding } from '#arch/sysreg';
import { bits64, hex } from '#base';
import { KVM_ARM_IDSR_FLAG } from './constants.ts';
import { isPrivileged, step, type Vcpu, writeRegister } from './context.ts';
import { undefinedFor } from './fgu.ts';
import type { Handled } from './handler.ts';
import { hasFeature, isFeatureIdSpace } from './id-registers.ts';
import { incrementPc, injectSync, injectUndefined } from './inject.ts';
import { KVM_EXITS } from './kvm-run.ts';
import type { Access } from './sysreg-row.ts';
import { findSysReg, isVisible, setWayOperation } from './sysregs.ts';

/** The ISS of EC 0x18. */
interface SysRegParams {
  readonly op0: number;
  readonly op1: number;
  readonly crn: number;
  readonly crm: number;
  readonly op2: number;
  readonly rt: number;
  readonly isWrite: boolean;
  readonly encoding: number;
  readonly name: string;
}

function sysRegParams(esr: bigint): SysRegParams {
  const field = (msb: number, lsb: number): number => Number(bits64(esr, msb, lsb));
  const [op0, op2, op1, crn, rt, crm] = [field(21, 20), field(19, 17), field(16, 14), field(13, 10), field(9, 5), field(4, 1)];
  const isWrite = field(0, 0) === 0;
  const encoding = packEncoding(op0, op1, crn, crm, op2);
  return { op0, op1, crn, crm, op2, rt, isWrite, encoding, name: encodingName(encoding, isWrite ? 'write' : 'read') };
}

/** kvm_handle_sys_reg. */
export function handleSysReg(vcpu: Vcpu): Handled {
  const params = sysRegParams(vcpu.state.esr_el2);
  const { encoding, name, isWrite, rt } = params;
  const known = params.op0 === 1 ? operationByEncoding(encoding) : registerByEncoding(encoding);
  const feature = known && undefinedFor(vcpu.vm, known, params.op0 === 1 ? 'execute' : isWrite ? 'write' : 'read');
  if (feature) {
    injectUndefined(vcpu, `${name}: the VM's ID registers do not announce ${feature}`);
    return 'guest';
  }
  if (params.op0 === 1) {
    const done = setWayOperation(vcpu, encoding);
    if (done !== 'done') injectUndefined(vcpu, `KVM does not emulate ${name}`);
    else incrementPc(vcpu);
    return 'guest';
  }
  const row = findSysReg(encoding);
  if (!row) return unknownRegister(vcpu, params);
  if (!isVisible(vcpu.vm, row)) {
    injectUndefined(vcpu, `${name} is hidden: the VM does not have its feature`);
    return 'guest';
  }
  if (!row.access) {
    injectUndefined(vcpu, `${name}: KVM did not expect this trap`);
    return 'guest';
  }
  const access: Access = { isWrite, value: isWrite ? vcpu.cpu.x(rt) : 0n };
  if (!row.access(vcpu, row, access)) return 'guest';
  if (!isWrite) vcpu.report({ kind: 'register', write: writeRegister(vcpu, rt, BigInt.asUintN(64, access.value)) });
  incrementPc(vcpu);
  return 'guest';
}

/** What triage_sysreg_trap does with a register that no table has. */
function unknownRegister(vcpu: Vcpu, params: SysRegParams): Handled {
  const { name } = params;
  // UnimplementedIDRegister(): with FEAT_IDST the access is reported as the trap that it is.
  if (isFeatureIdSpace(params.encoding)) {
    if (hasFeature(vcpu.vm, 'ID_AA64MMFR2_EL1', 'IDS', 1)) {
      injectSync(
        vcpu,
        'kvm_inject_sync',
        vcpu.state.esr_el2,
        `${name} is not implemented, and FEAT_IDST reports that with EC 0x18`,
      );
    } else {
      injectUndefined(vcpu, `${name} is not implemented`);
    }
    return 'guest';
  }
  if (!isImplementationDefined(params.encoding)) {
    injectUndefined(vcpu, `unsupported guest access: ${name}`);
    return 'guest';
  }
  if (!isPrivileged(vcpu)) {
    injectUndefined(vcpu, `${name} is IMPLEMENTATION DEFINED and EL0 may not reach it`);
    return 'guest';
  }
  if (!vcpu.vm.state.idsr_to_user) {
    injectUndefined(vcpu, `${name} is IMPLEMENTATION DEFINED and KVM has no register there`);
    return 'guest';
  }
  return exitToUser(vcpu, params);
}

function exitToUser(vcpu: Vcpu, params: SysRegParams): Handled {
  const { run, state, cpu } = vcpu;
  const { rt, isWrite } = params;
  const { arm_idsr } = run;
  arm_idsr.Op0 = params.op0;
  arm_idsr.Op1 = params.op1;
  arm_idsr.CRn = params.crn;
  arm_idsr.CRm = params.crm;
  arm_idsr.Op2 = params.op2;
  arm_idsr.regval = isWrite ? cpu.x(rt) : 0n;
  arm_idsr.is_write = isWrite ? 1 : 0;
  arm_idsr.is_needed = 1;
  arm_idsr.is_handled = 0;
  const reviewed = vcpu.vm.policy.idsr === 'reviewed';
  arm_idsr.flags = reviewed ? KVM_ARM_IDSR_FLAG.WIDE : 0;
  run.header.exit_reason = KVM_EXITS.KVM_EXIT_ARM_IDSR.number;
  state.idsr_pending = 1;
  step(
    vcpu,
    'kvm_handle_sys_reg',
    `${params.name} is IMPLEMENTATION DEFINED and KVM_CAP_ARM_IDSR_TO_USER is on: userspace answers`,
  );
  if (!reviewed && !isWrite) {
    // As posted: the access counts as emulated before anybody has answered, and the register gets what regval holds now.
    step(vcpu, 'kvm_handle_sys_reg', `as posted, x${rt} is written before the answer`);
    vcpu.report({ kind: 'register', write: writeRegister(vcpu, rt, arm_idsr.regval) });
  }
  return 'user';
}

/** Finishes the access whose exit is pending, from kvm_run. */
export function completeIdsr(vcpu: Vcpu): void {
  const { run, state } = vcpu;
  if (!state.idsr_pending) return;
  state.idsr_pending = 0;
  const { arm_idsr } = run;
  arm_idsr.is_needed = 0;
  const { name, rt, isWrite } = sysRegParams(state.esr_el2);
  if (arm_idsr.is_handled === 0) {
    vcpu.report({ kind: 'completion', function: 'kvm_handle_idsr_return', what: `${name}: is_handled=0, userspace refuses it` });
    injectUndefined(vcpu, `userspace does not have ${name}`);
    return;
  }
  const write = isWrite ? undefined : writeRegister(vcpu, rt, arm_idsr.regval);
  incrementPc(vcpu);
  const what = isWrite ? `${name}: userspace took the write` : `${name}: regval is ${hex(arm_idsr.regval)}`;
  vcpu.report({ kind: 'completion', function: 'kvm_handle_idsr_return', what, ...(write && { write }) });
}
