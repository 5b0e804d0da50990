// The gallery's arguments on the command line: each position by the files that stand in guests/, and what tells it from the others.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readConfig, readRules } from '#project';
import { memoryIo } from './memory-io.ts';
import { run } from './run.ts';

const GUESTS = new URL('../../guests/', import.meta.url);
const file = (name: string): string => readFileSync(new URL(name, GUESTS), 'utf8');

type Event = Record<string, unknown> & { event: string };

interface Position {
  readonly config?: string;
  readonly answers?: string;
  readonly cpus?: number;
}

async function guest(name: string, { config, answers, cpus = 1 }: Position = {}) {
  const io = memoryIo({
    files: {
      'g.s': file(`${name}.s`),
      'c.json': config ? file(`${config}.config.json`) : '{}',
      'a.json': answers ? file(`${answers}.answers.json`) : '{"rules":[]}',
    },
  });
  const status = await run(['g.s', '--json', '--cpus', `${cpus}`, '--config', 'c.json', '--answers', 'a.json'], io);
  const events = io.written.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  // Exits but those to the UART.
  const exits = events.filter(
    (e) => e.event === 'exit' && (e['kvm_run'] as { phys_addr?: string } | undefined)?.phys_addr !== '0x9000000',
  );
  return { status, exits, events, said: io.written.stderr, end: events.at(-1) as Event };
}

test('every configuration and every list of answers in guests/ is understood', () => {
  const names = readdirSync(GUESTS);
  const configs = names.filter((name) => name.endsWith('.config.json'));
  const answers = names.filter((name) => name.endsWith('.answers.json'));
  expect(configs.length).toBeGreaterThan(5);
  for (const name of configs) expect({ name, ...readConfig(file(name)) }).toMatchObject({ name, ok: true });
  for (const name of answers) expect({ name, ...readRules(file(name)) }).toMatchObject({ name, ok: true });
});

describe('implementation-defined registers', () => {
  const UNDEF = 'UNDEFINED\nUNDEFINED\nUNDEFINED\nthe register does not keep what is written\n';
  test('the kernel: UNDEFINED without a word to userspace', async () => {
    const { said, exits } = await guest('impdef');
    expect(said).toBe(UNDEF);
    expect(exits[0]).toMatchObject({ outcome: 'injected', injected: { esr: '0x2000000' } });
    expect(exits[0]).not.toHaveProperty('kvm_run');
  });
  test('refused: as reviewed x4 is as it was, as posted it was overwritten before the answer', async () => {
    const reviewed = await guest('impdef', { config: 'impdef', answers: 'impdef-refuse' });
    expect(reviewed.said).toBe(UNDEF);
    expect(reviewed.exits[0]).toMatchObject({ kvm_run: { exit_reason: 'KVM_EXIT_ARM_IDSR' } });
    const posted = await guest('impdef', { config: 'impdef-posted', answers: 'impdef-refuse' });
    expect(posted.said).toBe(UNDEF.replace('\n', '\nx4 was overwritten all the same\n'));
  });
  test('answered: both versions agree', async () => {
    for (const config of ['impdef', 'impdef-posted'])
      expect((await guest('impdef', { config, answers: 'impdef' })).said).toBe('read\nthe register keeps what is written\n');
  });
  test('an answer for each register, and a question for the last', async () => {
    const { said, status, end } = await guest('impdef-answers', { config: 'impdef', answers: 'impdef-answers' });
    expect(said).toBe('RAZ/WI   00000000\nconstant 410fd083\nstorage  00001234\n');
    expect(status).toBe(3);
    expect(end['message']).toContain('write of S3_0_C15_C2_3; no rule answers it');
  });
  test('at EL0: the guest sees the same, the log does not', async () => {
    const undefinedAtOnce = await guest('impdef-el0');
    const trapped = await guest('impdef-el0', { config: 'impdef-el0-trap' });
    expect(undefinedAtOnce.said).toBe("EL0's access: EC 00\nEL0's access: EC 18\n");
    expect(trapped.said).toBe(undefinedAtOnce.said);
    const outOfEl0 = (from: Awaited<ReturnType<typeof guest>>) => from.exits.filter((e) => e['from'] === 'EL0');
    expect(outOfEl0(undefinedAtOnce)).toEqual([]);
    expect(outOfEl0(trapped)).toMatchObject([{ outcome: 'injected', cause: [{ register: 'HCR_EL2', field: 'TIDCP' }] }]);
  });
});

describe('accesses without syndrome', () => {
  test('refused, aborted by userspace, aborted by pKVM', async () => {
    expect(await guest('nisv')).toMatchObject({ status: 4, end: { errno: 'ENOSYS' } });
    expect((await guest('nisv', { config: 'nisv-on', answers: 'nisv-abort' })).said).toBe('external abort caught\n');
    const pkvm = await guest('nisv', { config: 'nisv-protected' });
    expect(pkvm.said).toBe('external abort caught\n');
    expect(pkvm.exits[0]).toMatchObject({ outcome: 'injected', injected: { esr: '0x96000010' } });
  });
  test('decoded in userspace; a scripted write replaces what is decoded', async () => {
    const decoded = await guest('nisv', { config: 'nisv-on', answers: 'nisv-decode' });
    expect(decoded.said).toBe('stored\n');
    const replaced = await guest('nisv', { config: 'nisv-script', answers: 'nisv-decode' });
    expect(replaced.said).toBe('not stored\n');
  });
  test('two vCPUs race: who is first decides which instruction is emulated', async () => {
    const same = await guest('nisv-race', { config: 'nisv-on', answers: 'nisv-decode', cpus: 2 });
    const replaced = await guest('nisv-race', { config: 'nisv-race-replaced', answers: 'nisv-decode', cpus: 2 });
    expect([same.said, replaced.said]).toEqual(['the store was emulated\n', 'another instruction was emulated\n']);
  });
});

describe('writable ID registers', () => {
  test('what follows from cleared fields: an UNDEF for one, nothing for the other', async () => {
    expect((await guest('id-writes')).said).toBe('ID_AA64MMFR1_EL1.PAN 3: works\nID_AA64PFR0_EL1.DIT 1: works\n');
    const lowered = await guest('id-writes', { config: 'id-writes-lowered' });
    expect(lowered.said).toBe('ID_AA64MMFR1_EL1.PAN 1: UNDEFINED\nID_AA64PFR0_EL1.DIT 0: works\n');
    expect(lowered.exits.find((e) => e['outcome'] === 'injected')).toMatchObject({
      cause: [{ register: 'HFGITR_EL2', field: 'ATS1E1RP' }],
    });
  });
  test('a write that KVM refuses, with its reason; the proposal takes what comes before PC', async () => {
    await expect(guest('id-writes', { config: 'id-writes-refused' })).rejects.toThrow(
      /KVM refuses 0x\w+ for ID_AA64DFR0_EL1 \(EINVAL\): PMUVer .*\. The vCPUs are made without pmu_v3\./,
    );
    expect((await guest('id-writes', { config: 'id-writes-first-write' })).status).toBe(0);
  });
});
