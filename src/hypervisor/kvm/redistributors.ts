// Where the redistributors of a VM's GICv3 are (arch/arm64/kvm/vgic/vgic-mmio-v3.c, vgic_v3_set_redist_base; vgic-v3.c, vgic_v3_check_base): one
// region without an end, as first made, or several of a given size. vCPUs fill them in order of creation, so that nothing but the regions is kept.
// Knows nothing of what is inside a redistributor.
import { ok } from '#base';
import { UNPLACED } from './constants.ts';
import type { Vm } from './context.ts';
import { fails, type KvmResult } from './errno.ts';
import { MAX_REDIST_REGIONS } from './state.ts';

/** Bytes of the distributor and of one redistributor. */
export const DIST_SIZE = 0x1_0000n;
export const REDIST_SIZE = 0x2_0000n;
const ALIGNMENT = 0x1_0000n;

interface Region {
  readonly base: bigint;
  /** Redistributors; 0: as many as there are vCPUs. */
  readonly count: number;
  /** Order of creation of the vCPU that is first in it. */
  readonly first: number;
  /** Redistributors that are in it. */
  readonly used: number;
}

function regions({ state }: Vm): readonly Region[] {
  const list: Region[] = [];
  let first = 0;
  for (let i = 0; i < state.redist_regions; i++) {
    const count = state.redist_region_count.get(i);
    const left = state.created_vcpus - first;
    const used = count === 0 ? left : Math.min(count, left);
    list.push({ base: state.redist_region_base.get(i), count, first, used });
    first += used;
  }
  return list;
}

/** vgic_v3_rd_region_size. */
function sizeOf({ state }: Vm, count: number): bigint {
  return REDIST_SIZE * BigInt(count || state.created_vcpus);
}

/** The base of a region by its index; the first when none is named. */
export function redistRegion(vm: Vm, index = 0): { readonly base: bigint; readonly count: number } | undefined {
  return regions(vm)[index];
}

/** Where the redistributor of a vCPU is, by order of creation; undefined while no region has room for it. */
export function redistBase(vm: Vm, vcpu: number): bigint | undefined {
  const region = regions(vm).find(({ first, used }) => vcpu >= first && vcpu < first + used);
  return region && region.base + REDIST_SIZE * BigInt(vcpu - region.first);
}

/** vgic_mmio_vcpu_rdist_is_last: no redistributor in use follows this one. */
export function isLastRedistributor(vm: Vm, vcpu: number): boolean {
  const all = regions(vm);
  const region = all.find(({ first, used }) => vcpu >= first && vcpu < first + used);
  if (!region || vcpu < region.first + region.used - 1) return false;
  if (region.used < region.count) return true;
  const end = region.base + REDIST_SIZE * BigInt(region.count);
  return region.count === 0 || !all.some(({ base, used }) => base === end && used > 0);
}

function overlaps(a: bigint, aSize: bigint, b: bigint, bSize: bigint): boolean {
  return a + aSize > b && a < b + bSize;
}

function overlapsRedistributors(vm: Vm, base: bigint, size: bigint): boolean {
  return regions(vm).some((region) => overlaps(base, size, region.base, sizeOf(vm, region.count)));
}

/** vgic_check_iorange of something that has no place yet. */
export function checkRange({ state }: Vm, base: bigint, size: bigint): KvmResult {
  if (base % ALIGNMENT !== 0n) return fails('EINVAL');
  const end = 1n << BigInt(state.ipa_bits);
  return base >= end || base + size > end ? fails('E2BIG') : ok(undefined);
}

/** vgic_register_redist_iodev for a vCPU that is being created: false when it would get a place, but something is in the way. */
export function canPlaceAnother(vm: Vm): boolean {
  return !regions(vm).some(({ count, used }) => count === 0 || used < count) || framesAreApart(vm);
}

/** vgic_v3_check_base: every region is inside the VM's addresses, and the distributor in none of them. */
export function framesAreApart(vm: Vm): boolean {
  const { vgic_dist_base } = vm.state;
  if (regions(vm).some(({ base, count }) => !checkRange(vm, base, sizeOf(vm, count)).ok)) return false;
  return vgic_dist_base === UNPLACED || !overlapsRedistributors(vm, vgic_dist_base, DIST_SIZE);
}

/** vgic_v3_set_redist_base. `count` 0: the one region for all. */
export function addRedistRegion(vm: Vm, index: number, base: bigint, count: number): KvmResult {
  const { state } = vm;
  const last = regions(vm).at(-1);
  const size = sizeOf(vm, count);
  if (!last) {
    if (index !== 0) return fails('EINVAL');
  } else {
    if (count === 0 && last.count > 0) return fails('EINVAL');
    if (count === 0) return fails('EEXIST');
    if (index !== state.redist_regions) return fails('EINVAL');
  }
  const { vgic_dist_base } = state;
  if (count === 0 && vgic_dist_base !== UNPLACED && overlaps(base, size, vgic_dist_base, DIST_SIZE)) return fails('EINVAL');
  if (overlapsRedistributors(vm, base, size)) return fails('EINVAL');
  const range = checkRange(vm, base, size);
  if (!range.ok) return range;
  if (state.redist_regions === MAX_REDIST_REGIONS) return fails('ENOMEM');
  const placed = last ? last.first + last.used : 0;
  state.redist_region_base.set(state.redist_regions, base);
  state.redist_region_count.set(state.redist_regions, count);
  state.redist_regions += 1;
  // vgic_register_all_redist_iodevs: the vCPUs that wait for a place get one here, unless something is in the way.
  if (state.created_vcpus > placed && !framesAreApart(vm)) {
    state.redist_regions -= 1;
    state.redist_region_base.set(state.redist_regions, 0n);
    state.redist_region_count.set(state.redist_regions, 0);
    return fails('EINVAL');
  }
  return ok(undefined);
}
