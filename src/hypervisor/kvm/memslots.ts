// KVM_SET_USER_MEMORY_REGION (virt/kvm/kvm_main.c, __kvm_set_memory_region; arch/arm64/kvm/mmu.c, kvm_arch_prepare_memory_region): which guest
// addresses have memory, where it is and whether the guest may write it. Stage 2 follows at once: where the kernel maps a page when the guest
// first touches it, here a slot is mapped when it is set, with the largest blocks that fit. So a guest's first access to RAM makes no exit.
import { ok } from '#base';
import { KVM_ARM_TAGS, KVM_MEM } from './constants.ts';
import type { Vm } from './context.ts';
import { fails, type KvmResult } from './errno.ts';
import { MAX_MEMSLOTS } from './state.ts';

/** struct kvm_userspace_memory_region. `userspace_addr` is a physical address of the host's memory (the slot's first byte). */
export interface MemoryRegion {
  readonly slot: number;
  readonly flags: number;
  readonly guest_phys_addr: bigint;
  readonly memory_size: bigint;
  readonly userspace_addr: bigint;
}

/** KVM_MEM_SLOTS_NUM of the kernel, which keeps none of them for itself on arm64; more than MAX_MEMSLOTS at a time are ENOMEM here. */
const KVM_USER_MEM_SLOTS = 32767;
const PAGE = 4096n;
const KVM_MEM_MAX_NR_PAGES = (1n << 31n) - 1n;

/** The slots that exist, in no order. */
export function memslots(vm: Vm): readonly MemoryRegion[] {
  return Array.from({ length: vm.state.memslots }, (_, i) => slotAt(vm, i));
}

/** The slot that holds a guest address. */
export function findMemslot(vm: Vm, ipa: bigint): MemoryRegion | undefined {
  const { state } = vm;
  for (let i = 0; i < state.memslots; i++) {
    const base = state.slot_guest_phys_addr.get(i);
    if (ipa >= base && ipa < base + state.slot_memory_size.get(i)) return slotAt(vm, i);
  }
  return undefined;
}

/** Creates, moves, changes or (size 0) deletes a slot, and maps stage 2 accordingly. */
export function setUserMemoryRegion(vm: Vm, region: MemoryRegion): KvmResult {
  const { flags, guest_phys_addr: base, memory_size: size, userspace_addr: addr } = region;
  if (flags & ~(KVM_MEM.log_dirty_pages | KVM_MEM.readonly)) return fails('EINVAL');
  if (size % PAGE !== 0n || base % PAGE !== 0n || addr % PAGE !== 0n) return fails('EINVAL');
  const id = region.slot & 0xffff;
  // The upper half names an address space; arm64 has one.
  if (region.slot >>> 16 !== 0 || id >= KVM_USER_MEM_SLOTS) return fails('EINVAL');
  if (base + size >= 1n << 64n || size / PAGE > KVM_MEM_MAX_NR_PAGES) return fails('EINVAL');

  const at = indexOf(vm, id);
  const old = at < 0 ? undefined : slotAt(vm, at);
  if (size === 0n) {
    if (!old) return fails('EINVAL');
    unmap(vm, old);
    remove(vm, at);
    return ok(undefined);
  }
  if (old) {
    const change = old.memory_size !== size || old.userspace_addr !== addr || ((old.flags ^ flags) & KVM_MEM.readonly) !== 0;
    if (change) return fails('EINVAL');
    if (old.guest_phys_addr === base && old.flags === flags) return ok(undefined);
  }
  const moves = !old || old.guest_phys_addr !== base;
  if (
    moves &&
    memslots(vm).some((s) => s.slot !== id && base < s.guest_phys_addr + s.memory_size && s.guest_phys_addr < base + size)
  ) {
    return fails('EEXIST');
  }
  // kvm_arch_prepare_memory_region: nothing beyond the VM's IPA space.
  if (base + size > 1n << BigInt(vm.state.ipa_bits)) return fails('EFAULT');
  if (!old && vm.state.memslots === MAX_MEMSLOTS) return fails('ENOMEM');

  if (old && moves) unmap(vm, old);
  const i = old ? at : vm.state.memslots++;
  const { state } = vm;
  state.slot_id.set(i, id);
  state.slot_flags.set(i, flags);
  state.slot_guest_phys_addr.set(i, base);
  state.slot_memory_size.set(i, size);
  state.slot_userspace_addr.set(i, addr);
  if (!moves || mapSlot(vm, slotAt(vm, i))) return ok(undefined);
  unmap(vm, slotAt(vm, i));
  remove(vm, i);
  return fails('ENOMEM');
}

/** Reads guest memory through the slots, as userspace does through its own mapping; EFAULT when some of it has no slot or no memory. */
export function readGuest(vm: Vm, ipa: bigint, length: number): KvmResult<Uint8Array> {
  const out = new Uint8Array(length);
  const done = eachPiece(vm, ipa, length, (physical, at, bytes) => {
    const read = vm.host.memory.readBytes(physical, bytes);
    if (read) out.set(read, at);
    return read !== undefined;
  });
  return done ? ok(out) : fails('EFAULT');
}

/** Writes guest memory through the slots, read-only ones too. Nothing is written when some of it has no slot. */
export function writeGuest(vm: Vm, ipa: bigint, bytes: Uint8Array): KvmResult {
  const readable = readGuest(vm, ipa, bytes.length);
  if (!readable.ok) return readable;
  eachPiece(vm, ipa, bytes.length, (physical, at, count) => vm.host.memory.writeBytes(physical, bytes.subarray(at, at + count)));
  return ok(undefined);
}

function eachPiece(vm: Vm, ipa: bigint, length: number, each: (physical: bigint, at: number, bytes: number) => boolean): boolean {
  for (let at = 0; at < length; ) {
    const address = ipa + BigInt(at);
    const slot = findMemslot(vm, address);
    if (!slot) return false;
    const offset = address - slot.guest_phys_addr;
    const left = slot.memory_size - offset;
    const bytes = left < BigInt(length - at) ? Number(left) : length - at;
    if (!each(slot.userspace_addr + offset, at, bytes)) return false;
    at += bytes;
  }
  return true;
}

/** struct kvm_arm_copy_mte_tags. */
export interface CopyMteTags {
  readonly guest_ipa: bigint;
  /** Bytes of guest memory. */
  readonly length: bigint;
  readonly flags: number;
  /** Reserved words that must be 0, as one number. */
  readonly reserved: number;
  /** To the guest: a byte for each granule, of which the low four bits count. */
  readonly tags?: Uint8Array | undefined;
}

/** What KVM_ARM_MTE_COPY_TAGS has done: the bytes of guest memory that it came to, and, from the guest, their tags. */
export interface CopiedTags {
  readonly length: number;
  readonly tags: Uint8Array;
}

/** kvm_vm_ioctl_mte_copy_tags: page by page; an error after the first is not told, only how far it came. */
export function copyMteTags(vm: Vm, request: CopyMteTags): KvmResult<CopiedTags> {
  const { guest_ipa, length, flags, reserved, tags: given = new Uint8Array() } = request;
  if (!vm.state.mte_enabled || reserved !== 0 || flags & ~KVM_ARM_TAGS.from_guest) return fails('EINVAL');
  if (length % PAGE !== 0n || guest_ipa % PAGE !== 0n || length > INT_MAX) return fails('EINVAL');
  const write = !(flags & KVM_ARM_TAGS.from_guest);
  if (write && memslots(vm).some((slot) => slot.flags & KVM_MEM.log_dirty_pages)) return fails('EBUSY');
  const { memory } = vm.host;
  const tags: number[] = [];
  let done = 0n;
  for (; done < length; done += PAGE) {
    const slot = findMemslot(vm, guest_ipa + done);
    if (!slot || (write && slot.flags & KVM_MEM.readonly)) break;
    const offset = memory.locate(Number(slot.userspace_addr + (guest_ipa + done - slot.guest_phys_addr)));
    const first = Number(done / GRANULE);
    if (offset < 0 || (write && given.length < first + GRANULES_PER_PAGE)) break;
    for (let n = 0; n < GRANULES_PER_PAGE; n += 1) {
      const at = offset + n * Number(GRANULE);
      if (write) memory.setAllocationTag(at, (given[first + n] as number) & 15);
      else tags.push(memory.allocationTag(at));
    }
  }
  if (done === 0n && length > 0n) return fails('EFAULT');
  return ok({ length: Number(done), tags: Uint8Array.from(tags) });
}

const INT_MAX = 0x7fff_ffffn;
/** Bytes that share an allocation tag. */
const GRANULE = 16n;
const GRANULES_PER_PAGE = Number(PAGE / GRANULE);

function slotAt(vm: Vm, i: number): MemoryRegion {
  const { state } = vm;
  return {
    slot: state.slot_id.get(i),
    flags: state.slot_flags.get(i),
    guest_phys_addr: state.slot_guest_phys_addr.get(i),
    memory_size: state.slot_memory_size.get(i),
    userspace_addr: state.slot_userspace_addr.get(i),
  };
}

function indexOf(vm: Vm, id: number): number {
  for (let i = 0; i < vm.state.memslots; i++) if (vm.state.slot_id.get(i) === id) return i;
  return -1;
}

/** Maps what of a slot has memory behind it; where it has none, an access comes to user_mem_abort. False when memory for tables is short. */
function mapSlot(vm: Vm, slot: MemoryRegion): boolean {
  const write = !(slot.flags & KVM_MEM.readonly);
  return backedRanges(vm, slot.userspace_addr, slot.memory_size).every(([offset, size]) =>
    vm.stage2.map(slot.guest_phys_addr + offset, slot.userspace_addr + offset, size, { write }),
  );
}

function unmap(vm: Vm, slot: MemoryRegion): void {
  vm.stage2.unmap(slot.guest_phys_addr, slot.memory_size);
}

/** Ranges, as offset and size, of [physical, physical + size) that are memory. */
function backedRanges(vm: Vm, physical: bigint, size: bigint): (readonly [bigint, bigint])[] {
  return vm.host.memory.regions
    .map(({ base, size: length }) => {
      const from = base > physical ? base : physical;
      const beyond = base + length - (physical + size);
      return [from - physical, base + length - from - (beyond > 0n ? beyond : 0n)] as const;
    })
    .filter(([, length]) => length > 0n);
}

/** Closes the gap with the last entry, so that the table stays dense; what is unused is zero. */
function remove(vm: Vm, at: number): void {
  const { state } = vm;
  const last = state.memslots - 1;
  for (const list of [
    state.slot_id,
    state.slot_flags,
    state.slot_guest_phys_addr,
    state.slot_memory_size,
    state.slot_userspace_addr,
  ] as const) {
    list.set(at, list.get(last) as never);
    list.set(last, 0 as never);
  }
  state.memslots = last;
}
