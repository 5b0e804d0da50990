// Waits that a trap ends after a delay (FEAT_TWED): what comes before it, what comes in time, and what a debugger does meanwhile. A step of the
// clock is one cycle. What is set up at once is e2e/semantics' affair.
import { describe, expect, test } from 'vitest';
import { fieldRange, setField } from '#arch/field';
import { CODE, type Options, type Outcome, run, taken } from './program.fixture.ts';

const HCR = ['RW', 'TWE', 'TWEDEn'].reduce((value, field) => setField(value, fieldRange('HCR_EL2', field), 1), 0n);
/** The WFE is the second instruction: the delay of 256 cycles starts at 2. */
const PROGRAM = 'mov x0, #1\n wfe\n mov x1, #1\n hvc #0';
const WFE_AT = CODE + 4n;
const END = 258n;
const TRAPPED = '1>2 7e00001 +4';
const EL1 = 0x1c5n;
const PSTATE_SS = 1n << 21n;
const CALLED = '1>2 5a000000 +10';

function waiting(options: Options = {}, text = PROGRAM): Outcome {
  const outcome = run(text, { ...options, registers: { HCR_EL2: HCR, ...options.registers } });
  expect(outcome.stop).toEqual({ kind: 'wait', what: 'wfe', deadline: END });
  expect(taken(outcome)).toEqual([]);
  return outcome;
}

function at(outcome: Outcome, clock: bigint): Outcome['stop'] {
  outcome.memory.clock = clock;
  return outcome.p.run(100).stop;
}

describe('a WFE that will be trapped waits for an event first (Arm ARM J1.3.3, Hint_WFE)', () => {
  test('none comes: the trap, with the WFE as return address', () => {
    const outcome = waiting();
    expect(outcome.p.pc).toBe(WFE_AT);
    expect(at(outcome, END - 1n)).toEqual({ kind: 'wait', what: 'wfe', deadline: END });
    expect(at(outcome, END)).toMatchObject({ kind: 'exception' });
    expect(taken(outcome)).toEqual([TRAPPED]);
    expect(outcome.p.x(1)).toBe(0n);
  });

  test('one comes in time: the WFE is over, untrapped, and the event used up', () => {
    const outcome = waiting({}, `${PROGRAM.replace(' hvc #0', '')} wfe\n hvc #0`);
    outcome.p.setEvent();
    // The second WFE waits for its own, from where it is executed on.
    expect(at(outcome, 200n)).toMatchObject({ kind: 'wait', deadline: 458n });
    expect([outcome.p.x(1), outcome.p.pc]).toEqual([1n, CODE + 12n]);
    at(outcome, 458n);
    expect(taken(outcome)).toEqual(['1>2 7e00001 +c']);
  });

  test('an interrupt comes in time: taken behind the WFE', () => {
    const outcome = waiting({ registers: { DAIF: 0n } });
    outcome.p.setLine('irq', true);
    at(outcome, 100n);
    expect(taken(outcome)[0]).toBe('1>1 irq +8');
  });

  test('an interrupt that is masked ends the wait all the same', () => {
    const outcome = waiting();
    outcome.p.setLine('irq', true);
    at(outcome, 100n);
    expect(taken(outcome)).toEqual([CALLED]);
  });

  test('the return from the trap is an event itself: the WFE is over', () => {
    const outcome = waiting();
    at(outcome, END);
    outcome.p.returnFromEl2();
    expect(outcome.p.run(100).stop.kind).toBe('exception');
    expect(taken(outcome)).toEqual([TRAPPED, CALLED]);
  });

  describe('under software step (D2.12)', () => {
    const stepped = (): Outcome => {
      const outcome = run('wfe\n mov x1, #1', {
        registers: { HCR_EL2: HCR, OSLAR_EL1: 0n, MDCR_EL2: 1n << 8n, MDSCR_EL1: 1n },
        prepare: (p) => {
          p.pstate = EL1 | PSTATE_SS;
        },
      });
      expect(outcome.stop).toEqual({ kind: 'wait', what: 'wfe', deadline: 257n });
      return outcome;
    };

    test('the event ends the step: the exception comes behind the WFE, and says that it was stepped', () => {
      const outcome = stepped();
      outcome.p.setEvent();
      at(outcome, 100n);
      expect(taken(outcome)).toEqual(['1>2 cb000022 +4']);
      expect([outcome.exceptions[0]?.spsr, outcome.p.x(1)]).toEqual([EL1, 0n]);
    });

    test('the trap comes instead of it, and SPSR.SS stays', () => {
      const outcome = stepped();
      at(outcome, 257n);
      expect(taken(outcome)).toEqual(['1>2 7e00001 +0']);
      expect(outcome.exceptions[0]?.spsr).toBe(EL1 | PSTATE_SS);
    });
  });

  test('PC written while it waits: what is there now executes, and no event is missed', () => {
    const outcome = waiting();
    outcome.p.pc = CODE + 12n;
    expect(outcome.p.waiting).toBeUndefined();
    expect(outcome.p.run(100).stop.kind).toBe('exception');
    expect(taken(outcome)).toEqual([CALLED]);
  });

  test('a WFET whose time comes first is over without a trap', () => {
    const outcome = run('mov x0, #10\n wfet x0\n mov x1, #1\n hvc #0', { registers: { HCR_EL2: HCR } });
    expect(outcome.stop).toEqual({ kind: 'wait', what: 'wfe', deadline: 160n });
    at(outcome, 160n);
    expect([taken(outcome), outcome.p.x(1)]).toEqual([[CALLED], 1n]);
  });

  test('an event that the stream brings first is no trap either', () => {
    const outcome = run(PROGRAM, { registers: { HCR_EL2: HCR, CNTKCTL_EL1: 0x24n } });
    expect(outcome.stop).toEqual({ kind: 'wait', what: 'wfe', deadline: 64n });
    at(outcome, 64n);
    expect([taken(outcome), outcome.p.x(1)]).toEqual([[CALLED], 1n]);
  });

  test('it is state: what is saved while it waits goes on as it would have', () => {
    const outcome = waiting();
    const bytes = outcome.memory.u8.slice();
    const other = run('nop', { budget: 1 });
    other.memory.u8.set(bytes);
    other.memory.reloadRegions();
    other.memory.clock = END;
    other.p.run(100);
    expect(taken(other)).toEqual([TRAPPED]);
  });
});
