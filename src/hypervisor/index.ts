export type {
  ExitObserver,
  ExitPhase,
  ExitPhaseKind,
  Injection,
  Outcome,
  PathStep,
  RegisterWrite,
} from './exit-record.ts';
export { type Attribute, type AttributeValue, KVM_ATTRIBUTES } from './kvm/attributes.ts';
export {
  KVM_ARM_IRQ_TYPE,
  KVM_ARM_TAGS,
  KVM_ARM_TARGET_GENERIC_V8,
  KVM_CAP,
  KVM_DEV_TYPE,
  KVM_GUESTDBG,
  KVM_MEM,
  KVM_MP_STATE,
  KVM_SYSTEM_EVENT,
  type KvmCap,
  VCPU_FEATURES,
  type VcpuFeature,
} from './kvm/constants.ts';
export { ERRNO, type Errno, type KvmResult } from './kvm/errno.ts';
export { EXIT_HANDLERS } from './kvm/exits.ts';
export { fineGrainedFeatures, type UndefinedAccess } from './kvm/fgu.ts';
export type { ExitHandler } from './kvm/handler.ts';
export type { HostMemory, KvmHost } from './kvm/host.ts';
export { KVM_SMCCC_FILTER, type SmcccFilter } from './kvm/hypercalls.ts';
export type { IdAdvice } from './kvm/id-advice.ts';
export { ID_REGISTERS, type IdField, type IdRegister, type IdVerdict, idRegisterRow, type SafeRule } from './kvm/id-registers.ts';
export type { IdConsequence, IdFieldStory, IdReason } from './kvm/id-story.ts';
export {
  decodeKvmRun,
  exitReasonName,
  KVM_EXITS,
  KVM_RUN_MEMBERS,
  KVM_RUN_PAGE,
  KVM_RUN_SIZE,
  type KvmExitReason,
  type KvmRunExit,
  type KvmRunMember,
  type KvmRunPage,
  kvmRunMember,
  readKvmRunMember,
  writeKvmRunMember,
} from './kvm/kvm-run.ts';
export type { MemoryRegion } from './kvm/memslots.ts';
export { dataAbort, swapBytes } from './kvm/mmio.ts';
export { hardwareUnder, type NewHost, type NewKvmHost, newKvmHost } from './kvm/new-host.ts';
export { registerId, registerIdName, sysRegId } from './kvm/one-reg.ts';
export { type KvmPolicy, kvmPolicy, POLICY_SWITCHES, type PolicyName, type PolicySwitch } from './kvm/policy.ts';
export { CAPABILITY_SWITCHES, type ConfigurationSwitch, FEATURE_SWITCHES, VM_SWITCHES } from './kvm/switches.ts';
export { type CreateVm, KvmSystem } from './kvm/system.ts';
export type { GuestDebug, KvmVcpu, RunResult, VcpuEvents, VcpuInit } from './kvm/vcpu.ts';
export type { KvmVm, RegMaskRange } from './kvm/vm.ts';
export { GuestWiring } from './kvm/wiring.ts';
