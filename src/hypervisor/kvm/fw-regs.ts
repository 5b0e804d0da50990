// Firmware pseudo-registers (arch/arm64/kvm/hypercalls.c): PSCI version, states of speculation workarounds, bitmaps of hypercall services.
import { ok } from '#base';
import { VCPU_FEATURES } from './constants.ts';
import type { Vcpu } from './context.ts';
import { fails, type KvmResult } from './errno.ts';
import { FW_BITMAPS, type FwBitmap, type SpectreState, spectreBhb, spectreV2, spectreV4 } from './hypercalls.ts';
import { hasFeature } from './id-registers.ts';
import { kvmPsciVersion, PSCI_0_1, PSCI_VERSIONS } from './psci.ts';

export interface FwRegister {
  readonly name: string;
  readonly id: bigint;
  readonly kind: 'psci' | 'workaround-1' | 'workaround-2' | 'workaround-3' | FwBitmap;
}

const fw = (n: bigint): bigint => 0x6030_0000_0014_0000n | n;
const bitmap = (n: bigint): bigint => 0x6030_0000_0016_0000n | n;

/** In the order of kvm_arm_fw_reg_ids. */
export const FW_REGISTERS: readonly FwRegister[] = [
  { name: 'KVM_REG_ARM_PSCI_VERSION', id: fw(0n), kind: 'psci' },
  { name: 'KVM_REG_ARM_SMCCC_ARCH_WORKAROUND_1', id: fw(1n), kind: 'workaround-1' },
  { name: 'KVM_REG_ARM_SMCCC_ARCH_WORKAROUND_2', id: fw(2n), kind: 'workaround-2' },
  { name: 'KVM_REG_ARM_SMCCC_ARCH_WORKAROUND_3', id: fw(3n), kind: 'workaround-3' },
  { name: 'KVM_REG_ARM_STD_BMAP', id: bitmap(0n), kind: 'std_bmap' },
  { name: 'KVM_REG_ARM_STD_HYP_BMAP', id: bitmap(1n), kind: 'std_hyp_bmap' },
  { name: 'KVM_REG_ARM_VENDOR_HYP_BMAP', id: bitmap(2n), kind: 'vendor_hyp_bmap' },
  { name: 'KVM_REG_ARM_VENDOR_HYP_BMAP_2', id: bitmap(3n), kind: 'vendor_hyp_bmap_2' },
];

const BY_ID: ReadonlyMap<bigint, FwRegister> = new Map(FW_REGISTERS.map((row) => [row.id, row]));

export function fwRegisterById(id: bigint): FwRegister | undefined {
  return BY_ID.get(id);
}

/** Levels of WORKAROUND_1 and _3: more is better protected. */
const LEVEL: Readonly<Record<SpectreState, bigint>> = { vulnerable: 0n, mitigated: 1n, unaffected: 2n };
const LEVEL_MASK = 0xfn;
const WORKAROUND_2 = { NOT_AVAIL: 0n, UNKNOWN: 1n, AVAIL: 2n, NOT_REQUIRED: 3n, ENABLED: 1n << 4n };

function workaroundLevel({ vm }: Vcpu, kind: FwRegister['kind']): bigint {
  if (kind === 'workaround-1') return LEVEL[spectreV2(vm)];
  if (kind === 'workaround-3') return LEVEL[spectreBhb(vm)];
  const state = spectreV4(vm);
  if (state === 'vulnerable') return WORKAROUND_2.NOT_AVAIL;
  // With SSBS in the VM there is no firmware mitigation to speak of.
  return state === 'mitigated' && hasFeature(vm, 'ID_AA64PFR1_EL1', 'SSBS', 1)
    ? WORKAROUND_2.NOT_AVAIL
    : WORKAROUND_2.NOT_REQUIRED;
}

export function getFwRegister(vcpu: Vcpu, row: FwRegister): bigint {
  if (row.kind === 'psci') return kvmPsciVersion(vcpu.vm);
  if (row.kind in FW_BITMAPS) return vcpu.vm.state[row.kind as FwBitmap];
  return workaroundLevel(vcpu, row.kind) & LEVEL_MASK;
}

/** kvm_arm_set_fw_reg. */
export function setFwRegister(vcpu: Vcpu, row: FwRegister, value: bigint): KvmResult {
  const { state } = vcpu.vm;
  if (row.kind === 'psci') {
    const wants02 = (state.vcpu_features & (1 << VCPU_FEATURES.psci_0_2)) !== 0;
    if (!(wants02 ? PSCI_VERSIONS.includes(value) : value === PSCI_0_1)) return fails('EINVAL');
    state.psci_version = value;
    return ok(undefined);
  }
  if (row.kind in FW_BITMAPS) {
    const name = row.kind as FwBitmap;
    if (value & ~FW_BITMAPS[name].features) return fails('EINVAL');
    if (state.has_ran_once && value !== state[name]) return fails('EBUSY');
    state[name] = value;
    return ok(undefined);
  }
  const level = workaroundLevel(vcpu, row.kind);
  if (row.kind !== 'workaround-2') return value & ~LEVEL_MASK || value > level ? fails('EINVAL') : ok(undefined);
  if (value & ~(LEVEL_MASK | WORKAROUND_2.ENABLED)) return fails('EINVAL');
  const wanted = value & LEVEL_MASK;
  if (value & WORKAROUND_2.ENABLED && wanted !== WORKAROUND_2.AVAIL) return fails('EINVAL');
  if (wanted > WORKAROUND_2.NOT_REQUIRED) return fails('EINVAL');
  // Only two states are told apart: none, and one that needs nothing of the guest.
  const effective = wanted >= WORKAROUND_2.AVAIL ? WORKAROUND_2.NOT_REQUIRED : WORKAROUND_2.NOT_AVAIL;
  return level < effective ? fails('EINVAL') : ok(undefined);
}
