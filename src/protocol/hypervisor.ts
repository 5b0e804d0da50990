// What the views of KVM's configuration and of ID registers ask of the machine, and what they are told: switches with their positions in words,
// and of each ID register what the host has, what KVM lets through, what the VMM wrote and what the guest meets because of it.

import type { MachineConfig } from '#project';
import type { Reply } from './messages.ts';

/** A switch of the configuration. */
export interface SwitchView {
  /** A capability to enable, a bit of kvm_vcpu_init.features, a policy of the model, or what kind of VM it is. */
  readonly kind: 'vm' | 'capability' | 'feature' | 'policy';
  /** `KVM_CAP_ARM_NISV_TO_USER`, `pmu_v3`, `id_freeze`. */
  readonly name: string;
  readonly title: string;
  /** `off` and `on`, or the policy's values. */
  readonly positions: readonly { readonly value: string; readonly doc: string }[];
  /** What it is without a word in the configuration. */
  readonly usual: string;
  /** In the configuration that was asked about, and in the machine's own. */
  readonly value: string;
  readonly runs: string;
  /** Why it cannot be moved, or makes no difference; '' when it can. */
  readonly fixed: string;
}

export interface SwitchesView {
  readonly switches: readonly SwitchView[];
  /** Why no machine can be made of the configuration; '' when one can. */
  readonly refused: string;
}

/** A line of the list of ID registers. */
export interface IdRegisterLine {
  readonly name: string;
  readonly encoding: string;
  /** `reads 0`, `hidden`; '' for the others. */
  readonly note: string;
  /** Fields that differ from KVM's own value. */
  readonly changed: number;
}

export interface IdRegisterList {
  readonly lines: readonly IdRegisterLine[];
  /** Why they no longer change; '' while they do. */
  readonly frozen: string;
  /** Rules between fields that the values break, and that KVM leaves to userspace. */
  readonly advice: readonly IdAdviceView[];
}

export interface IdAdviceView {
  readonly doc: string;
  readonly fields: readonly { readonly name: string; readonly value: number }[];
}

/** Who keeps a value from a guest. */
export type IdReasonBy = 'architecture' | 'host' | 'kvm' | 'feature' | 'frozen';

/** One field; values unsigned. */
export interface IdFieldView {
  readonly name: string;
  readonly msb: number;
  readonly lsb: number;
  readonly signed: boolean;
  readonly writable: boolean;
  readonly host: bigint;
  readonly limit: bigint;
  /** What the VMM wrote last; undefined when it wrote nothing. */
  readonly written: bigint | undefined;
  /** What the guest reads. */
  readonly value: bigint;
  /** `FEAT_PAN, FEAT_PAN2`; '' where nothing is to be said. */
  readonly meaning: string;
  /** What a write must be. */
  readonly rule: string;
  readonly reason: { readonly by: IdReasonBy; readonly text: string } | undefined;
  /** What follows from its not being the host's value; undefined when it is. */
  readonly follows: readonly { readonly control: string; readonly what: string }[] | undefined;
}

/** What KVM_SET_ONE_REG says, or would say, to a value. */
export interface IdVerdictView {
  readonly value: bigint;
  /** What is stored; undefined when refused. */
  readonly stored: bigint | undefined;
  /** '' when it returns 0. */
  readonly errno: string;
  /** The reason of a refusal, or what became of a value that is not stored as it is; '' when nothing is to be said. */
  readonly text: string;
  readonly by: IdReasonBy | undefined;
  /** The field that is refused; '' when none is to blame alone. */
  readonly field: string;
  /** Refused only because it is too late: before the first run it would pass. */
  readonly late: boolean;
}

/** A write to a register. */
export interface IdWriteView extends IdVerdictView {
  readonly from: 'configuration' | 'person';
}

export interface IdRegisterDetail {
  readonly name: string;
  readonly encoding: string;
  /** KVM's 64-bit id. */
  readonly id: bigint;
  readonly note: string;
  readonly doc: string;
  readonly host: bigint;
  readonly limit: bigint;
  readonly value: bigint;
  readonly mask: bigint;
  readonly frozen: string;
  readonly fields: readonly IdFieldView[];
  /** In their order. */
  readonly writes: readonly IdWriteView[];
  readonly advice: readonly IdAdviceView[];
}

/** The requests. */
export interface HypervisorApi {
  /** The switches as this configuration has them, and as the machine runs with them. */
  switches(config: MachineConfig): Reply<SwitchesView>;
  idRegisters(): Reply<IdRegisterList>;
  idRegister(name: string): Reply<IdRegisterDetail>;
  /** What a write would say; nothing changes. */
  judgeIdRegister(name: string, value: bigint): Reply<IdVerdictView>;
  /** KVM_SET_ONE_REG. A refusal is an answer like another. */
  writeIdRegister(name: string, value: bigint): Reply<IdVerdictView>;
}
