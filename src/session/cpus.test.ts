// Several vCPUs as the page sees them: which one views show, one step or everybody's, and who stopped the run.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULT_BOARD } from '#project';
import { need, type Running, session } from './session.fixture.ts';

const TWO = readFileSync(new URL('../../guests/two-cpus.s', import.meta.url), 'utf8');
const board = { ...DEFAULT_BOARD, memory: 4 << 20, cpus: 2 };
const lineOf = (words: string) => TWO.split('\n').findIndex((line) => line.includes(words)) + 1;

const doings = ({ last }: Running) => last().cpus.map(({ doing }) => doing);

/** Steps everybody until it holds. */
function until(s: Running, holds: () => boolean): void {
  for (let n = 0; n < 5000 && !holds(); n += 1) s.run('step-all');
  expect(holds()).toBe(true);
}

describe('vCPUs', () => {
  test('what each does, and the views follow the one that is chosen', () => {
    const s = session(TWO, { board });
    expect(doings(s)).toEqual(['ready', 'off']);
    expect(s.api.showCpu(2)).toMatchObject({ ok: false, error: { message: 'There is no vCPU 2.' } });
    until(s, () => doings(s)[1] === 'ready');
    const second = s.last().cpus[1];
    // CPU_ON and its own first step were one round.
    expect(second).toMatchObject({ el: 1, line: lineOf('second: mov') + 1 });
    need(s.api.showCpu(1));
    const shown = s.last();
    expect({ cpu: shown.cpu, line: shown.line, pc: shown.registers.values[34] }).toEqual({
      cpu: 1,
      line: second?.line,
      pc: second?.pc,
    });
    expect(need(s.api.registerDetail('MPIDR_EL1')).value).toBe(0x8000_0001n);
    expect(need(s.api.translate({ address: 'pc', access: 'fetch', level: 1, exit: undefined })).address).toBe(second?.pc);
  });

  test('a step is of the shown one alone, and its changes are told from the others’', () => {
    const s = session(TWO, { board });
    until(s, () => doings(s)[1] === 'ready');
    need(s.api.showCpu(1));
    const [first] = s.last().cpus;
    s.run('step');
    expect(s.last().cpu).toBe(1);
    expect(s.last().cpus[0]).toEqual(first);
    expect(s.last().changes.map(({ register }) => register)).toEqual(['x30']);
    need(s.api.showCpu(0));
    expect(s.last().changes).toEqual([]);
    need(s.api.writeRegister(0, 'x20', 7n));
    expect(s.last().changes).toMatchObject([{ register: 'x20', by: 'person' }]);
    need(s.api.showCpu(1));
    expect(s.last().changes.map(({ by }) => by)).toEqual(['guest']);
  });

  test('one that sleeps does not step while others could; everybody’s step goes on', () => {
    const s = session(TWO, { board });
    need(s.api.showCpu(1));
    s.run('step');
    expect(s.last()).toMatchObject({ cpu: 1, status: { kind: 'paused', why: 'asleep' }, moment: { instructions: 0 } });
    s.run('step-all');
    expect(s.last()).toMatchObject({ cpu: 1, moment: { instructions: 1 } });
  });

  test('a breakpoint shows the vCPU that came to it, a question the one that asks', () => {
    const s = session(TWO, { board, breakpoints: [lineOf('mrs     x0, icc_iar1_el1')] });
    s.run();
    expect(s.last()).toMatchObject({ cpu: 1, status: { kind: 'paused', why: 'breakpoint' } });
    expect(doings(s)).toEqual(['wfi', 'ready']);
    s.run();
    expect(s.last().status).toMatchObject({ kind: 'ended', reason: 'shutdown' });

    const asking = session(
      `_start: ldr w0, =0xc4000003\n mov x1, #1\n adr x2, 1f\n hvc #0\n b .\n1: mov x9, #0x0b000000\n ldrb w3, [x9]\n b .`,
      { board },
    );
    asking.run();
    expect(asking.last()).toMatchObject({ cpu: 1, status: { kind: 'waiting' } });
    expect(doings(asking)).toEqual(['ready', 'asks']);
  });

  test('stepping over a call waits for this vCPU, whoever else comes by', () => {
    const s = session(TWO, { board });
    until(s, () => s.last().cpus[1]?.line === lineOf('second: mov') + 1);
    need(s.api.showCpu(1));
    // bl interrupts: the first vCPU counts meanwhile.
    s.run('step-over');
    expect(s.last()).toMatchObject({ cpu: 1, line: lineOf('second: mov') + 2 });
    expect(s.last().cpus[1]?.doing).toBe('ready');
  });
});
