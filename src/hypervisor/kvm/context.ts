// What the parts of KVM work on: a VM and its vCPUs as seen from inside the kernel. Owns the shapes and the few helpers that every part needs.
import type { Processor } from '#cpu';
import type { ExitPhase, Injection, PathStep, RegisterWrite } from '../exit-record.ts';
import type { KvmResult } from './errno.ts';
import type { KvmHost } from './host.ts';
import type { KvmRunPage } from './kvm-run.ts';
import type { KvmPolicy } from './policy.ts';
import type { VcpuState, VmState } from './state.ts';

export interface Mapping {
  readonly write: boolean;
}

/** The VM's stage 2. */
export interface Stage2 {
  readonly vtcr: bigint;
  readonly vttbr: bigint;
  /** Makes empty tables for the VM's IPA space. */
  create(): void;
  /** Maps [ipa, ipa + size) to [physical, …), with blocks where both are aligned. False when memory for tables is short. */
  map(ipa: bigint, physical: bigint, size: bigint, mapping: Mapping): boolean;
  unmap(ipa: bigint, size: bigint): void;
}

/** One VM's interrupt controller; the VM's state says whether it is there and ready. */
export interface Vgic {
  /** It exists and has been initialised. */
  readonly isReady: boolean;
  /** KVM_DEV_ARM_VGIC_CTRL_INIT. */
  initialise(): void;
  /** kvm_vgic_inject_irq. */
  setLine(vcpu: Vcpu | undefined, intid: number, level: boolean): KvmResult;
  /** A write to ICC_SGI*R_EL1. */
  sendSgi(vcpu: Vcpu, register: string, value: bigint): string;
  /** An access to one of its frames; undefined when the address is in none. */
  access(vcpu: Vcpu, ipa: bigint, bytes: number, isWrite: boolean): string | undefined;
  pending(vcpu: Vcpu): boolean;
  /** Registers by offset and by encoding, for userspace. */
  readonly distributor: Registers;
  redistributor(vcpu: Vcpu): Registers;
  cpuRegisters(vcpu: Vcpu): Registers;
  /** Levels of the input lines of 32 interrupts from `first` on, one bit each. */
  levels(vcpu: Vcpu, first: number): Registers;
}

/** Registers of one of the attribute groups. undefined: there is none with this number. */
export interface Registers {
  get(number: number): bigint | undefined;
  set(number: number, value: bigint): KvmResult;
}

export interface Vm {
  readonly host: KvmHost;
  readonly policy: KvmPolicy;
  readonly state: VmState;
  readonly stage2: Stage2;
  /** Bits of the largest IPA that the host can give a VM (get_kvm_ipa_limit). */
  readonly hostIpaLimit: number;
  /** Bits of the host's physical addresses. */
  readonly hostPaBits: number;
  readonly hostHasRas: boolean;
  readonly hostHasAArch32: boolean;
  readonly hostBreakpoints: number;
  readonly hostWatchpoints: number;
  readonly hostPmuCounters: number;
  /** A FEAT_ name that the host's ID registers announce. */
  hostFeature(name: string): boolean;
  /** A host ID register, cut to what the kernel's feature table knows. */
  hostRegister(name: string): bigint;
  /** A field of it, unsigned. */
  hostField(register: string, field: string): number;
  readonly hasPtrauth: boolean;
  readonly hasSve: boolean;
  readonly hasPmu: boolean;
  readonly hasGicV3: boolean;
  readonly vgic: Vgic;
  /** The vCPUs that exist, in order of creation. */
  vcpus(): readonly Vcpu[];
}

/** What __kvm_adjust_pc has to do. It never outlives one call of the API, so it is no state. */
export type Adjustment =
  | { readonly kind: 'skip' }
  | ({ readonly kind: 'exception' } & Pick<Injection, 'function' | 'reason' | 'exception' | 'esr' | 'far'>);

type Distribute<T> = T extends unknown ? Omit<T, 'vcpu' | 'exit'> : never;
export type PhaseBody = Distribute<ExitPhase>;

export interface Vcpu {
  readonly vm: Vm;
  /** Order of creation, and which processor it is. */
  readonly index: number;
  /** What KVM_CREATE_VCPU was given. */
  readonly id: number;
  readonly cpu: Processor;
  readonly state: VcpuState;
  readonly run: KvmRunPage;
  /** Steps of the exit that is being handled. */
  readonly path: PathStep[];
  adjustment: Adjustment | undefined;
  /** Set by WFE: another vCPU should run now. Scratch of one call, like `adjustment`. */
  yielded: boolean;
  /** Its processor runs the guest's instructions. Scratch of one call too. */
  inGuest: boolean;
  report(phase: PhaseBody): void;
}

/** Notes one step of the path through the kernel. */
export function step(vcpu: Vcpu, name: string, what: string): void {
  vcpu.path.push({ function: name, what });
}

/** The name under which a general register is shown. */
export function registerName(n: number, bits: 32 | 64): string {
  const letter = bits === 64 ? 'x' : 'w';
  return n === 31 ? `${letter}zr` : `${letter}${n}`;
}

/** Writes X[n] (31 discards) and tells of it. */
export function writeRegister(
  vcpu: Vcpu,
  n: number,
  value: bigint,
  rules: RegisterWrite['rules'] = [],
  bits: 32 | 64 = 64,
): RegisterWrite {
  const old = vcpu.cpu.x(n);
  if (n !== 31) vcpu.cpu.setX(n, value);
  return { register: registerName(n, bits), old, new: value, rules };
}

/** MPIDR_EL1's affinity fields. */
export const MPIDR_HWID = 0xff_00ff_ffffn;

/** kvm_vcpu_get_mpidr_aff: where its fields stand in MPIDR_EL1. All are 0 before KVM_ARM_VCPU_INIT, whatever the id is. */
export function mpidrAffinity({ cpu, state }: Vcpu): bigint {
  return state.initialized ? cpu.readRegister('VMPIDR_EL2') & MPIDR_HWID : 0n;
}

/** The same as Aff3.Aff2.Aff1.Aff0 in a word, which is how a GIC has it. */
export function affinityWord(vcpu: Vcpu): number {
  const affinity = mpidrAffinity(vcpu);
  return Number(((affinity >> 8n) & 0xff00_0000n) | (affinity & 0xff_ffffn));
}

/** kvm_vcpu_get_fault_ipa: the page from HPFAR_EL2.FIPA, which has bits 47:12 of it (51:12 with 52-bit addresses) from bit 4 up. */
export function faultIpa({ state }: Vcpu): bigint {
  return ((state.hpfar_el2 >> 4n) & 0xff_ffff_ffffn) << 12n;
}

/** vcpu_mode_priv: the guest was at EL1 (AArch64 only: this model has no AArch32 guests). */
export function isPrivileged(vcpu: Vcpu): boolean {
  return (vcpu.cpu.pstate & 0xfn) !== 0n;
}
