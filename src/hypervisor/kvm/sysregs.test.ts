import { describe, expect, test } from 'vitest';
import { assemble } from '#asm';
import { assert } from '#base';
import { type Bench, type BenchOptions, bench, CODE, DEVICE, value } from './machine.fixture.ts';

/** What the guest finds when it runs one instruction: an exception at its vectors, or x9. */
type Outcome = { readonly ec: number; readonly vector: bigint } | { readonly x9: bigint };

const UNDEF = { ec: 0, vector: 0x200n };
const UNDEF_EL0 = { ec: 0, vector: 0x400n };
/** What x9 holds before: an UNDEF leaves it, a read changes it. */
const BEFORE = 0x5a5an;

/** A guest with vectors at CODE + 0x1000 that go to DEVICE with the vector's offset in x24. */
function guest(options: BenchOptions = {}): Bench {
  const slots = Array.from({ length: 16 }, (_, i) => ` .balign 128\n mov x24, #${i * 128}\n b took\n`).join('');
  return bench(`_start: nop\n .balign 4096\n${slots}took: mov x28, #${DEVICE}\n str x24, [x28, #8]\n`, options);
}

function run(b: Bench, text: string, el: 0 | 1 = 1): Outcome {
  const image = assemble(`${text}\n mov x28, #${DEVICE}\n str xzr, [x28]\n`, { base: CODE });
  assert(image.image, image.diagnostics.map((d) => d.message).join());
  value(b.vm.writeMemory(CODE, image.image));
  b.set('VBAR_EL1', CODE + 0x1000n);
  b.set('pstate', el === 1 ? 0x3c5n : 0x3c0n);
  b.set('pc', CODE);
  b.set('x9', BEFORE);
  b.vcpu.kvmRun.header.exit_reason = 0;
  expect(b.run()).toEqual({ kind: 'exit' });
  const { phys_addr } = b.vcpu.kvmRun.mmio;
  if (phys_addr === DEVICE) return { x9: b.get('x9') };
  expect([phys_addr, b.get('x9')]).toEqual([DEVICE + 8n, BEFORE]);
  return { ec: Number(b.get('ESR_EL1') >> 26n), vector: b.get('x24') };
}

const read = (name: string): string => `mrs x9, ${name}`;
const write = (name: string): string => `msr ${name}, x9`;
const all = (names: string): string[] => names.trim().split(/\s+/);

describe('a VM without an interrupt controller, PMU or pointer authentication', () => {
  const b = guest();

  test.each(
    all(`icc_pmr_el1 icc_iar0_el1 icc_hppir0_el1 icc_bpr0_el1 icc_ap0r0_el1 icc_ap0r3_el1 icc_ap1r0_el1 icc_ap1r3_el1 icc_rpr_el1 icc_iar1_el1
      icc_hppir1_el1 icc_bpr1_el1 icc_ctlr_el1 icc_sre_el1 icc_igrpen0_el1 icc_igrpen1_el1
      pmcr_el0 pmcntenset_el0 pmccntr_el0 pmevcntr0_el0 pmevtyper3_el0 pmselr_el0 pmuserenr_el0 pmintenset_el1 apiakeylo_el1 apgakeyhi_el1
      pmscr_el1 pmsidr_el1 pmblimitr_el1 trfcr_el1 mpamidr_el1 mpam1_el1 amcr_el0 amcntenset0_el0 scxtnum_el1 scxtnum_el0 tpidr2_el0 smpri_el1
      accdata_el1 hcr_el2 sctlr_el3 s3_0_c15_c2_0 s3_7_c11_c15_7 s3_0_c9_c0_7`),
  )('a read of %s is UNDEFINED', (name) => {
    expect(run(b, read(name))).toEqual(UNDEF);
  });

  test.each(
    all(`icc_eoir0_el1 icc_eoir1_el1 icc_dir_el1 icc_sgi0r_el1 icc_sgi1r_el1 icc_asgi1r_el1 pmswinc_el0 s3_3_c11_c0_0
      s3_0_c0_c4_0 s3_0_c0_c0_0 s3_0_c0_c0_5 s3_3_c0_c0_1 s3_1_c0_c0_0 s3_1_c0_c0_1 s2_0_c1_c1_4 s3_0_c10_c4_7`),
  )('a write to %s is UNDEFINED', (name) => {
    expect(run(b, write(name))).toEqual(UNDEF);
  });

  test.each(
    all(`mdrar_el1 osdlr_el1 dbgprcr_el1 dbgclaimset_el1 dbgclaimclr_el1 mdccsr_el0 dbgdtr_el0 dbgdtrrx_el0 pmmir_el1 lorsa_el1 lorid_el1
      erridr_el1 errselr_el1 erxfr_el1 erxctlr_el1 erxstatus_el1 erxaddr_el1 erxmisc0_el1 erxmisc1_el1`),
  )('%s reads as zero', (name) => {
    // KVM hides PMMIR_EL1 with the PMU's fine-grained trap.
    expect(run(b, read(name))).toEqual(name === 'pmmir_el1' ? UNDEF : { x9: 0n });
  });

  test.each(all('osdlr_el1 dbgprcr_el1 dbgclaimset_el1 dbgdtr_el0 lorc_el1 errselr_el1 erxctlr_el1 actlr_el1'))(
    'a write to %s is ignored',
    (name) => {
      const before = run(b, read(name));
      expect(run(b, write(name))).toEqual({ x9: BEFORE });
      expect(run(b, read(name))).toEqual(before);
    },
  );

  test('OS lock: bit 0 of OSLAR_EL1 is OSLSR_EL1.OSLK; each has one direction', () => {
    expect(run(b, `mov x1, #1\n msr oslar_el1, x1\n ${read('oslsr_el1')}`)).toEqual({ x9: 0xan });
    expect(run(b, `msr oslar_el1, xzr\n ${read('oslsr_el1')}`)).toEqual({ x9: 8n });
    expect(run(b, read('s2_0_c1_c0_4'))).toEqual(UNDEF);
  });

  test('unimplemented ID registers are reported as the trap that they are (FEAT_IDST)', () => {
    for (const name of ['ccsidr2_el1', 'smidr_el1', 'gmid_el1']) expect(run(b, read(name))).toEqual({ ec: 0x18, vector: 0x200n });
  });

  test('from EL0', () => {
    for (const text of [
      read('s3_3_c15_c2_0'),
      read('sctlr_el1'),
      read('pmccntr_el0'),
      read('scxtnum_el0'),
      'tlbi vmalle1',
      'hvc #0',
      'smc #0',
    ]) {
      expect(run(b, text, 0), text).toEqual(UNDEF_EL0);
    }
  });

  test('set/way maintenance is done, other instructions that trap are UNDEFINED', () => {
    for (const text of ['dc isw, xzr', 'dc csw, xzr', 'dc cisw, xzr']) expect(run(b, text)).toEqual({ x9: BEFORE });
    for (const text of ['sys #0, c11, c0, #0, x9', 'sys #7, c15, c15, #7']) expect(run(b, text)).toEqual(UNDEF);
  });
});

test('with a GICv3 its CPU interface is there, and ICC_SRE_EL1 cannot be turned off', () => {
  const b = guest({ vgic: true });
  for (const name of all('icc_pmr_el1 icc_ctlr_el1 icc_igrpen1_el1 icc_rpr_el1')) expect(run(b, read(name))).toHaveProperty('x9');
  expect(run(b, `msr icc_sre_el1, xzr\n ${read('icc_sre_el1')}`)).toEqual({ x9: 7n });
  expect(run(b, read('s3_0_c12_c11_1'))).toEqual(UNDEF);
});

describe('the PMU at EL0 asks PMUSERENR_EL0', () => {
  const b = guest({ features: ['pmu_v3'] });
  const [EN, SW, CR, ER] = [1, 2, 4, 8] as const;

  test.each<readonly [enable: number, allowed: string, refused: string]>([
    [0, '', 'pmcr_el0 pmccntr_el0 pmevcntr0_el0 pmselr_el0 pmceid0_el0 pmovsset_el0'],
    [EN, 'pmcr_el0 pmccntr_el0 pmevcntr0_el0 pmselr_el0 pmceid0_el0', 'pmintenset_el1'],
    [SW, '', 'pmcr_el0 pmccntr_el0'],
    [CR, 'pmccntr_el0', 'pmevcntr0_el0 pmcr_el0'],
    [ER, 'pmevcntr0_el0 pmselr_el0 pmxevcntr_el0', 'pmccntr_el0 pmcr_el0'],
  ])('%i', (enable, allowed, refused) => {
    b.set('PMUSERENR_EL0', BigInt(enable));
    b.set('PMSELR_EL0', 0n);
    for (const name of all(allowed).filter(Boolean)) expect(run(b, read(name), 0), name).toHaveProperty('x9');
    for (const name of all(refused)) expect(run(b, read(name), 0), name).toEqual(UNDEF_EL0);
    expect(run(b, write('pmswinc_el0'), 0)).toEqual(enable & (EN | SW) ? { x9: BEFORE } : UNDEF_EL0);
    expect(run(b, write('pmuserenr_el0'), 0)).toEqual(UNDEF_EL0);
  });

  test('counters beyond PMCR_EL0.N are UNDEFINED', () => {
    const counters = run(b, `${read('pmcr_el0')}\n ubfx x9, x9, #11, #5`);
    assert('x9' in counters, 'PMCR_EL0 can be read');
    expect(run(b, read(`pmevcntr${counters.x9 - 1n}_el0`))).toHaveProperty('x9');
    expect(run(b, read(`pmevcntr${counters.x9}_el0`))).toEqual(UNDEF);
    expect(run(b, `mov x1, #${counters.x9}\n msr pmselr_el0, x1\n isb\n ${read('pmxevcntr_el0')}`)).toEqual(UNDEF);
  });
});
