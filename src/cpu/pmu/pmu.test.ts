// The performance monitors, tested as programs (Arm ARM D13). An instruction is a cycle, so every count is exact.
import { describe, expect, test } from 'vitest';
import { cpuModel, modelOf, restoreSnapshot, stateHash, takeSnapshot } from '../index.ts';
import { CODE, max, type Options, registers, run, taken } from '../program.fixture.ts';
import { announcedEvents, EVENT, howCounted } from './events.ts';

const E = 1n;
const P = 2n;
const C = 4n;
const LP = 1n << 7n;
const DP = 1n << 5n;
const CYCLES = 1n << 31n;
const FILTER = { P: 1n << 31n, U: 1n << 30n, NSH: 1n << 27n };
/** MDCR_EL2: all six counters are EL1's. */
const ALL = 6n;
const HPME = 1n << 7n;
const HPMD = 1n << 17n;
const HCCD = 1n << 23n;
const HLP = 1n << 26n;
const HCR_RW = 1n << 31n;

/** Counters with these events on, and the cycle counter. */
function counting(events: readonly number[], more: Readonly<Record<string, bigint>> = {}): Options {
  const types = events.map((event, n) => [`PMEVTYPER${n}_EL0`, BigInt(event)] as const);
  return {
    registers: {
      ...Object.fromEntries(types),
      PMCNTENSET_EL0: CYCLES | ((1n << BigInt(events.length)) - 1n),
      PMCR_EL0: E,
      ...more,
    },
  };
}

describe('counting (D13.2, D13.4)', () => {
  test('cycles and instructions, between two reads and at the end', () => {
    const text = 'mrs x0, pmccntr_el0\n nop\n nop\n mrs x1, pmccntr_el0\n mrs x2, pmevcntr0_el0';
    expect(registers(text, 'x0 x1 x2 PMCCNTR_EL0 PMEVCNTR0_EL0', counting([EVENT.INST_RETIRED]))).toBe(
      'x0=1 x1=4 x2=5 PMCCNTR_EL0=6 PMEVCNTR0_EL0=6',
    );
  });

  test.each([
    ['PMCR_EL0.E clear', { PMCR_EL0: 0n }, '0'],
    ['PMCNTENSET_EL0 clear', { PMCNTENSET_EL0: 0n, PMCNTENCLR_EL0: CYCLES }, '0'],
    ['P: not at EL1', { PMCCFILTR_EL0: FILTER.P }, '0'],
    ['U: at EL1 all the same', { PMCCFILTR_EL0: FILTER.U }, '3'],
  ])('%s', (_, more, expected) => {
    expect(registers('nop\n nop', 'PMCCNTR_EL0', counting([], more))).toBe(`PMCCNTR_EL0=${expected}`);
  });

  test('it starts and stops with the instruction that says so', () => {
    const text = 'mov x9, #0x80000000\n nop\n msr pmcntenset_el0, x9\n nop\n nop\n msr pmcntenclr_el0, x9\n nop\n nop';
    expect(registers(text, 'PMCCNTR_EL0', { registers: { PMCR_EL0: E } })).toBe('PMCCNTR_EL0=3');
  });

  test('levels apart: EL0, EL1 and EL2 (PMEVTYPER<n>_EL0.{P,U,NSH})', () => {
    const [cycles] = [BigInt(EVENT.CPU_CYCLES)];
    const outcome = run('nop\n nop\n svc #0', {
      ...counting([0, 0, 0], {
        PMEVTYPER0_EL0: cycles | FILTER.P,
        PMEVTYPER1_EL0: cycles | FILTER.U,
        PMEVTYPER2_EL0: cycles | FILTER.U | FILTER.P | FILTER.NSH,
        PMCCFILTR_EL0: FILTER.NSH,
      }),
      el: 0,
      vector: 'nop\n nop\n nop\n hvc #0xe000',
    });
    const { p } = outcome;
    expect(taken(outcome)[1]).toContain('1>2 5a00e000');
    const read = ['PMEVCNTR0_EL0', 'PMEVCNTR1_EL0', 'PMEVCNTR2_EL0', 'PMCCNTR_EL0'].map((name) => p.readRegister(name));
    expect(read).toEqual([3n, 4n, 0n, 7n]);
  });

  test('at EL2: NSH', () => {
    const options = { el: 2, el2: 'guest', budget: 5 } as const;
    const set = (filter: bigint) => counting([], { PMCCFILTR_EL0: filter, HCR_EL2: HCR_RW });
    expect(run('b .', { ...set(FILTER.NSH), ...options }).p.readRegister('PMCCNTR_EL0')).toBe(5n);
    expect(run('b .', { ...set(0n), ...options }).p.readRegister('PMCCNTR_EL0')).toBe(0n);
  });

  test('events: what is UNDEFINED does not retire; exceptions and returns; software', () => {
    const events = [EVENT.CPU_CYCLES, EVENT.INST_RETIRED, EVENT.EXC_TAKEN, EVENT.EXC_RETURN, EVENT.SW_INCR];
    const outcome = run('.inst 0\n svc #0\n mov x9, #0x1f\n msr pmswinc_el0, x9\n msr pmswinc_el0, x9\n hvc #0', {
      ...counting(events),
      vector: 'mrs x8, esr_el1\n lsr x8, x8, #26\n cbnz x8, 1f\n mrs x7, elr_el1\n add x7, x7, #4\n msr elr_el1, x7\n 1: eret',
    });
    // The program: UNDEFINED, SVC, mov, msr, msr, HVC. The handler: 7 instructions, then 4.
    expect(taken(outcome).at(-1)).toBe('1>2 5a000000 +18');
    const read = events.map((_, n) => Number(outcome.p.readRegister(`PMEVCNTR${n}_EL0`)));
    expect(read).toEqual([17, 16, 3, 2, 2]);
  });

  test('stalls never happen, and events that are not announced count nothing', () => {
    const L1D_CACHE = 0x04;
    const options = counting([EVENT.STALL, L1D_CACHE, EVENT.STALL_FRONTEND]);
    expect(registers('ldr x1, [x0]\n nop', 'PMEVCNTR0_EL0 PMEVCNTR1_EL0 PMEVCNTR2_EL0', { ...options, x: [CODE] })).toBe(
      'PMEVCNTR0_EL0=0 PMEVCNTR1_EL0=0 PMEVCNTR2_EL0=0',
    );
    // Cortex-A57 as measured announces cycles and no instructions.
    const model = cpuModel('cortex-a57') ?? max();
    expect(registers('nop', 'PMEVCNTR0_EL0 PMEVCNTR1_EL0', { ...counting([EVENT.INST_RETIRED, EVENT.CPU_CYCLES]), model })).toBe(
      'PMEVCNTR0_EL0=0 PMEVCNTR1_EL0=2',
    );
  });

  test('PMCEID0_EL0 and PMCEID1_EL0 announce what is counted, and nothing else', () => {
    const read = (n: 0 | 1): bigint => max().registers.get(`PMCEID${n}_EL0`) ?? 0n;
    for (let event = 0; event < 64; event += 1) {
      const announced = (read(event < 32 ? 0 : 1) >> BigInt(event & 31)) & 1n;
      expect([event, announced === 1n]).toEqual([event, howCounted(event) !== undefined]);
    }
    expect([read(0), read(1)]).toEqual([announcedEvents(0), announcedEvents(1)]);
    // What FEAT_PMUv3p4 requires of what can be counted here (D13.12.2).
    for (const event of ['SW_INCR', 'CPU_CYCLES', 'INST_RETIRED', 'STALL_FRONTEND', 'STALL_BACKEND', 'STALL'] as const)
      expect(howCounted(EVENT[event])).toBeDefined();
  });

  test('a level that is changed by hand is another from there on', () => {
    const { p } = run('b .', { ...counting([], { PMCCFILTR_EL0: FILTER.U }), budget: 10 });
    p.pstate = 0x3c0n;
    p.run(10);
    expect(p.readRegister('PMCCNTR_EL0')).toBe(10n);
  });
});

describe('overflow (D13.3)', () => {
  test.each([
    ['32 bits', 0n, 0xffff_fffen, '100000002', 1n],
    ['64 bits, with PMCR_EL0.LP', LP, 0xffff_fffen, '100000002', 0n],
    ['64 bits over the top', LP, 0xffff_ffff_ffff_fffen, '2', 1n],
  ])('of an event counter after %s', (_, pmcr, start, expected, flag) => {
    const options = counting([EVENT.CPU_CYCLES], { PMEVCNTR0_EL0: start, PMCR_EL0: E | pmcr });
    const outcome = run('nop\n nop\n nop\n hvc #0', options);
    expect(outcome.p.readRegister('PMEVCNTR0_EL0').toString(16)).toBe(expected);
    expect(outcome.p.readRegister('PMOVSSET_EL0')).toBe(flag);
  });

  test('before FEAT_PMUv3p5 the counter has 32 bits', () => {
    const model = cpuModel('cortex-a76') ?? max();
    const options = { ...counting([EVENT.CPU_CYCLES], { PMEVCNTR0_EL0: 0xf_ffff_fffen }), model };
    expect(registers('nop\n nop', 'PMEVCNTR0_EL0 PMOVSSET_EL0', options)).toBe('PMEVCNTR0_EL0=1 PMOVSSET_EL0=1');
  });

  test('of the cycle counter after 64 bits: PMCR_EL0.LC is RES1 without AArch32', () => {
    const options = counting([], { PMCCNTR_EL0: 0xffff_fffen });
    expect(registers('mrs x0, pmcr_el0\n nop\n nop', 'x0 PMOVSSET_EL0', options)).toBe('x0=41013041 PMOVSSET_EL0=0');
    const near = counting([], { PMCCNTR_EL0: (1n << 64n) - 2n });
    expect(registers('nop\n nop', 'PMCCNTR_EL0 PMOVSSET_EL0', near)).toBe('PMCCNTR_EL0=1 PMOVSSET_EL0=80000000');
  });

  test('CHAIN: an odd counter counts the overflows of the one below it', () => {
    const set = { PMEVCNTR0_EL0: 0xffff_ffffn };
    const chain = counting([EVENT.CPU_CYCLES, EVENT.CHAIN], set);
    expect(registers('nop\n nop', 'PMEVCNTR1_EL0 PMOVSSET_EL0', chain)).toBe('PMEVCNTR1_EL0=1 PMOVSSET_EL0=1');
    const long = counting([EVENT.CPU_CYCLES, EVENT.CHAIN], { ...set, PMCR_EL0: E | LP });
    expect(registers('nop\n nop', 'PMEVCNTR1_EL0', long)).toBe('PMEVCNTR1_EL0=0');
  });

  test('flags are set and cleared by software', () => {
    const text =
      'mov x9, #3\n msr pmovsset_el0, x9\n mov x9, #1\n msr pmovsclr_el0, x9\n mrs x0, pmovsset_el0\n mrs x1, pmovsclr_el0';
    expect(registers(text, 'x0 x1', {})).toBe('x0=2 x1=2');
  });

  test('the interrupt rises at the instruction that overflows, and is held until the flag goes', () => {
    const levels: string[] = [];
    const options = counting([EVENT.CPU_CYCLES], { PMEVCNTR0_EL0: 0x1_0000_0000n - 20n, PMINTENSET_EL1: 1n });
    const outcome = run('b .', {
      ...options,
      budget: 0,
      pmuOutput: (level) => levels.push(`${level} ${outcome.p.instructions}`),
    });
    const { p } = outcome;
    p.run(50);
    expect(levels).toEqual(['true 20']);
    p.writeRegister('PMOVSCLR_EL0', 1n);
    expect(levels[1]).toBe('false 50');
    // Not with PMINTENSET_EL1 or PMCR_EL0.E clear.
    p.writeRegister('PMOVSSET_EL0', 1n);
    p.writeRegister('PMINTENCLR_EL1', 1n);
    p.writeRegister('PMINTENSET_EL1', 1n);
    p.writeRegister('PMCR_EL0', 0n);
    expect(levels.map((level) => level.split(' ')[0])).toEqual(['true', 'false', 'true', 'false', 'true', 'false']);
  });

  test('a counter set to overflow while it runs is met exactly', () => {
    const levels: string[] = [];
    const text = 'mov x9, #0xfffffff0\n msr pmevcntr0_el0, x9\n b .';
    const outcome = run(text, {
      ...counting([EVENT.CPU_CYCLES], { PMINTENSET_EL1: 1n }),
      budget: 0,
      pmuOutput: (level) => levels.push(`${level} ${outcome.p.instructions}`),
    });
    outcome.p.run(1000);
    // Sixteen after the MSR, which is the second.
    expect(levels).toEqual(['true 18']);
  });
});

describe('the split between EL1 and EL2 (D13.8)', () => {
  test('PMCR_EL0.N is MDCR_EL2.HPMN below EL2, and the masks end there', () => {
    const text = 'mov x9, #-1\n msr pmcntenset_el0, x9\n mrs x0, pmcntenset_el0\n mrs x1, pmcr_el0\n ubfx x1, x1, #11, #5';
    expect(registers(text, 'x0 x1', { registers: { MDCR_EL2: 2n } })).toBe('x0=80000003 x1=2');
    expect(registers(text, 'x0 x1', { registers: { MDCR_EL2: ALL } })).toBe('x0=8000003f x1=6');
    const host = run(`${text}\n b .`, { el: 2, el2: 'guest', budget: 10, registers: { MDCR_EL2: 2n } });
    expect([host.p.x(0), host.p.x(1)]).toEqual([0x8000_003fn, 6n]);
  });

  test('reset leaves all counters to EL1', () => {
    expect(run('nop').p.readRegister('MDCR_EL2') & 0x1fn).toBe(6n);
  });

  test('counters of EL2 start with HPME and are long with HLP', () => {
    const set = { PMEVTYPER2_EL0: BigInt(EVENT.CPU_CYCLES), PMCNTENSET_EL0: 4n, PMEVCNTR2_EL0: 0xffff_ffffn };
    const count = (mdcr: bigint, pmcr: bigint): string => {
      const options: Options = { registers: { ...set, PMCR_EL0: pmcr, MDCR_EL2: mdcr } };
      return registers('nop', 'PMEVCNTR2_EL0 PMOVSSET_EL0', options);
    };
    expect(count(2n, E)).toBe('PMEVCNTR2_EL0=ffffffff PMOVSSET_EL0=0');
    expect(count(2n | HPME, 0n)).toBe('PMEVCNTR2_EL0=100000001 PMOVSSET_EL0=4');
    expect(count(2n | HPME | HLP, 0n)).toBe('PMEVCNTR2_EL0=100000001 PMOVSSET_EL0=0');
    expect(count(ALL | HPME, E)).toBe('PMEVCNTR2_EL0=100000001 PMOVSSET_EL0=4');
  });

  test.each([
    ['nothing', 0n, 0n, [5n, 5n, 5n]],
    ['HPMD: EL1’s counters stop at EL2', HPMD, 0n, [5n, 0n, 5n]],
    ['HPMD with PMCR_EL0.DP: the cycle counter too', HPMD, DP, [0n, 0n, 5n]],
    ['DP alone', 0n, DP, [5n, 5n, 5n]],
    ['HCCD: the cycle counter', HCCD, 0n, [0n, 5n, 5n]],
  ])('at EL2, %s', (_, mdcr, pmcr, expected) => {
    const { p } = run('b .', {
      el: 2,
      el2: 'guest',
      budget: 5,
      registers: {
        MDCR_EL2: 2n | HPME | mdcr,
        PMCCFILTR_EL0: FILTER.NSH,
        PMEVTYPER0_EL0: BigInt(EVENT.CPU_CYCLES) | FILTER.NSH,
        PMEVTYPER2_EL0: BigInt(EVENT.CPU_CYCLES) | FILTER.NSH,
        PMCNTENSET_EL0: CYCLES | 5n,
        PMCR_EL0: E | pmcr,
      },
    });
    expect(['PMCCNTR_EL0', 'PMEVCNTR0_EL0', 'PMEVCNTR2_EL0'].map((name) => p.readRegister(name))).toEqual(expected);
  });

  test('PMCR_EL0.P zeroes the counters of the level that writes, C the cycle counter', () => {
    const set = { PMEVCNTR0_EL0: 5n, PMEVCNTR2_EL0: 5n, PMCCNTR_EL0: 5n, MDCR_EL2: 2n, PMOVSSET_EL0: 1n };
    const names = 'PMEVCNTR0_EL0 PMEVCNTR2_EL0 PMCCNTR_EL0 PMOVSSET_EL0';
    const write = (value: bigint) => `mov x9, #${value}\n msr pmcr_el0, x9`;
    expect(registers(write(P), names, { registers: set })).toBe('PMEVCNTR0_EL0=0 PMEVCNTR2_EL0=5 PMCCNTR_EL0=5 PMOVSSET_EL0=1');
    expect(registers(write(C), names, { registers: set })).toBe('PMEVCNTR0_EL0=5 PMEVCNTR2_EL0=5 PMCCNTR_EL0=0 PMOVSSET_EL0=1');
    expect(registers(`${write(P)}\n mrs x0, pmcr_el0`, 'x0', { registers: { MDCR_EL2: ALL } })).toBe('x0=41013040');
  });

  test('the interrupt of an EL2 counter goes by HPME', () => {
    const levels: boolean[] = [];
    const set = { MDCR_EL2: 2n, PMINTENSET_EL1: 4n, PMOVSSET_EL0: 4n, PMCR_EL0: E };
    const { p } = run('nop', { el: 2, el2: 'guest', budget: 0, pmuOutput: (level) => levels.push(level) });
    for (const [name, value] of Object.entries(set)) p.writeRegister(name, value);
    expect(levels).toEqual([]);
    p.writeRegister('MDCR_EL2', 2n | HPME);
    expect(levels).toEqual([true]);
  });
});

describe('registers (D24.5)', () => {
  test('the selected counter and its type', () => {
    const text = `mov x9, #1\n msr pmselr_el0, x9\n mov x9, #0x11\n msr pmxevtyper_el0, x9\n mov x9, #7\n msr pmxevcntr_el0, x9
      mov x9, #31\n msr pmselr_el0, x9\n mov x9, #0x40000000\n msr pmxevtyper_el0, x9\n mrs x0, pmccfiltr_el0
      mrs x2, pmevtyper1_el0\n mrs x3, pmevcntr1_el0`;
    const outcome = run(text, { el: 2, el2: 'guest', budget: 20 });
    expect([0, 2, 3].map((n) => outcome.p.x(n))).toEqual([0x4000_0000n, 0x11n, 7n]);
  });

  test('an event counter past PMCR_EL0.N is UNDEFINED', () => {
    const outcome = run('mrs x0, pmevcntr6_el0', { registers: { MDCR_EL2: 6n } });
    expect(taken(outcome)[0]).toBe('1>1 2000000 +0');
    expect(taken(run('mrs x0, pmevcntr5_el0', { registers: { MDCR_EL2: 5n } }))[0]).toContain('1>2 6');
  });

  test('without FEAT_PMUv3 there is none', () => {
    const without = new Map(max().registers);
    without.set('ID_AA64DFR0_EL1', 0xf00_0000_0006n);
    expect(taken(run('mrs x0, pmccntr_el0', { model: modelOf('without PMU', without) }))[0]).toBe('1>1 2000000 +0');
  });

  test('PMEVTYPER<n>_EL0 keeps the filters and sixteen bits of event', () => {
    expect(registers('mov x9, #-1\n msr pmevtyper0_el0, x9\n msr pmccfiltr_el0, x9', 'PMEVTYPER0_EL0 PMCCFILTR_EL0', {})).toBe(
      'PMEVTYPER0_EL0=c800ffff PMCCFILTR_EL0=c8000000',
    );
  });
});

describe('time and state', () => {
  const events = [EVENT.CPU_CYCLES, EVENT.INST_RETIRED, EVENT.EXC_TAKEN];
  const text = '1: svc #0\n .inst 0\n add x1, x1, #1\n b 1b';
  const vector = 'mrs x8, esr_el1\n lsr x8, x8, #26\n cbnz x8, 1f\n mrs x7, elr_el1\n add x7, x7, #4\n msr elr_el1, x7\n 1: eret';
  const options: Options = { ...counting(events, { PMEVCNTR0_EL0: 0xffff_ff00n }), vector };

  test('slices of any size come to the same', () => {
    const whole = run(text, { ...options, budget: 1000 });
    const sliced = run(text, { ...options, budget: 1 });
    for (let left = 999; left > 0; left -= 3) sliced.p.run(Math.min(3, left));
    expect(sliced.p.instructions).toBe(whole.p.instructions);
    expect(stateHash(sliced.memory)).toBe(stateHash(whole.memory));
    expect(whole.p.readRegister('PMOVSSET_EL0')).toBe(1n);
  });

  test('a snapshot comes back with its counts', () => {
    const { p, memory } = run(text, { ...options, budget: 100 });
    const snapshot = takeSnapshot(memory);
    const read = (): bigint[] => events.map((_, n) => p.readRegister(`PMEVCNTR${n}_EL0`));
    const then = read();
    p.run(500);
    const later = read();
    restoreSnapshot(memory, snapshot);
    expect(read()).toEqual(then);
    p.run(500);
    expect(read()).toEqual(later);
  });
});
