// SVE registers as userspace saves them (arch/arm64/kvm/guest.c, get_sve_reg and its kin), for vectors of 128 bits, the only length of this host: a Z
// register is then a V register, and the others are kept in the vCPU's record. The processor has no SVE instructions; a guest finds them UNDEFINED.
import { ok } from '#base';
import type { Vcpu } from './context.ts';
import { fails, type KvmResult } from './errno.ts';

const ZREG = 0x6080_0000_0015_0000n;
const PREG = 0x6050_0000_0015_0400n;
/** KVM_REG_ARM64_SVE_VLS: which lengths the vCPU has, one bit for each multiple of 128 bits. */
const VLS = 0x6060_0000_0015_ffffn;
const LENGTHS = 1n;
const SLICE_MASK = 0x1fn;
/** P0 to P15, then FFR. */
const PREDICATES = 17;

/** The ids in the kernel's order: VLS, Z0 to Z31, P0 to P15, FFR. */
export const SVE_IDS: readonly bigint[] = [
  VLS,
  ...Array.from({ length: 32 }, (_, n) => ZREG | BigInt(n << 5)),
  ...Array.from({ length: PREDICATES }, (_, n) => PREG + BigInt(n << 5)),
];

type Region = { readonly kind: 'vls' } | { readonly kind: 'z' | 'p'; readonly n: number };

/** sve_reg_to_region, and what is asked before and after it: an id that is no register's is told from one that comes too early. */
function regionOf({ vm, state }: Vcpu, id: bigint): KvmResult<Region> {
  if (id === VLS) return vm.hasSve ? ok({ kind: 'vls' }) : fails('ENOENT');
  const n = Number((id & 0x3ffn) >> 5n);
  const isZ = (id & ~0x3ffn) === ZREG;
  if (!isZ && ((id & ~0x3ffn) !== PREG || n >= PREDICATES)) return fails('EINVAL');
  if (!vm.hasSve || id & SLICE_MASK) return fails('ENOENT');
  return state.sve_finalized ? ok({ kind: isZ ? 'z' : 'p', n }) : fails('EPERM');
}

/** KVM_GET_ONE_REG of one of these. */
export function getSve(vcpu: Vcpu, id: bigint): KvmResult<bigint> {
  const region = regionOf(vcpu, id);
  if (!region.ok) return region;
  if (region.value.kind === 'vls') return ok(LENGTHS);
  const { kind, n } = region.value;
  return ok(kind === 'z' ? vcpu.cpu.v(n, 0) | (vcpu.cpu.v(n, 1) << 64n) : BigInt(vcpu.state.sve_predicates.get(n)));
}

/** KVM_SET_ONE_REG: what is beyond the vector's length is ignored, and the lengths are settled once the vCPU is finalized. */
export function setSve(vcpu: Vcpu, id: bigint, value: bigint): KvmResult {
  const region = regionOf(vcpu, id);
  if (!region.ok) return region;
  if (region.value.kind === 'vls') {
    if (vcpu.state.sve_finalized) return fails('EPERM');
    return value === LENGTHS ? ok(undefined) : fails('EINVAL');
  }
  const { kind, n } = region.value;
  if (kind === 'p') {
    vcpu.state.sve_predicates.set(n, Number(value & 0xffffn));
  } else {
    vcpu.cpu.setV(n, 0, BigInt.asUintN(64, value));
    vcpu.cpu.setV(n, 1, BigInt.asUintN(64, value >> 64n));
  }
  return ok(undefined);
}

/** kvm_vcpu_reset_sve; the Z registers are reset with the V registers. */
export function resetSve({ state }: Vcpu): void {
  for (let n = 0; n < PREDICATES; n++) state.sve_predicates.set(n, 0);
}
