// A guest on a host with FEAT_NMI: KVM hides the feature from its ID registers and does nothing else about it. HCRX_EL2.TALLINT stays 0
// (vcpu_set_hcrx), so hardware carries out what the guest does with ALLINT; its virtual CPU interface answers ICC_NMIAR1_EL1.
import { expect, test } from 'vitest';
import { cpuModel } from '#cpu';
import { type Bench, type BenchOptions, bench, DEVICE } from './machine.fixture.ts';

const PFR1 = cpuModel('max')?.registers.get('ID_AA64PFR1_EL1') ?? 0n;
/** A host that lacks only this. */
const WITHOUT: BenchOptions = { host: { ID_AA64PFR1_EL1: PFR1 & ~(0xfn << 36n) } };
const ALLINT = 0x2000n;

/** Runs up to the MMIO exit at the end, from `body` or from the vectors. */
function run(body: string, options: BenchOptions = {}): Bench {
  const b = bench(
    `_start: adr x0, vectors
    msr vbar_el1, x0
    mov x9, #0x5a
    ${body}
    mov x28, #${DEVICE}
    str xzr, [x28]
    .balign 2048
vectors: .space 0x200
    mrs x10, esr_el1
    ${options.host === undefined ? 'mrs x11, allint' : ''}
    mov x28, #${DEVICE}
    str xzr, [x28]`,
    options,
  );
  expect(b.run()).toEqual({ kind: 'exit' });
  return b;
}

test('the guest reads that there is no FEAT_NMI', () => {
  expect((PFR1 >> 36n) & 0xfn).toBe(1n);
  expect((run('mrs x9, id_aa64pfr1_el1').get('x9') >> 36n) & 0xfn).toBe(0n);
});

test('what it does with ALLINT is done all the same', () => {
  const b = run('msr allint, #1\n mrs x9, allint');
  expect([b.get('x9'), b.get('pstate') & ALLINT]).toEqual([ALLINT, ALLINT]);
  expect(run('msr allint, #1\n mov x9, #0\n msr allint, x9\n mrs x9, allint').get('x9')).toBe(0n);
});

test('on a host without it ALLINT is UNDEFINED', () => {
  const b = run('msr allint, #1', WITHOUT);
  expect([b.get('x9'), b.get('x10') >> 26n]).toEqual([0x5an, 0n]);
});

test('ICC_NMIAR1_EL1 never has an interrupt to take', () => {
  expect(run('mrs x9, icc_nmiar1_el1', { vgic: true }).get('x9')).toBe(1023n);
  const pending = `mov x9, #1
    msr icc_igrpen1_el1, x9
    mov x9, #0xff
    msr icc_pmr_el1, x9
    mov x9, #0x03000000
    orr x9, x9, #1
    msr icc_sgi1r_el1, x9`;
  expect(run(`${pending}\n mrs x9, icc_nmiar1_el1\n mrs x12, icc_hppir1_el1`, { vgic: true }).get('x9')).toBe(1023n);
});

test('without an in-kernel GIC, or on a host without FEAT_NMI, ICC_NMIAR1_EL1 is UNDEFINED', () => {
  for (const options of [{}, WITHOUT, { ...WITHOUT, vgic: true }]) {
    const b = run('mrs x9, icc_nmiar1_el1', options);
    expect([b.get('x9'), b.get('x10') >> 26n]).toEqual([0x5an, 0n]);
  }
});

test('an exception that hardware takes sets ALLINT, one that KVM injects leaves it 0 (enter_exception64)', () => {
  expect(run('svc #0').get('x11')).toBe(ALLINT);
  // Trapped to KVM, which has no such register for the guest.
  const injected = run('msr allint, #1\n mrs x9, icc_nmiar1_el1');
  expect([injected.get('x10') >> 26n, injected.get('x11'), injected.get('SPSR_EL1') & ALLINT]).toEqual([0n, 0n, ALLINT]);
});
