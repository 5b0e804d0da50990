// The shape of one register that KVM emulates or saves (struct sys_reg_desc).
import type { Vcpu, Vm } from './context.ts';
import type { KvmResult } from './errno.ts';

/** What a register holds that nobody has set: easy to recognise in a dump (reset_unknown). */
export const UNKNOWN = 0x1de7_ec7e_dbad_c0den;

/** A trapped access: the value that is written, or a place for the one that is read. */
export interface Access {
  readonly isWrite: boolean;
  value: bigint;
}

export interface SysRegRow {
  readonly name: string;
  readonly encoding: number;
  /** Carries a trapped access out; false when an UNDEF has been injected instead. Absent: the guest reaches the register without a trap. */
  readonly access?: (vcpu: Vcpu, row: SysRegRow, access: Access) => boolean;
  /** Absent: every VM has it. */
  readonly visible?: (vm: Vm) => boolean;
  /** The processor's own register is the VM's, and userspace reads and writes it there. */
  readonly stored?: boolean;
  /** Userspace's accessors where they are not the stored value. */
  readonly get?: (vcpu: Vcpu, row: SysRegRow) => KvmResult<bigint>;
  readonly set?: (vcpu: Vcpu, row: SysRegRow, value: bigint) => KvmResult;
  readonly reset?: bigint | ((vcpu: Vcpu) => bigint);
  /** How a reset writes, where that is not how userspace does. */
  readonly onReset?: (vcpu: Vcpu, value: bigint) => void;
}
