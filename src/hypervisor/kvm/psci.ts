// PSCI 0.1 to 1.3 as KVM has it (arch/arm64/kvm/psci.c): rows by function id, each with the version that brought it. Power states are mp_state of
// the vCPUs; what concerns the whole machine goes to userspace as a system event. Knows nothing of the calls around it.
import { hex } from '#base';
import {
  KVM_MP_STATE,
  KVM_SYSTEM_EVENT,
  KVM_SYSTEM_EVENT_RESET_FLAG_PSCI_RESET2,
  KVM_SYSTEM_EVENT_SHUTDOWN_FLAG_PSCI_OFF2,
  VCPU_FEATURES,
} from './constants.ts';
import { MPIDR_HWID, mpidrAffinity, step, type Vcpu, type Vm } from './context.ts';
import type { Handled } from './handler.ts';
import { KVM_EXITS } from './kvm-run.ts';
import { isBigEndian } from './mmio.ts';
import { KVM_PSCI_FN_BASE, NOT_SUPPORTED, SMCCC, setReturn } from './smccc.ts';
import { BLOCKED } from './state.ts';

const SUCCESS = 0n;
const INVALID_PARAMS = -2n;
const ALREADY_ON = -4n;
const INTERNAL_FAILURE = -6n;
const AFFINITY_LEVEL_ON = 0n;
const AFFINITY_LEVEL_OFF = 1n;
/** PSCI_0_2_TOS_MP: no Trusted OS that would need to move. */
const TOS_MP = 2n;
const OFF_TYPE_HIBERNATE_OFF = 1n;
/** SYSTEM_RESET2: reset types from here up belong to vendors. */
const RESET_TYPE_VENDOR_START = 0x8000_0000n;

function psciVersion(major: number, minor: number): bigint {
  return BigInt((major << 16) | minor);
}

/** The versions that a VM can be given, oldest first; the last is the default. */
export const PSCI_VERSIONS: readonly bigint[] = [
  psciVersion(0, 2),
  psciVersion(1, 0),
  psciVersion(1, 1),
  psciVersion(1, 2),
  psciVersion(1, 3),
];
export const PSCI_0_1 = psciVersion(0, 1);

/** kvm_psci_version. */
export function kvmPsciVersion(vm: Vm): bigint {
  if (!(vm.state.vcpu_features & (1 << VCPU_FEATURES.psci_0_2))) return PSCI_0_1;
  return vm.state.psci_version || (PSCI_VERSIONS.at(-1) as bigint);
}

type Answer = { readonly kind: 'return'; readonly value: bigint } | { readonly kind: 'user'; readonly value?: bigint };

interface PsciFunction {
  readonly name: string;
  /** Function ids: the 32-bit one, the 64-bit one, KVM's 0.1 one. */
  readonly ids: readonly number[];
  /** Version that has it first. */
  readonly since: bigint;
  /** What PSCI_FEATURES answers; NOT_SUPPORTED without. */
  features?(vcpu: Vcpu): bigint;
  call(vcpu: Vcpu): Answer;
}

const smc32 = (n: number): number => 0x8400_0000 + n;
const smc64 = (n: number): number => 0xc400_0000 + n;
const value = (v: bigint): Answer => ({ kind: 'return', value: v });
const supported = (): bigint => SUCCESS;

const FUNCTIONS: readonly PsciFunction[] = [
  {
    name: 'PSCI_VERSION',
    ids: [smc32(0)],
    since: psciVersion(0, 2),
    features: supported,
    call: ({ vm }) => value(kvmPsciVersion(vm)),
  },
  { name: 'CPU_SUSPEND', ids: [smc32(1), smc64(1)], since: psciVersion(0, 2), features: supported, call: cpuSuspend },
  { name: 'CPU_OFF', ids: [smc32(2), KVM_PSCI_FN_BASE + 1], since: PSCI_0_1, features: supported, call: cpuOff },
  { name: 'CPU_ON', ids: [smc32(3), smc64(3), KVM_PSCI_FN_BASE + 2], since: PSCI_0_1, features: supported, call: cpuOn },
  { name: 'AFFINITY_INFO', ids: [smc32(4), smc64(4)], since: psciVersion(0, 2), features: supported, call: affinityInfo },
  { name: 'MIGRATE_INFO_TYPE', ids: [smc32(6)], since: psciVersion(0, 2), features: supported, call: () => value(TOS_MP) },
  {
    name: 'SYSTEM_OFF',
    ids: [smc32(8)],
    since: psciVersion(0, 2),
    features: supported,
    call: (vcpu) => systemEvent(vcpu, 'KVM_SYSTEM_EVENT_SHUTDOWN', 0n),
  },
  {
    name: 'SYSTEM_RESET',
    ids: [smc32(9)],
    since: psciVersion(0, 2),
    features: supported,
    call: (vcpu) => systemEvent(vcpu, 'KVM_SYSTEM_EVENT_RESET', 0n),
  },
  { name: 'PSCI_FEATURES', ids: [smc32(10)], since: psciVersion(1, 0), features: supported, call: psciFeatures },
  {
    name: 'SYSTEM_SUSPEND',
    ids: [smc32(14), smc64(14)],
    since: psciVersion(1, 0),
    features: ({ vm }) => (vm.state.system_suspend_enabled ? SUCCESS : NOT_SUPPORTED),
    call: systemSuspend,
  },
  { name: 'SYSTEM_RESET2', ids: [smc32(18), smc64(18)], since: psciVersion(1, 1), features: supported, call: systemReset2 },
  {
    name: 'SYSTEM_OFF2',
    ids: [smc32(21), smc64(21)],
    since: psciVersion(1, 3),
    features: () => OFF_TYPE_HIBERNATE_OFF,
    call: systemOff2,
  },
];

const BY_ID: ReadonlyMap<number, PsciFunction> = new Map(FUNCTIONS.flatMap((row) => row.ids.map((id) => [id, row] as const)));

/** kvm_psci_call: the function id is in w0; what the version does not have is NOT_SUPPORTED. */
export function psciCall(vcpu: Vcpu, fn: number): Handled {
  const version = kvmPsciVersion(vcpu.vm);
  const row = BY_ID.get(fn);
  const old = isOldId(fn);
  // Version 0.1 has only KVM's own ids, later ones do not have those.
  const available = row !== undefined && row.since <= version && (version === PSCI_0_1) === old;
  if (!available) {
    step(
      vcpu,
      'kvm_psci_call',
      `${hex(fn)}${row ? ` (${row.name})` : ''}: PSCI ${version >> 16n}.${version & 0xffffn} does not have it`,
    );
    setReturn(vcpu, NOT_SUPPORTED);
    return 'guest';
  }
  step(vcpu, 'kvm_psci_call', `${row.name} (${hex(fn)})`);
  // The 32-bit calling convention passes 32-bit arguments.
  if (!old && !(fn & 0x4000_0000) && row.ids.length > 1) {
    for (let i = 1; i < 4; i++) vcpu.cpu.setX(i, BigInt.asUintN(32, vcpu.cpu.x(i)));
  }
  const answer = row.call(vcpu);
  if (answer.value !== undefined) setReturn(vcpu, answer.value);
  return answer.kind === 'user' ? 'user' : 'guest';
}

/** KVM's own ids of PSCI 0.1. */
function isOldId(fn: number): boolean {
  return fn >= KVM_PSCI_FN_BASE && fn <= KVM_PSCI_FN_BASE + 3;
}

function cpuSuspend(vcpu: Vcpu): Answer {
  vcpu.state.blocked = BLOCKED.wfi;
  vcpu.state.wfx_timed = 0;
  return value(SUCCESS);
}

function cpuOff(vcpu: Vcpu): Answer {
  vcpu.state.mp_state = KVM_MP_STATE.KVM_MP_STATE_STOPPED;
  return value(SUCCESS);
}

function cpuOn(vcpu: Vcpu): Answer {
  const affinity = vcpu.cpu.x(1);
  const target = affinity & ~MPIDR_HWID ? undefined : vcpu.vm.vcpus().find((v) => mpidrAffinity(v) === affinity);
  if (!target) return value(INVALID_PARAMS);
  if (target.state.mp_state !== KVM_MP_STATE.KVM_MP_STATE_STOPPED) {
    return value(kvmPsciVersion(vcpu.vm) === PSCI_0_1 ? INVALID_PARAMS : ALREADY_ON);
  }
  const { state } = target;
  state.reset = 1;
  state.reset_pc = vcpu.cpu.x(2);
  state.reset_r0 = vcpu.cpu.x(3);
  state.reset_be = isBigEndian(vcpu) ? 1 : 0;
  state.mp_state = KVM_MP_STATE.KVM_MP_STATE_RUNNABLE;
  return value(SUCCESS);
}

function affinityInfo(vcpu: Vcpu): Answer {
  const level = vcpu.cpu.x(2);
  if (vcpu.cpu.x(1) & ~MPIDR_HWID || level > 3n) return value(INVALID_PARAMS);
  const mask = MPIDR_HWID & ~((1n << (8n * level)) - 1n);
  const target = vcpu.cpu.x(1) & mask;
  const matching = vcpu.vm.vcpus().filter((v) => (mpidrAffinity(v) & mask) === target);
  if (matching.length === 0) return value(INVALID_PARAMS);
  const on = matching.some((v) => v.state.mp_state !== KVM_MP_STATE.KVM_MP_STATE_STOPPED);
  return value(on ? AFFINITY_LEVEL_ON : AFFINITY_LEVEL_OFF);
}

/** kvm_prepare_system_event: no vCPU runs on before userspace has dealt with it; a guest that does reads INTERNAL_FAILURE. */
function systemEvent(vcpu: Vcpu, type: keyof typeof KVM_SYSTEM_EVENT, flags: bigint): Answer {
  for (const v of vcpu.vm.vcpus()) v.state.mp_state = KVM_MP_STATE.KVM_MP_STATE_STOPPED;
  clearSystemEvent(vcpu, type);
  vcpu.run.system_event.ndata = 1;
  vcpu.run.system_event.data.set(0, flags);
  return { kind: 'user', value: INTERNAL_FAILURE };
}

function clearSystemEvent(vcpu: Vcpu, type: keyof typeof KVM_SYSTEM_EVENT): void {
  const { system_event } = vcpu.run;
  system_event.type = KVM_SYSTEM_EVENT[type];
  system_event.ndata = 0;
  for (let i = 0; i < 16; i++) system_event.data.set(i, 0n);
  vcpu.run.header.exit_reason = KVM_EXITS.KVM_EXIT_SYSTEM_EVENT.number;
}

/** Registers stay as they are: userspace reads the entry point and the context from them. */
function systemSuspend(vcpu: Vcpu): Answer {
  if (!vcpu.vm.state.system_suspend_enabled) return value(NOT_SUPPORTED);
  clearSystemEvent(vcpu, 'KVM_SYSTEM_EVENT_SUSPEND');
  return { kind: 'user' };
}

function systemReset2(vcpu: Vcpu): Answer {
  const type = BigInt.asUintN(32, vcpu.cpu.x(1));
  if (type !== 0n && type < RESET_TYPE_VENDOR_START) return value(INVALID_PARAMS);
  const x = [1, 2, 3].map((n) => vcpu.cpu.x(n));
  systemEvent(vcpu, 'KVM_SYSTEM_EVENT_RESET', KVM_SYSTEM_EVENT_RESET_FLAG_PSCI_RESET2);
  // Only x0 is preloaded here, where SYSTEM_RESET writes x0 to x3.
  vcpu.cpu.setX(0, BigInt.asUintN(64, INTERNAL_FAILURE));
  x.forEach((v, i) => {
    vcpu.cpu.setX(i + 1, v);
  });
  return { kind: 'user' };
}

function systemOff2(vcpu: Vcpu): Answer {
  const type = BigInt.asUintN(32, vcpu.cpu.x(1));
  if ((type !== 0n && type !== OFF_TYPE_HIBERNATE_OFF) || vcpu.cpu.x(2) !== 0n) return value(INVALID_PARAMS);
  return systemEvent(vcpu, 'KVM_SYSTEM_EVENT_SHUTDOWN', KVM_SYSTEM_EVENT_SHUTDOWN_FLAG_PSCI_OFF2);
}

function psciFeatures(vcpu: Vcpu): Answer {
  const id = Number(BigInt.asUintN(32, vcpu.cpu.x(1)));
  if (id === SMCCC.VERSION) return value(SUCCESS);
  const row = BY_ID.get(id);
  const has = row !== undefined && !isOldId(id) && row.since <= kvmPsciVersion(vcpu.vm);
  return value(has ? (row.features?.(vcpu) ?? NOT_SUPPORTED) : NOT_SUPPORTED);
}
