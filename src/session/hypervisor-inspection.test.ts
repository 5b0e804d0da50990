// Switches and ID registers as views are told of them, by a session with a real machine; writes are recorded, kept over a reset, and replayed.
import { describe, expect, test } from 'vitest';
import { DEFAULT_BOARD, type Project, readConfig } from '#project';
import { need, session } from './session.fixture.ts';
import { createSession } from './session.ts';

const GUEST = '_start: mrs x0, id_aa64pfr0_el1\n mov x1, #0x0b000000\n ldr w2, [x1]\n b .\n';

describe('switches', () => {
  test('as the configuration has them and as the machine runs; what the host lacks says so', () => {
    const { api } = session(GUEST, { config: { capabilities: ['KVM_CAP_ARM_NISV_TO_USER'] } });
    const { switches, refused } = need(api.switches({ policy: { idsr: 'posted' } }));
    const of = (name: string) => switches.find((s) => s.name === name);
    expect(refused).toBe('');
    expect(of('KVM_CAP_ARM_NISV_TO_USER')).toMatchObject({ kind: 'capability', value: 'off', runs: 'on', fixed: '' });
    expect(of('idsr')).toMatchObject({ kind: 'policy', value: 'posted', runs: 'reviewed', usual: 'reviewed' });
    expect(of('psci_0_2')).toMatchObject({ kind: 'feature', value: 'on', usual: 'on' });
    expect(of('sve')?.fixed).toContain('KVM_CAP_ARM_SVE is 0');
    expect(of('qemu_sync')?.fixed).toContain('not modelled yet');
    for (const { positions } of switches) expect(positions.every(({ doc }) => doc.endsWith('.'))).toBe(true);
  });
  test('a configuration of which no machine can be made, with and without one that runs', () => {
    const config = { features: ['psci_0_2', 'ptrauth_address'] };
    expect(need(session(GUEST).api.switches(config)).refused).toContain('EINVAL');
    const bare = createSession({ defer: () => undefined, now: () => 0 });
    expect(need(bare.switches(config)).refused).toContain('EINVAL');
    expect(need(bare.switches({})).refused).toBe('');
  });
  test('a protected VM: what the host has can be asked for, and is refused', () => {
    const { api } = session(GUEST, { config: { protected: true } });
    expect(need(api.switches({ protected: true })).switches.find((s) => s.name === 'KVM_CAP_ARM_NISV_TO_USER')?.fixed).toBe('');
    const both = need(api.switches({ protected: true, capabilities: ['KVM_CAP_ARM_NISV_TO_USER'] }));
    expect(both.refused).toContain('KVM refuses KVM_CAP_ARM_NISV_TO_USER (EINVAL)');
  });
  test('a configuration file can say every position of every switch', () => {
    for (const { kind, name, positions } of need(session(GUEST).api.switches({})).switches) {
      for (const { value } of positions) {
        const said =
          kind === 'policy'
            ? { policy: { [name]: value } }
            : kind === 'vm'
              ? { [name]: value === 'on' }
              : { [`${kind === 'feature' ? 'features' : 'capabilities'}`]: [name] };
        expect(readConfig(JSON.stringify(said))).toEqual({ ok: true, value: said });
      }
    }
  });
  test('without KVM there are none', () => {
    const { api } = session('_start: b .\n', { board: { ...DEFAULT_BOARD, hypervisor: 'none', el: 2, memory: 4 << 20 } });
    expect(api.switches({})).toMatchObject({ ok: false });
    expect(api.idRegisters()).toMatchObject({ ok: false });
  });
});

describe('ID registers', () => {
  const DIT = 0xfn << 48n;

  test('a write: judged, made, met by the guest, kept over a reset, and replayed', () => {
    const { api, run, last } = session(GUEST);
    const before = need(api.idRegister('ID_AA64PFR0_EL1'));
    expect(before.fields.find((f) => f.name === 'DIT')).toMatchObject({
      host: 1n,
      limit: 1n,
      value: 1n,
      written: undefined,
      writable: true,
    });
    const lowered = before.value & ~DIT;
    expect(need(api.judgeIdRegister('ID_AA64PFR0_EL1', lowered))).toMatchObject({ errno: '', stored: lowered });
    expect(need(api.idRegister('ID_AA64PFR0_EL1')).value).toBe(before.value);
    need(api.writeIdRegister('ID_AA64PFR0_EL1', lowered));
    const after = need(api.idRegister('ID_AA64PFR0_EL1'));
    expect(after.fields.find((f) => f.name === 'DIT')).toMatchObject({ value: 0n, written: 0n, follows: [] });
    expect(after.writes).toMatchObject([{ value: lowered, errno: '', from: 'person' }]);
    run();
    expect(last().registers.values[0]).toBe(lowered);
    const hash = need(api.stateHash());
    const recording = need(api.recording());
    expect(recording.inputs.map(({ input }) => input.kind)).toEqual(['id-register']);

    const frozen = need(api.writeIdRegister('ID_AA64PFR0_EL1', before.value));
    expect(frozen).toMatchObject({ errno: 'EBUSY', by: 'frozen', late: true });
    expect(need(api.recording()).inputs).toHaveLength(1);

    const again = session(GUEST);
    const project: Project = {
      version: 1,
      name: 'test.s',
      source: GUEST,
      board: { ...DEFAULT_BOARD, memory: 4 << 20 },
      config: {},
      rules: [],
      breakpoints: [],
    };
    need(again.api.replay(project, recording));
    expect(need(again.api.stateHash())).toBe(hash);

    need(api.reset());
    expect(need(api.idRegister('ID_AA64PFR0_EL1'))).toMatchObject({
      value: lowered,
      frozen: '',
      writes: [{ from: 'configuration' }],
    });
  });

  test('the list says what is hidden, what was set, and which rules between fields are broken', () => {
    const { api } = session(GUEST);
    const pan = need(api.idRegister('ID_AA64MMFR1_EL1'));
    need(api.writeIdRegister('ID_AA64MMFR1_EL1', pan.value & ~(0xfn << 20n)));
    const { lines, advice } = need(api.idRegisters());
    expect(lines.find((l) => l.name === 'ID_AA64MMFR1_EL1')).toMatchObject({ changed: 1, encoding: '3, 0, 0, 7, 1' });
    expect(lines.find((l) => l.name === 'ID_AA64SMFR0_EL1')?.note).toBe('hidden');
    expect(advice.map((a) => a.doc)).toContain('UAO came with PAN2: a processor with UAO has PAN.');
    expect(need(api.idRegister('ID_AA64MMFR1_EL1')).advice).toHaveLength(1);
    expect(api.idRegister('SCTLR_EL1')).toMatchObject({ ok: false });
  });
});

describe('answer rules', () => {
  test('rules from a text, with the places of mistakes; a rule that makes no sense changes nothing', () => {
    const { api, run, last } = session(GUEST);
    expect(api.readRules('{"rules":[{"on":"nisv"}]}')).toEqual({ ok: false, error: { message: '1:11: "do" is missing' } });
    const rules = need(api.readRules('{"rules":[{"on":"mmio","address":"0xb000000","size":4,"do":"value","value":"0x7"}]}'));
    expect(api.setRules([...rules, { on: 'sysreg', register: 'frob', do: 'undef' }])).toMatchObject({ ok: false });
    expect(need(api.recording()).inputs).toEqual([]);
    need(api.setRules(rules));
    need(api.setBreakpoints([4]));
    run();
    expect(last().registers.values[2]).toBe(7n);
  });
});
