// Self-hosted debug, tested as programs: who takes what, where, and with which syndrome (Arm ARM D2).
import { describe, expect, test } from 'vitest';
import { cpuModel, type MachineMemory, type Processor } from '../index.ts';
import { CODE, max, type Options, RAM, registers, run, TABLES, taken, VECTORS } from '../program.fixture.ts';

const TDE = 1n << 8n;
const SS = 1n;
const KDE = 1n << 13n;
const MDE = 1n << 15n;
const PSTATE_SS = 1n << 21n;
const HCR_RW = 1n << 31n;
const TGE = 1n << 27n;
/** EL1h and EL0t with A, I and F masked, and with D as well. */
const EL1 = 0x1c5n;
const EL1_D = 0x3c5n;
const EL0 = 0x1c0n;
const UNLOCKED = { OSLAR_EL1: 0n };

/** Stage 1 on: the gigabyte of RAM as Normal memory at its own addresses. */
function normalMemory(p: Processor, memory: MachineMemory): void {
  const block = new Uint8Array(16);
  // The second entry: a block at 0x40000000, inner shareable, accessed.
  new DataView(block.buffer).setBigUint64(8, 0x4000_0000n | (1n << 10n) | (3n << 8n) | 1n, true);
  memory.writeBytes(TABLES, block);
  p.writeRegister('MAIR_EL1', 0xffn);
  p.writeRegister('TTBR0_EL1', TABLES);
  p.writeRegister('TCR_EL1', 25n | (1n << 23n) | (1n << 37n));
  p.writeRegister('SCTLR_EL1', p.readRegister('SCTLR_EL1') | 1n);
}

/** What the program takes up to the first exception to EL2, or to the end of the budget. */
function takes(text: string, set: Readonly<Record<string, bigint>>, pstate: bigint, options: Options = {}): string[] {
  return taken(
    run(text, {
      budget: 100,
      ...options,
      registers: { ...UNLOCKED, ...set },
      prepare: (p, memory) => {
        p.pstate = pstate;
        options.prepare?.(p, memory);
      },
    }),
  );
}

describe('software step (D2.12)', () => {
  const step = { MDCR_EL2: TDE, MDSCR_EL1: SS };

  test('active-not-pending lets one instruction through, and the exception says what it was (D2.12.4, D2.12.9)', () => {
    const outcome = run('add x0, x0, #1\n ldxr x1, [x2]\n hvc #0', {
      x: [0n, 0n, RAM],
      registers: { ...UNLOCKED, ...step },
      prepare: (p) => {
        p.pstate = EL1 | PSTATE_SS;
      },
    });
    const { p } = outcome;
    expect(taken(outcome)).toEqual(['1>2 cb000022 +4']);
    expect([p.x(0), p.readRegister('SPSR_EL2')]).toEqual([1n, EL1]);
    // EX: a load-exclusive was stepped.
    p.writeRegister('SPSR_EL2', EL1 | PSTATE_SS);
    p.returnFromEl2();
    p.run(10);
    expect(p.readRegister('ESR_EL2')).toBe(0xcb00_0062n);
    // Active-pending from the start: nothing was stepped.
    p.returnFromEl2();
    p.run(10);
    expect(p.readRegister('ESR_EL2')).toBe(0xca00_0022n);
    expect(p.instructions).toBe(2n);
  });

  test('what was stepped long ago is not told later', () => {
    const outcome = run('msr mdscr_el1, xzr\n nop\n hvc #0', {
      registers: { ...UNLOCKED, MDCR_EL2: 0n, MDSCR_EL1: SS | KDE },
      prepare: (p) => {
        p.pstate = EL1 | PSTATE_SS;
      },
    });
    const { p } = outcome;
    expect(taken(outcome)).toEqual(['1>2 5a000000 +c']);
    p.writeRegister('MDCR_EL2', TDE);
    p.writeRegister('MDSCR_EL1', SS);
    p.writeRegister('SPSR_EL2', EL1);
    p.returnFromEl2();
    p.run(10);
    expect(p.readRegister('ESR_EL2')).toBe(0xca00_0022n);
  });

  test.each([
    ['EL1 steps EL0', EL0 | PSTATE_SS, {}, '0>1 cb000022 +4'],
    ['EL1 itself, with KDE and D clear (D2.4.2)', EL1 | PSTATE_SS, { MDSCR_EL1: SS | KDE }, '1>1 cf000022 +4'],
    ['EL1 itself, D set', EL1_D | PSTATE_SS, { MDSCR_EL1: SS | KDE }, '1>2 5a000001 +8'],
    ['EL1 itself, without KDE', EL1 | PSTATE_SS, {}, '1>2 5a000001 +8'],
    ['EL2 steps EL1, D does not count (D2.4.1)', EL1_D | PSTATE_SS, { MDCR_EL2: TDE }, '1>2 cb000022 +4'],
    ['HCR_EL2.TGE routes as MDCR_EL2.TDE does', EL0 | PSTATE_SS, { HCR_EL2: HCR_RW | TGE }, '0>2 cb000022 +4'],
    ['the OS lock is set (D2.5)', EL1 | PSTATE_SS, { MDCR_EL2: TDE, OSLAR_EL1: 1n }, '1>2 5a000001 +8'],
  ])('%s', (_, pstate, set, expected) => {
    expect(takes('nop\n hvc #1', { MDCR_EL2: 0n, MDSCR_EL1: SS, ...set }, pstate)[0]).toBe(expected);
  });

  test.each([
    // A call is over when it is taken: SPSR.SS is 0, and whoever steps EL1 too gets the next exception at the vector.
    ['svc #0', EL0, ['0>1 56000000 +4', '1>2 ca000022 V+400'], 0n],
    ['hvc #7', EL1, ['1>2 5a000007 +4'], 0n],
    // What did not finish is to be stepped again: SPSR.SS is 1.
    ['.inst 0', EL0, ['0>1 2000000 +0', '1>2 ca000022 V+400'], PSTATE_SS],
    ['brk #9', EL1, ['1>2 f2000009 +0'], PSTATE_SS],
    ['ldr x1, [x0]', EL0, ['0>1 92000010 far 0 +0', '1>2 ca000022 V+400'], PSTATE_SS],
  ])('%s under step (J1.1.3, SSAdvance)', (text, pstate, expected, ss) => {
    const outcome = run(text, {
      registers: { ...UNLOCKED, ...step },
      prepare: (p) => {
        p.pstate = pstate | PSTATE_SS;
      },
    });
    expect(taken(outcome)).toEqual(expected);
    expect((outcome.exceptions[0]?.spsr ?? 0n) & PSTATE_SS).toBe(ss);
  });

  test('a trapped instruction is not stepped: its trap comes, and SPSR.SS stays (D2.12.5)', () => {
    const outcome = run('wfi', {
      registers: { ...UNLOCKED, ...step, HCR_EL2: HCR_RW | (1n << 13n) },
      prepare: (p) => {
        p.pstate = EL1 | PSTATE_SS;
      },
    });
    expect(taken(outcome)).toEqual(['1>2 7e00000 +0']);
    expect(outcome.exceptions[0]?.spsr).toBe(EL1 | PSTATE_SS);
  });

  test('an interrupt comes before the instruction, and its handler is stepped from the first', () => {
    const prepare: Options['prepare'] = (p) => p.setLine('irq', true);
    expect(takes('nop\n nop', step, 0x5n | PSTATE_SS, { prepare })).toEqual(['1>1 irq +0', '1>2 ca000022 V+280']);
    // Once the instruction is stepped, its exception comes first.
    expect(takes('msr daifclr, #2\n nop', step, EL1 | PSTATE_SS, { prepare })).toEqual(['1>2 cb000022 +4']);
  });

  test.each([
    ['from where step is off to where it is on: SPSR.SS counts', EL1_D, PSTATE_SS, '0>1 cb000022 +14'],
    ['SPSR.SS = 0: at once', EL1_D, 0n, '0>1 ca000022 +10'],
  ])('exception return (J1.1.3, DebugExceptionReturnSS): %s', (_, pstate, ss, expected) => {
    const text = 'msr spsr_el1, x0\n adr x1, 1f\n msr elr_el1, x1\n eret\n 1: nop\n nop';
    expect(takes(text, { MDSCR_EL1: SS | KDE }, pstate, { x: [EL0 | ss] })[0]).toBe(expected);
  });

  test('exception return where step is on already: SPSR.SS does not count', () => {
    const outcome = takes('eret', { MDSCR_EL1: SS | KDE, SPSR_EL1: EL0 | PSTATE_SS, ELR_EL1: CODE + 16n }, EL1 | PSTATE_SS);
    expect(outcome[0]).toBe('0>1 cb000022 +10');
  });

  test('an illegal return asks about the level that it stays at (SetPSTATEFromPSR)', () => {
    // SPSR_EL1.M is EL2h: refused. KDE is set and SPSR.D is clear, so step goes on at EL1, whose code was not stepped before.
    const outcome = run('eret\n nop', {
      registers: { ...UNLOCKED, MDSCR_EL1: SS | KDE, SPSR_EL1: 0x1c9n | PSTATE_SS, ELR_EL1: CODE + 4n },
      prepare: (p) => {
        p.pstate = EL1_D;
      },
      budget: 2,
    });
    expect(taken(outcome)).toEqual(['1>1 3a000000 +4']);
    expect(outcome.exceptions[0]?.spsr).toBe(EL1 | PSTATE_SS | (1n << 20n));
  });

  test('an instruction that waits is stepped when it is over', () => {
    const outcome = run('wfi\n nop', {
      registers: { ...UNLOCKED, ...step },
      prepare: (p) => {
        p.pstate = EL1 | PSTATE_SS;
      },
    });
    expect(outcome.stop.kind).toBe('wait');
    outcome.p.setLine('irq', true);
    outcome.p.run(10);
    expect(taken(outcome)).toEqual(['1>2 cb000022 +4']);
  });

  test('one instruction at a time comes to the same', () => {
    const outcome = run('nop\n nop', {
      budget: 0,
      registers: { ...UNLOCKED, ...step },
      prepare: (p) => {
        p.pstate = EL1 | PSTATE_SS;
      },
    });
    for (let i = 0; i < 3; i += 1) if (outcome.p.el < 2) outcome.p.run(1);
    expect(taken(outcome)).toEqual(['1>2 cb000022 +4']);
  });

  test.each([3, 4, 5])('wherever a run is cut: %i instructions, then the rest', (budget) => {
    const outcome = run('msr spsr_el1, x0\n adr x1, 1f\n msr elr_el1, x1\n eret\n 1: add x2, x2, #1\n nop', {
      budget,
      registers: { ...UNLOCKED, MDSCR_EL1: SS | KDE },
      x: [EL0 | PSTATE_SS],
      prepare: (p) => {
        p.pstate = EL1_D;
      },
    });
    outcome.p.run(10);
    expect(taken(outcome)[0]).toBe('0>1 cb000022 +14');
    expect(outcome.p.x(2)).toBe(1n);
  });

  test('the cause names the field', () => {
    const outcome = run('nop', { registers: { ...UNLOCKED, ...step } });
    const named = outcome.exceptions[0]?.cause.map(({ register, field }) => `${register}.${field}`);
    expect(named).toEqual(['MDSCR_EL1.SS', 'MDCR_EL2.TDE']);
  });
});

describe('BRK and HLT', () => {
  test.each([
    ['EL1 to itself', EL1_D, {}, '1>1 f200002a +0'],
    ['EL0 to EL1', EL0, {}, '0>1 f200002a +0'],
    ['with MDCR_EL2.TDE to EL2', EL1, { MDCR_EL2: TDE }, '1>2 f200002a +0'],
    ['with HCR_EL2.TGE to EL2', EL0, { HCR_EL2: HCR_RW | TGE }, '0>2 f200002a +0'],
    ['whatever the OS lock says', EL1, { OSLAR_EL1: 1n }, '1>1 f200002a +0'],
  ])('BRK (D2.7): %s', (_, pstate, set, expected) => {
    expect(takes('brk #42', { MDCR_EL2: 0n, ...set }, pstate)[0]).toBe(expected);
  });

  test('HLT is UNDEFINED: nothing halts this processor (C6.2, HLT)', () => {
    expect(takes('hlt #1', {}, EL1)[0]).toBe('1>1 2000000 +0');
  });
});

describe('breakpoints (D2.8)', () => {
  const on = { MDCR_EL2: TDE, MDSCR_EL1: MDE, DBGBVR0_EL1: CODE + 4n };
  /** E; PMC; HMC; SSC; LBN; BT. */
  const control = (f: { pmc?: number; hmc?: number; ssc?: number; lbn?: number; bt?: number }): bigint =>
    BigInt(1 | ((f.pmc ?? 3) << 1) | (15 << 5) | ((f.hmc ?? 0) << 13) | ((f.ssc ?? 0) << 14)) |
    (BigInt(f.lbn ?? 0) << 16n) |
    (BigInt(f.bt ?? 0) << 20n);
  const HIT = '1>2 c2000022 +4';
  const MISS = '1>2 5a000000 +c';
  const text = 'nop\n nop\n hvc #0';

  test.each([
    ['EL1 only, at EL1', control({ pmc: 1 }), {}, HIT],
    ['EL0 only, at EL1', control({ pmc: 2 }), {}, MISS],
    ['both', control({}), {}, HIT],
    ['off', control({}) & ~1n, {}, MISS],
    ['EL2 only', control({ pmc: 0, hmc: 1, ssc: 3 }), {}, MISS],
    ['Secure only', control({ ssc: 2 }), {}, MISS],
    ['a tag in the address', control({}), { DBGBVR0_EL1: (0x5an << 56n) | (CODE + 4n) }, HIT],
    ['another address', control({}), { DBGBVR0_EL1: CODE + 0x100n }, MISS],
    ['MDSCR_EL1.MDE clear', control({}), { MDSCR_EL1: 0n }, MISS],
    ['the OS lock is set', control({}), { OSLAR_EL1: 1n }, MISS],
  ])('%s', (_, bcr, set, expected) => {
    expect(takes(text, { ...on, DBGBCR0_EL1: bcr, ...set }, EL1_D)).toEqual([expected]);
  });

  test.each([
    ['with KDE, D clear', EL1, MDE | KDE, '1>1 c6000022 +4'],
    ['with KDE, D set', EL1_D, MDE | KDE, MISS],
    ['without KDE', EL1, MDE, MISS],
  ])('EL1 for itself: %s (D2.4.2)', (_, pstate, MDSCR_EL1, expected) => {
    expect(takes(text, { ...on, MDCR_EL2: 0n, MDSCR_EL1, DBGBCR0_EL1: control({}) }, pstate)[0]).toBe(expected);
  });

  test('EL2 for itself: HMC', () => {
    const options: Options = { el: 2, el2: 'guest', budget: 3 };
    const set = { ...on, MDSCR_EL1: MDE | KDE, DBGBCR0_EL1: control({ hmc: 1, ssc: 3, pmc: 0 }) };
    expect(takes('nop\n nop\n nop', set, 0x1c9n, options)[0]).toBe('2>2 c6000022 +4');
    expect(takes('nop\n nop\n nop', { ...set, DBGBCR0_EL1: control({}) }, 0x1c9n, options)).toEqual([]);
  });

  // This processor has six breakpoints, of which 4 and 5 compare contexts (ID_AA64DFR0_EL1.CTX_CMPs).
  const VMID = 0x42n << 48n;
  test.each([
    ['a context', { DBGBCR4_EL1: control({ bt: 3 }), DBGBVR4_EL1: 7n }, HIT],
    ['another context', { DBGBCR4_EL1: control({ bt: 3 }), DBGBVR4_EL1: 8n }, MISS],
    ['a context that is off', { DBGBCR4_EL1: control({ bt: 3 }) & ~1n, DBGBVR4_EL1: 7n }, MISS],
    ['a context that is not for linking', { DBGBCR4_EL1: control({ bt: 2, pmc: 2 }), DBGBVR4_EL1: 7n }, MISS],
    ['a VMID', { DBGBCR4_EL1: control({ bt: 9 }), DBGBVR4_EL1: 0x42n << 32n }, HIT],
    ['another VMID', { DBGBCR4_EL1: control({ bt: 9 }), DBGBVR4_EL1: 0x43n << 32n }, MISS],
    ['a VMID and a context', { DBGBCR4_EL1: control({ bt: 11 }), DBGBVR4_EL1: (0x42n << 32n) | 7n }, HIT],
    ['a VMID and another context', { DBGBCR4_EL1: control({ bt: 11 }), DBGBVR4_EL1: (0x42n << 32n) | 8n }, MISS],
    ['CONTEXTIDR_EL1', { DBGBCR4_EL1: control({ bt: 7 }), DBGBVR4_EL1: 7n }, HIT],
    ['CONTEXTIDR_EL2', { DBGBCR4_EL1: control({ bt: 13 }), DBGBVR4_EL1: 9n << 32n }, HIT],
    ['both', { DBGBCR4_EL1: control({ bt: 15 }), DBGBVR4_EL1: (9n << 32n) | 7n }, HIT],
    ['both, one differs', { DBGBCR4_EL1: control({ bt: 15 }), DBGBVR4_EL1: (9n << 32n) | 8n }, MISS],
  ])('linked to %s (D2.8.4)', (_, set, expected) => {
    const state = { CONTEXTIDR_EL1: 7n, CONTEXTIDR_EL2: 9n, VTTBR_EL2: VMID };
    expect(takes(text, { ...on, ...state, DBGBCR0_EL1: control({ bt: 1, lbn: 4 }), ...set }, EL1)).toEqual([expected]);
  });

  test('linked to a breakpoint that compares no contexts: off', () => {
    const set = { DBGBCR0_EL1: control({ bt: 1, lbn: 3 }), DBGBCR3_EL1: control({ bt: 3 }), CONTEXTIDR_EL1: 0n };
    expect(takes(text, { ...on, ...set }, EL1)).toEqual([MISS]);
  });

  test('a VMID of eight bits compares eight (VTCR_EL2.VS)', () => {
    const set = { DBGBCR0_EL1: control({ bt: 1, lbn: 4 }), DBGBCR4_EL1: control({ bt: 9 }), DBGBVR4_EL1: 0x1_42n << 32n };
    expect(takes(text, { ...on, ...set, VTTBR_EL2: VMID }, EL1)).toEqual([HIT]);
    expect(takes(text, { ...on, ...set, VTTBR_EL2: VMID, VTCR_EL2: 1n << 19n }, EL1)).toEqual([MISS]);
  });

  test('a context alone stops its first instruction', () => {
    const set = { ...on, DBGBCR5_EL1: control({ bt: 2 }), DBGBVR5_EL1: 7n };
    expect(takes('mov x0, #7\n msr contextidr_el1, x0\n nop\n hvc #0', set, EL1)).toEqual(['1>2 c2000022 +8']);
  });

  test('priorities (D1.3.5): after the fetch, before UNDEFINED and the Illegal Execution state', () => {
    const set = { ...on, DBGBCR0_EL1: control({}), DBGBVR0_EL1: CODE };
    expect(takes('.inst 0', set, EL1)).toEqual(['1>2 c2000022 +0']);
    expect(takes('nop', set, EL1 | (1n << 20n))).toEqual(['1>2 c2000022 +0']);
    // A fetch that aborts: nothing there.
    const nowhere = { ...set, DBGBVR0_EL1: 0x0b00_0000n, ...{ DBGBCR5_EL1: control({ bt: 2 }), DBGBVR5_EL1: 7n } };
    const far = takes('mov x0, #0x0b000000\n mov x1, #7\n msr contextidr_el1, x1\n br x0', nowhere, EL1);
    expect(far).toEqual(['1>2 c2000022 +c']);
    const aborted = takes('mov x0, #0x0b000000\n br x0', { ...set, DBGBVR0_EL1: 0x0b00_0000n }, EL1);
    expect(aborted[0]).toContain('1>1 86000010 far b000000');
  });

  test('the record has the instruction that was not executed', () => {
    const outcome = run('nop\n add x0, x0, #1', { registers: { ...UNLOCKED, ...on, DBGBCR0_EL1: control({}) } });
    expect(outcome.exceptions[0]?.word).toBe(0x9100_0400);
    expect(outcome.exceptions[0]?.cause[0]?.register).toBe('DBGBCR0_EL1');
    expect(outcome.p.x(0)).toBe(0n);
  });

  test('returning to it takes it again; with the unit off the instruction executes', () => {
    const { p } = run(text, { registers: { ...UNLOCKED, ...on, DBGBCR0_EL1: control({}) } });
    p.returnFromEl2();
    p.run(10);
    expect(p.readRegister('ELR_EL2')).toBe(CODE + 4n);
    p.writeRegister('DBGBCR0_EL1', 0n);
    p.returnFromEl2();
    p.run(10);
    expect(p.readRegister('ELR_EL2')).toBe(CODE + 12n);
  });
});

describe('watchpoints (D2.9)', () => {
  const AT = RAM + 0x100n;
  const on = { MDCR_EL2: TDE, MDSCR_EL1: MDE, DBGWVR0_EL1: AT };
  const NONE = '1>2 5a000000';
  // LSC is bits 4:3, PAC 2:1, BAS 12:5, MASK 28:24.
  test.each([
    ['strb w1, [x0, #3]', 0x11fn, 'd2000062 far 40000103'],
    ['strb w1, [x0, #2]', 0x11fn, NONE],
    ['ldr x1, [x0]', 0x1fefn, 'd2000022 far 40000100'],
    ['str x1, [x0]', 0x1fefn, NONE],
    ['ldr x1, [x0]', 0x1ff7n, NONE],
    ['ldp x1, x2, [x0]', 0x1fffn, 'd2000022 far 40000100'],
    ['ldp x1, x2, [x0, #-8]', 0x1fffn, 'd2000022 far 40000100'],
    ['ldrb w1, [x0, #1]', 0x3fn, NONE],
    ['ldur x1, [x0, #-4]', 0x3fn, 'd2000022 far 40000100'],
    ['str x1, [x0, #56]', 0x600_1fffn, 'd2000062 far 40000138'],
    ['str x1, [x0, #64]', 0x600_1fffn, NONE],
    ['ldr q1, [x0]', 0x1fffn, 'd2000022 far 40000100'],
    ['ldxr x1, [x0]', 0x1fefn, 'd2000022 far 40000100'],
    ['prfm pldl1keep, [x0]', 0x1fffn, NONE],
    ['ldadd x1, x2, [x0]', 0x1fffn, 'd2000022 far 40000100'],
    ['ldadd x1, x2, [x0]', 0x1ff7n, 'd2000062 far 40000100'],
    ['cas x1, x2, [x0]', 0x1ff7n, 'd2000062 far 40000100'],
    ['dc cvac, x0', 0x1fffn, NONE],
  ])('%s with DBGWCR0_EL1 = %s', (text, wcr, expected) => {
    const set = { ...on, DBGWCR0_EL1: wcr };
    expect(takes(`${text}\n hvc #0`, set, EL1, { x: [AT, 1n], prepare: normalMemory })[0]).toContain(expected);
  });

  test.each([
    ['ldr x1, [x0]', 'EL0', 0x1ffdn, NONE],
    ['ldtr x1, [x0]', 'EL0', 0x1ffdn, 'd2000022 far 40000100'],
    ['ldr x1, [x0]', 'EL1', 0x1ffbn, 'd2000022 far 40000100'],
    ['ldtr x1, [x0]', 'EL1', 0x1ffbn, NONE],
  ])('%s at EL1, watched for %s (PAC)', (text, _, wcr, expected) => {
    expect(takes(`${text}\n hvc #0`, { ...on, DBGWCR0_EL1: wcr }, EL1, { x: [AT] })[0]).toContain(expected);
  });

  test('a word, by bit 2 of the address', () => {
    const set = { ...on, DBGWVR0_EL1: AT + 4n, DBGWCR0_EL1: 0x5fn };
    expect(takes('ldrb w1, [x0, #4]\n hvc #0', set, EL1, { x: [AT] })[0]).toContain(NONE);
    expect(takes('ldrb w1, [x0, #5]\n hvc #0', set, EL1, { x: [AT] })[0]).toContain('far 40000105');
  });

  test('nothing is stored, also not by DC ZVA over a block of which one byte is watched', () => {
    const options: Options = {
      x: [RAM, 5n],
      registers: { ...UNLOCKED, ...on, DBGWVR0_EL1: RAM + 32n, DBGWCR0_EL1: 0x1fffn },
      prepare: (p, memory) => {
        memory.writeBytes(RAM, new Uint8Array(64).fill(9));
        normalMemory(p, memory);
      },
    };
    const zeroed = run('dc zva, x0\n hvc #0', options);
    expect(taken(zeroed)).toEqual(['1>2 d2000062 far 40000020 +0']);
    expect(zeroed.memory.readBytes(RAM, 64)).toEqual(new Uint8Array(64).fill(9));
    const stored = run('str x1, [x0, #32]\n hvc #0', options);
    expect(taken(stored)).toEqual(['1>2 d2000062 far 40000020 +0']);
    expect(stored.memory.readBytes(RAM, 64)).toEqual(new Uint8Array(64).fill(9));
    const added = run('add x0, x0, #32\n ldadd x1, x2, [x0]\n hvc #0', options);
    expect(added.p.x(2)).toBe(0n);
  });

  test('DC ZVA to Device memory: the alignment fault first, on a processor like QEMU the watchpoint', () => {
    const set = { ...on, DBGWCR0_EL1: 0x1fffn };
    expect(takes('dc zva, x0\n hvc #0', set, EL1, { x: [AT] })[0]).toContain('96000061 far 40000100');
    const model = cpuModel('qemu-7.2-max') ?? max();
    expect(takes('dc zva, x0\n hvc #0', set, EL1, { x: [AT], model })[0]).toContain('d2000062 far 40000100');
    expect(takes('dc zva, x0\n hvc #0', { MDSCR_EL1: 0n }, EL1, { x: [AT], model })[0]).toContain('96000061 far 40000100');
  });

  test('linked to a context', () => {
    const set = {
      ...on,
      DBGWVR0_EL1: RAM,
      DBGWCR0_EL1: 0x1fffn | (1n << 20n) | (4n << 16n),
      DBGBCR4_EL1: 0x3001e7n,
      DBGBVR4_EL1: 7n,
    };
    expect(takes('ldr x1, [x0]\n hvc #0', { ...set, CONTEXTIDR_EL1: 7n }, EL1, { x: [RAM] })[0]).toContain('d2000022');
    expect(takes('ldr x1, [x0]\n hvc #0', { ...set, CONTEXTIDR_EL1: 6n }, EL1, { x: [RAM] })[0]).toContain(NONE);
  });

  test.each([
    ['EL0 to EL1', EL0, {}, '0>1 d2000022 far 40000000 +0'],
    ['EL1 for itself, with KDE', EL1, { MDSCR_EL1: MDE | KDE }, '1>1 d6000022 far 40000000 +0'],
    ['EL1 for itself, D set', EL1_D, { MDSCR_EL1: MDE | KDE }, '1>2 5a000000 +8'],
  ])('routing: %s', (_, pstate, set, expected) => {
    const all = { ...on, DBGWVR0_EL1: RAM, MDCR_EL2: 0n, DBGWCR0_EL1: 0x1fffn, ...set };
    expect(takes('ldr x1, [x0]\n hvc #0', all, pstate, { x: [RAM] })[0]).toBe(expected);
  });

  test('priorities (D1.3.5): after translation, before an external abort', () => {
    const set = { ...on, DBGWVR0_EL1: 0x0b00_0000n, DBGWCR0_EL1: 0x1fffn };
    expect(takes('ldr x1, [x0]\n hvc #0', set, EL1, { x: [0x0b00_0000n] })[0]).toContain('d2000022 far b000000');
    // Unaligned, of Device memory: an alignment fault first.
    expect(takes('ldr x1, [x0, #4]\n hvc #0', set, EL1, { x: [0x0b00_0000n] })[0]).toContain('96000021 far b000004');
  });

  test('pages that were accessed before the watchpoint was set', () => {
    const text = 'ldr x1, [x0]\n mov x2, #0x1fff\n msr dbgwcr0_el1, x2\n isb\n ldr x1, [x0, #8]\n ldr x1, [x0]\n hvc #0';
    const set = { MDCR_EL2: 0n, MDSCR_EL1: MDE | KDE, DBGWVR0_EL1: RAM };
    expect(takes(text, set, EL1, { x: [RAM] })[0]).toBe('1>1 d6000022 far 40000000 +14');
  });
});

describe('debug registers (D24.3)', () => {
  test('claim tags: reads of SET tell which there are, CLR which are claimed', () => {
    const text = `mrs x0, dbgclaimset_el1\n mov x9, #0x1ff\n msr dbgclaimset_el1, x9\n mov x9, #0x81\n msr dbgclaimclr_el1, x9
      mrs x1, dbgclaimset_el1\n mrs x2, dbgclaimclr_el1`;
    expect(registers(text, 'x0 x1 x2')).toBe('x0=ff x1=ff x2=7e');
  });

  test('external debug is not enabled, Non-secure non-invasive debug always', () => {
    expect(registers('mrs x0, dbgauthstatus_el1', 'x0')).toBe('x0=e');
    expect(registers('mrs x0, dbgauthstatus_el1', 'x0', { model: cpuModel('cortex-a53') ?? max() })).toBe('x0=a');
  });

  test('the OS lock: set after reset, told by OSLSR_EL1', () => {
    expect(registers('mrs x0, oslsr_el1\n msr oslar_el1, xzr\n mrs x1, oslsr_el1', 'x0 x1')).toBe('x0=a x1=8');
  });

  test('the OS double lock is there where FEAT_DoubleLock is, and stops debug exceptions', () => {
    const step = 'mov x0, #1\n msr osdlr_el1, x0\n mrs x1, osdlr_el1\n msr mdscr_el1, x0\n nop\n hvc #0';
    const options: Options = { registers: { OSLAR_EL1: 0n, MDCR_EL2: 0n } };
    expect(registers(step, 'x1', options)).toBe('x1=0');
    const model = cpuModel('cortex-a53') ?? max();
    expect(registers(step, 'x1', { ...options, model })).toBe('x1=1');
    const locked = { OSLAR_EL1: 0n, OSDLR_EL1: 1n, MDCR_EL2: TDE, MDSCR_EL1: SS };
    expect(taken(run('nop\n hvc #1', { model, registers: locked }))).toEqual(['1>2 5a000001 +8']);
    // Not while power-down is held off.
    expect(taken(run('nop\n hvc #1', { model, registers: { ...locked, DBGPRCR_EL1: 1n } }))).toEqual(['1>2 ca000022 +0']);
  });

  test('the debug channel: what is sent is never taken, and nothing comes', () => {
    const text = `mrs x0, mdccsr_el0\n mov x9, #0x41\n msr dbgdtrtx_el0, x9\n mrs x1, mdccsr_el0\n mrs x2, dbgdtrrx_el0\n mrs x3, dbgdtr_el0`;
    expect(registers(text, 'x0 x1 x2 x3')).toBe('x0=0 x1=20000000 x2=0 x3=4100000000');
  });

  test('the external side of MDSCR_EL1 is written under the OS lock only', () => {
    const text = 'mov x9, #0x60000000\n orr x9, x9, #0x4000\n msr mdscr_el1, x9\n mrs x0, mdscr_el1\n mrs x1, mdccsr_el0';
    expect(registers(text, 'x0 x1', { registers: { OSLAR_EL1: 0n } })).toBe('x0=0 x1=0');
    expect(registers(text, 'x0 x1', { registers: { OSLAR_EL1: 1n } })).toBe('x0=60004000 x1=60000000');
  });

  test('a breakpoint past the last is UNDEFINED, before any trap', () => {
    const TDA = 1n << 9n;
    const past = run('mrs x0, dbgbvr6_el1', { registers: { MDCR_EL2: TDA } });
    expect(taken(past)[0]).toBe('1>1 2000000 +0');
    expect(past.exceptions[0]?.cause[0]?.doc).toContain('there are 6');
    expect(taken(run('mrs x0, dbgbvr5_el1', { registers: { MDCR_EL2: TDA } }))[0]).toBe('1>2 6228000b +0');
    expect(taken(run('mrs x0, dbgwcr4_el1'))[0]).toBe('1>1 2000000 +0');
  });

  test.each([
    'dbgclaimset_el1',
    'dbgclaimclr_el1',
    'dbgauthstatus_el1',
    'mdccint_el1',
    'oseccr_el1',
    'dbgbcr1_el1',
    'dbgdtrrx_el0',
  ])('MDCR_EL2.TDA takes %s', (name) => {
    const outcome = run(`mrs x0, ${name}`, { registers: { MDCR_EL2: 1n << 9n } });
    expect(outcome.exceptions[0]).toMatchObject({ to: 2 });
    expect(outcome.exceptions[0]?.cause[0]).toMatchObject({ register: 'MDCR_EL2', field: 'TDA' });
  });
});

test('nothing of debug is looked at while it is off', () => {
  const { p, memory } = run('1: ldr x1, [x0]\n b 1b', { x: [TABLES], registers: UNLOCKED, budget: 50 });
  const before = memory.readBytes(VECTORS, 16);
  p.run(50);
  expect(p.instructions).toBe(100n);
  expect(memory.readBytes(VECTORS, 16)).toEqual(before);
});
