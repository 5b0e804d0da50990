// Memory tagging in a VM: with KVM_CAP_ARM_MTE the guest has what the host has, without it the guest is not to see any of it.
import { expect, test } from 'vitest';
import { assert } from '#base';
import { KVM_ARM_TAGS, KVM_CAP, KVM_MEM, type KvmVm } from '../index.ts';
import { type Bench, bench, RAM } from './machine.fixture.ts';

const TABLE = RAM + 0x10_0000n;
const TAGGED = RAM + 0x18_0000n;
const PAGE = 4096n;

/** Stage 1 on with one block of Tagged memory, synchronous checks; x0 is TAGGED with tag 5, its memory gets tag 5 and then 6. */
const GUEST = `
_start:
    adr x1, vectors
    msr vbar_el1, x1
    ldr x1, =0xf0
    msr mair_el1, x1
    ldr x1, =${TABLE}
    msr ttbr0_el1, x1
    ldr x1, =${(1n << 37n) | (1n << 32n) | 25n}
    msr tcr_el1, x1
    ldr x1, =${(1n << 43n) | (1n << 40n) | 0x1005n}
    msr sctlr_el1, x1
    isb
    mrs x10, id_aa64pfr1_el1
    ldr x0, =${TAGGED | (5n << 56n)}
    ldr x3, =${6n << 56n}
    stg x0, [x0]
    ldg x11, [x0]
    str x0, [x0]
    stg x3, [x0]
    ldr x12, [x0]
    mov x13, #1
    mrs x14, gcr_el1
    mov x15, #1
    mrs x16, gmid_el1
    mov x17, #1
    b .
.align 11
vectors:
.rept 16
    mov x19, x20
    mrs x20, esr_el1
    mrs x21, far_el1
    mrs x22, tco
    msr tco, #0
    add x23, x23, #1
    mrs x24, elr_el1
    add x24, x24, #4
    msr elr_el1, x24
    eret
.align 7
.endr
`;

function guest(capabilities: readonly 'KVM_CAP_ARM_MTE'[]): Bench {
  const b = bench(GUEST, { capabilities });
  const block = new Uint8Array(8);
  new DataView(block.buffer).setBigUint64(0, RAM | 0x701n, true);
  b.vm.writeMemory(TABLE + 8n, block);
  for (const n of [11, 12, 13, 14, 15, 16, 17, 20, 21, 22, 23]) b.set(`x${n}`, 0n);
  b.run();
  return b;
}

const registersOf = (b: Bench, ...numbers: readonly number[]): readonly bigint[] => numbers.map((n) => b.get(`x${n}`));

test('a VM with the capability has tags, and takes its own tag check faults', () => {
  const b = guest(['KVM_CAP_ARM_MTE']);
  expect((b.get('x10') >> 8n) & 15n).toBe(3n);
  expect(b.get('x11')).toBe(5n << 56n);
  // One exception: the load after the tag has changed.
  expect(registersOf(b, 12, 13, 20, 21, 22, 23)).toEqual([0n, 1n, 0x9600_0011n, TAGGED | (5n << 56n), 1n << 25n, 1n]);
  expect(registersOf(b, 15, 16, 17)).toEqual([1n, 6n, 1n]);
});

test('a VM without it sees no tags: none are kept or compared, and their registers are not there', () => {
  const b = guest([]);
  expect((b.get('x10') >> 8n) & 15n).toBe(0n);
  expect(registersOf(b, 11, 12, 13)).toEqual([0n, TAGGED | (5n << 56n), 1n]);
  // GCR_EL1 (HCR_EL2.ATA) is UNDEFINED, GMID_EL1 (HCR_EL2.TID5) an ID register that is not there (FEAT_IDST); both with PSTATE.TCO 0, as
  // enter_exception64 makes it.
  expect(registersOf(b, 14, 15, 19, 16, 17, 20, 22, 23)).toEqual([0n, 1n, 0x0200_0000n, 0n, 1n, 0x6238_4201n, 0n, 2n]);
});

const copy = (vm: KvmVm, change: Partial<Parameters<KvmVm['copyMteTags']>[0]> = {}) =>
  vm.copyMteTags({ guest_ipa: TAGGED, length: PAGE, flags: KVM_ARM_TAGS.from_guest, reserved: 0, ...change });

test('KVM_ARM_MTE_COPY_TAGS reads and writes the guest’s tags, a byte for each granule', () => {
  const { vm } = guest(['KVM_CAP_ARM_MTE']);
  const first = copy(vm);
  assert(first.ok, 'copied');
  expect([first.value.length, first.value.tags.length, first.value.tags[0], first.value.tags[1]]).toEqual([4096, 256, 6, 0]);
  const tags = Uint8Array.from({ length: 512 }, (_, i) => 0xf0 | (i & 15));
  expect(copy(vm, { flags: 0, length: 2n * PAGE, tags })).toMatchObject({ ok: true, value: { length: 8192 } });
  const second = copy(vm, { guest_ipa: TAGGED + PAGE });
  assert(second.ok, 'copied');
  expect([...second.value.tags.subarray(0, 18)]).toEqual([...Array(16).keys(), 0, 1]);
  // Beyond the slot: as far as it came, then EFAULT.
  expect(copy(vm, { guest_ipa: RAM + 0x1f_f000n, length: 2n * PAGE })).toMatchObject({ ok: true, value: { length: 4096 } });
  expect(copy(vm, { flags: 0, length: 2n * PAGE, tags: tags.subarray(0, 300) })).toMatchObject({ value: { length: 4096 } });
});

test.each([
  ['a length that is no whole page', { length: 100n }, 'EINVAL'],
  ['an address within a page', { guest_ipa: TAGGED + 16n }, 'EINVAL'],
  ['another flag', { flags: 2 }, 'EINVAL'],
  ['a reserved word', { reserved: 1 }, 'EINVAL'],
  ['a length that an int does not hold', { length: 1n << 31n }, 'EINVAL'],
  ['an address without a slot', { guest_ipa: 0n }, 'EFAULT'],
  ['no tags to copy', { flags: 0 }, 'EFAULT'],
] as const)('KVM_ARM_MTE_COPY_TAGS with %s', (_, change, error) => {
  expect(copy(guest(['KVM_CAP_ARM_MTE']).vm, change)).toMatchObject({ ok: false, error });
});

test('KVM_ARM_MTE_COPY_TAGS needs MTE, and writes no slot that is read-only or any while one logs', () => {
  expect(copy(guest([]).vm)).toMatchObject({ error: 'EINVAL' });
  const b = bench('_start: b .', { capabilities: ['KVM_CAP_ARM_MTE'] });
  const tags = new Uint8Array(256);
  const slot = (flags: number): unknown =>
    b.vm.setUserMemoryRegion({
      slot: 1,
      flags,
      guest_phys_addr: 0x8000_0000n,
      memory_size: PAGE,
      userspace_addr: b.host.allocate(0x8000_0000n, PAGE) ?? 0n,
    });
  expect(slot(KVM_MEM.readonly)).toMatchObject({ ok: true });
  const there = { guest_ipa: 0x8000_0000n };
  expect(copy(b.vm, there)).toMatchObject({ value: { length: 4096 } });
  expect(copy(b.vm, { ...there, flags: 0, tags })).toMatchObject({ error: 'EFAULT' });
  b.vm.setUserMemoryRegion({ slot: 1, flags: 0, guest_phys_addr: 0x8000_0000n, memory_size: 0n, userspace_addr: 0n });
  expect(slot(KVM_MEM.log_dirty_pages)).toMatchObject({ ok: true });
  expect(copy(b.vm, { flags: 0, tags })).toMatchObject({ error: 'EBUSY' });
  expect(copy(b.vm)).toMatchObject({ ok: true });
});

test('the capability needs FEAT_MTE2 of the host, and no vCPU', () => {
  const without = bench('_start: b .', { host: { ID_AA64PFR1_EL1: 0x21n } });
  expect(without.vm.checkExtension(KVM_CAP.KVM_CAP_ARM_MTE)).toBe(0);
  const b = bench('_start: b .');
  expect(b.vm.checkExtension(KVM_CAP.KVM_CAP_ARM_MTE)).toBe(1);
  expect(b.vm.enableCap(KVM_CAP.KVM_CAP_ARM_MTE)).toMatchObject({ error: 'EINVAL' });
});
