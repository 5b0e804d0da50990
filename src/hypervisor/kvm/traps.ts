// The trap controls that a VM runs under (vcpu_reset_hcr, vcpu_set_hcr, vcpu_set_hcrx, kvm_vcpu_load_fgt, __activate_traps): HCR_EL2, HCRX_EL2,
// CPTR_EL2, CNTHCTL_EL2, HSTR_EL2 and the fine-grained trap registers, computed from the VM's ID registers and the host's features.
import { bits } from '#arch/field';
import { fieldsOf, sysreg } from '#arch/sysreg';
import { trapControls } from '#arch/trap-controls';
import type { Vcpu, Vm } from './context.ts';
import { FGU_GROUPS } from './fgu.ts';
import { hasFeature, idRegister } from './id-registers.ts';
import { timerTraps } from './timer.ts';

const HCR = bits('HCR_EL2', [
  'TVM',
  'RW',
  'TWI',
  'TWE',
  'E2H',
  'TERR',
  'TEA',
  'APK',
  'API',
  'FWB',
  'TID2',
  'TID4',
  'TTLBOS',
  'TID5',
  'ATA',
]);

/**
 * HCR_GUEST_FLAGS: the controls that every VM gets, with RW as there are no AArch32 guests. TWI and TWE are among them: the kernel clears them
 * while a CPU has nothing else to run, and this host always has.
 */
const HCR_GUEST_FLAGS = trapControls('HCR_EL2')
  .filter((control) => control.kvm.kind === 'set')
  .reduce((mask, control) => mask | (1n << BigInt(control.places[0]!.parts[0]!.lsb)), HCR.RW | HCR.TWI | HCR.TWE);

const HCRX = bits('HCRX_EL2', ['SMPME', 'MSCEn', 'MCE2', 'TCR2En', 'EnFPM', 'SCTLR2En', 'EnALS', 'EnASR']);

const ICH_HCR = bits('ICH_HCR_EL2', ['En', 'TC', 'TALL0', 'TALL1']);

/** Bits whose meaning is inverted (names `nX`): set, they do not trap. */
const NOT_TRAPPING: ReadonlyMap<string, bigint> = new Map(
  FGU_GROUPS.flatMap((group) => group.registers).map((name) => [
    name,
    fieldsOf(sysreg(name))
      .filter((field) => /^n[A-Z]/.test(field.name))
      .flatMap((field) => field.parts)
      .reduce((mask, part) => mask | (((1n << BigInt(part.msb - part.lsb + 1)) - 1n) << BigInt(part.lsb)), 0n),
  ]),
);

/** vcpu_reset_hcr: the value that a vCPU starts with at KVM_ARM_VCPU_INIT. */
export function resetHcr(vcpu: Vcpu): void {
  if (!vcpu.state.has_run_once) vcpu.state.hcr_el2 = HCR_GUEST_FLAGS;
  if (!vcpu.vm.hostFeature('FEAT_S2FWB')) vcpu.state.hcr_el2 |= HCR.TVM;
}

/** kvm_calculate_traps for one vCPU: what follows from the VM's ID registers, at its first run. */
export function calculateTraps(vcpu: Vcpu): void {
  const { state, vm } = vcpu;
  state.hcr_el2 |= hcr(vm);
}

function hcr(vm: Vm): bigint {
  let value = 0n;
  const set = (mask: bigint, when: boolean): void => {
    if (when) value |= mask;
  };
  set(HCR.E2H, vm.hostFeature('FEAT_VHE'));
  set(HCR.TEA | HCR.TERR, vm.hostHasRas);
  set(HCR.FWB, vm.hostFeature('FEAT_S2FWB'));
  const sameCaches = idRegister(vm, 'CTR_EL0') === vm.hostRegister('CTR_EL0');
  const tid4 = vm.hostFeature('FEAT_EVT') && sameCaches;
  set(HCR.TID4, tid4);
  set(HCR.TID2, !tid4);
  set(HCR.ATA, vm.state.mte_enabled !== 0);
  set(HCR.TID5, vm.state.mte_enabled === 0);
  set(HCR.TTLBOS, !hasFeature(vm, 'ID_AA64ISAR0_EL1', 'TLB', 1));
  set(HCR.API | HCR.APK, vm.hasPtrauth);
  return value;
}

/** The bits of HCR_EL2 and HCRX_EL2 that follow from the VM's ID registers and features, as they are now. */
export function idTraps(vm: Vm): readonly { readonly register: string; readonly field: string; readonly value: 0 | 1 }[] {
  const of = (register: string, masks: Readonly<Record<string, bigint>>, value: bigint) =>
    Object.entries(masks).map(([field, mask]) => ({ register, field, value: value & mask ? (1 as const) : (0 as const) }));
  return [...of('HCR_EL2', HCR, hcr(vm)), ...(vm.hostFeature('FEAT_HCX') ? of('HCRX_EL2', HCRX, hcrx(vm)) : [])];
}

/** Registers whose bits a configuration may set or clear on top of KVM's own values, in the order of the VM's record. */
export const OVERRIDABLE = [
  'HCR_EL2',
  'HCRX_EL2',
  'MDCR_EL2',
  'CPTR_EL2',
  'CNTHCTL_EL2',
  'HSTR_EL2',
  'ICH_HCR_EL2',
  ...FGU_GROUPS.flatMap((g) => g.registers),
];

/** Writes a trap register of EL2: KVM's value, with what a configuration adds or takes away. */
export function writeTrapRegister({ vm, cpu }: Vcpu, name: string, value: bigint): void {
  const i = OVERRIDABLE.indexOf(name);
  cpu.writeRegister(name, (value & ~vm.state.override_clear.get(i)) | vm.state.override_set.get(i));
}

/** What hardware's trap registers hold while the guest runs. */
export function loadTraps(vcpu: Vcpu): void {
  const { state, vm, cpu } = vcpu;
  const vhe = vm.hostFeature('FEAT_VHE');
  writeTrapRegister(vcpu, 'HCR_EL2', state.hcr_el2);
  cpu.writeRegister('VSESR_EL2', state.vsesr_el2);
  // __sysreg_restore_el1_state: MIDR_EL1 is not trapped, so the guest reads what stands here.
  cpu.writeRegister('VPIDR_EL2', idRegister(vm, 'MIDR_EL1'));
  if (vm.hostFeature('FEAT_HCX')) writeTrapRegister(vcpu, 'HCRX_EL2', hcrx(vm));
  // FP and SIMD are never trapped: KVM's lazy switch resolves inside the hypervisor, and the guest cannot see it.
  const sve = vm.hasSve ? 3n : 0n;
  writeTrapRegister(vcpu, 'CPTR_EL2', vhe ? CPTR_VHE | (3n << 20n) | (sve << 16n) : CPTR_NVHE | (vm.hasSve ? 0n : 1n << 8n));
  writeTrapRegister(vcpu, 'CNTHCTL_EL2', timerTraps(vm));
  writeTrapRegister(vcpu, 'HSTR_EL2', 1n << 15n);
  // Hardware lets EL0 use the PMU, so that MDCR_EL2.TPM takes its accesses; the guest's own PMUSERENR_EL0 is in its record.
  if (vm.hostPmuCounters > 0) cpu.writeRegister('PMUSERENR_EL0', 0xfn);
  writeTrapRegister(vcpu, 'ICH_HCR_EL2', vm.hasGicV3 ? ICH_HCR.En : ICH_HCR.TALL0 | ICH_HCR.TALL1 | ICH_HCR.TC);
  cpu.writeRegister('VTCR_EL2', vm.stage2.vtcr);
  cpu.writeRegister('VTTBR_EL2', vm.stage2.vttbr);
  if (!vm.hostFeature('FEAT_FGT')) return;
  FGU_GROUPS.forEach((group, i) => {
    if (group.feature && !vm.hostFeature(group.feature)) return;
    const undefined_ = vm.state.fgu.get(i);
    for (const name of group.registers) {
      const inverted = NOT_TRAPPING.get(name) ?? 0n;
      writeTrapRegister(vcpu, name, (inverted & ~undefined_) | (undefined_ & ~inverted));
    }
  });
}

/** E2H=1: CPTR_EL2 has CPACR_EL1's layout; TAM and TTA trap always. */
const CPTR_VHE = (1n << 30n) | (1n << 28n);
/** E2H=0: TAM, TTA, TSM and the RES1 bits. */
const CPTR_NVHE = (1n << 30n) | (1n << 20n) | (1n << 12n) | (1n << 13n) | (1n << 9n) | 0xffn;

/** vcpu_set_hcrx: every bit is gated by a feature of the VM, except SMPME whose effect a guest cannot see. */
function hcrx(vm: Vm): bigint {
  let value = HCRX.SMPME;
  if (hasFeature(vm, 'ID_AA64ISAR2_EL1', 'MOPS', 1)) value |= HCRX.MSCEn | HCRX.MCE2;
  if (hasFeature(vm, 'ID_AA64MMFR3_EL1', 'TCRX', 1)) value |= HCRX.TCR2En;
  if (hasFeature(vm, 'ID_AA64MMFR3_EL1', 'SCTLRX', 1)) value |= HCRX.SCTLR2En;
  if (hasFeature(vm, 'ID_AA64PFR2_EL1', 'FPMR', 1)) value |= HCRX.EnFPM;
  if (hasFeature(vm, 'ID_AA64ISAR1_EL1', 'LS64', 1)) value |= HCRX.EnALS;
  if (hasFeature(vm, 'ID_AA64ISAR1_EL1', 'LS64', 2)) value |= HCRX.EnASR;
  return value;
}
