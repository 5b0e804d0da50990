import { expect, test } from 'vitest';
import { type MachineSlice, type ProgramSlice, useClient } from '#client';
import { controls, count, statusText } from './run-state.ts';

const initial = useClient.getInitialState();

function machine(change: Partial<MachineSlice>): MachineSlice {
  return { ...initial.machine, ...change };
}
function program(change: Partial<ProgramSlice> = {}): ProgramSlice {
  return { ...initial.program, source: 'nop', loaded: true, ...change };
}

const ask = { exit: 21, kind: 'mmio', access: 'read', what: '1 byte at 0x0b00_0003', bytes: 1, permitted: ['value'] } as const;
const atReset = machine({ status: { kind: 'paused', why: 'reset' } });
const stepped = machine({ status: { kind: 'paused', why: 'step' }, moment: { instructions: 12345, exits: 0 }, line: 38 });
const running = machine({ status: { kind: 'running' } });
const waiting = machine({ status: { kind: 'waiting', ask }, moment: { instructions: 99, exits: 21 } });
const ended = machine({ status: { kind: 'ended', reason: 'shutdown', message: 'off' } });

test('count groups thousands', () => {
  expect([0, 999, 1000, 1234567].map(count)).toEqual(['0', '999', '1\u202f000', '1\u202f234\u202f567']);
});

test.each([
  [machine({}), { world: undefined, words: 'Not started' }],
  [atReset, { world: '1', words: 'At reset', where: 'not run yet · 0 instr' }],
  [stepped, { world: '1', words: 'Stopped at line 38', where: '12\u202f345 instr · vCPU 0' }],
  [running, { words: 'Running' }],
  [waiting, { world: 'V', words: 'Waiting for you', where: 'exit 21 · 99 instr · vCPU 0', tone: 'waits' }],
  [ended, { words: 'Powered off' }],
  [machine({ status: { kind: 'ended', reason: 'error', errno: 'ENOSYS', message: '' } }), { tone: 'failed' }],
])('status box %#', (state, expected) => {
  expect(statusText(state, program())).toMatchObject(expected);
});

test('errors in the program are counted while nothing is loaded', () => {
  const diagnostics = [{ line: 1, column: 1, endColumn: 2, severity: 'error', code: 'x', message: '' } as const];
  const assembled = { ok: false, diagnostics, lines: [], symbols: {} };
  expect(statusText(machine({}), program({ loaded: false, assembled })).where).toBe('1 error in the program');
});

test.each([
  ['nothing loaded', machine({}), program({ loaded: false }), { reset: false, step: true, pause: false, run: true }],
  [
    'an empty text',
    machine({}),
    program({ loaded: false, source: ' ' }),
    { reset: false, step: false, pause: false, run: false },
  ],
  ['at reset', atReset, program(), { reset: false, step: true, pause: false, run: true }],
  ['stepped', stepped, program(), { reset: true, step: true, pause: false, run: true }],
  ['running', running, program(), { reset: true, step: false, pause: true, run: false }],
  ['running another text', running, program({ loaded: false }), { reset: true, step: false, pause: true, run: false }],
  ['waiting', waiting, program(), { reset: true, step: false, pause: false, run: false }],
  ['waiting, text changed', waiting, program({ loaded: false }), { reset: true, step: true, pause: false, run: true }],
  [
    'crashed',
    machine({ status: { kind: 'crashed', message: '' } }),
    program({ loaded: false }),
    { reset: false, step: false, run: false },
  ],
  ['ended', ended, program(), { reset: true, step: false, pause: false, run: true, runAnew: true }],
])('controls: %s', (_, state, text, expected) => {
  expect(controls(state, text)).toMatchObject(expected);
});
