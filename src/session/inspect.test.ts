// What views are told, by a session with real programs: the sensor example, a guest with its own tables, bare metal.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULT_BOARD } from '#project';
import { need, session } from './session.fixture.ts';
import { createSession } from './session.ts';

const SENSOR = readFileSync(new URL('../../guests/sensor.s', import.meta.url), 'utf8');

describe('system registers', () => {
  const { api } = session(SENSOR);
  const names = (text: string, scope: 'here' | 'changed' | 'all' = 'all') =>
    need(api.registerList({ text, scope })).lines.flatMap((line) => (line.kind === 'register' ? [line.name] : []));
  const heads = (text: string) =>
    need(api.registerList({ text, scope: 'all' })).lines.flatMap((line) => (line.kind === 'head' ? [line.title] : []));

  test('found by name, encoding, group, field and sentence', () => {
    expect(names('sctlr_el1')[0]).toBe('SCTLR_EL1');
    expect(names('3 0 1 0 0')).toEqual(['SCTLR_EL1']);
    expect(names('3, 0, 1, 0')).toContain('ACTLR_EL1');
    expect(names('s3_0_c1_c0_0')).toEqual(['SCTLR_EL1']);
    expect(names('timers')).toContain('CNTV_CTL_EL0');
    expect(names('tidcp')).toEqual(expect.arrayContaining(['SCTLR_EL1', 'HCR_EL2']));
    expect(heads('tidcp')).toEqual(['In a field or a sentence']);
    expect(names('stack pointer')).toContain('SP_EL0');
    expect(names('no such thing')).toEqual([]);
  });

  test('all of them stand under their groups once; those that are here are fewer', () => {
    const all = names('');
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(1000);
    expect(names('', 'here').length).toBeLessThan(all.length);
    expect(names('', 'here')).not.toContain('ZCR_EL1');
    const zcr = need(api.registerDetail('ZCR_EL1'));
    expect(zcr.absent).toContain('ZCR_EL1 needs FEAT_SVE (ID_AA64PFR0_EL1.SVE>=1)');
    expect(zcr).toMatchObject({ value: undefined, fixed: 'This processor does not have it.' });
    expect(need(api.registerDetail('SCR_EL3')).absent).toContain('belongs to EL3');
  });

  test('values and fields with their words', () => {
    const sctlr = need(api.registerDetail('sctlr_el1'));
    expect(sctlr).toMatchObject({ name: 'SCTLR_EL1', encoding: '3, 0, 1, 0, 0', generic: 'S3_0_C1_C0_0', fixed: '' });
    const field = (name: string) => sctlr.fields.find((f) => f.name === name);
    expect(field('M')).toMatchObject({ msb: 0, lsb: 0, value: 0n, doc: 'Stage 1 translation is on.', absent: '' });
    expect(field('EE')).toMatchObject({ meaning: 'little-endian' });
    expect(field('EnTP2')).toMatchObject({ absent: 'needs FEAT_SME', group: 0 });
    let used = 0n;
    for (const { msb, lsb, name } of sctlr.fields) {
      const mask = ((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb);
      expect(used & mask, name).toBe(0n);
      used |= mask;
    }
    // KVM fills the guest's registers with a pattern at reset (reset_unknown).
    const [attr7] = need(api.registerDetail('MAIR_EL1')).fields;
    expect(attr7).toMatchObject({
      name: 'Attr7',
      value: 0x1dn,
      meaning: 'Normal, outer write-through transient, inner write-back',
    });
  });

  test('fields of ID registers say which features they announce', () => {
    const field = (register: string, name: string) =>
      need(api.registerDetail(register)).fields.find((f) => f.name === name)?.meaning;
    expect(field('ID_AA64PFR0_EL1', 'DIT')).toBe('FEAT_DIT');
    expect(field('ID_AA64PFR0_EL1', 'SVE')).toBe('no FEAT_SVE');
    expect(field('ID_AA64MMFR1_EL1', 'PAN')).toContain('FEAT_PAN3');
    expect(field('ID_AA64PFR0_EL1', 'GIC')).toContain('GICv3');
  });

  test('fields of every register that is here lie apart, and nothing that acts is read', () => {
    const before = need(api.stateHash());
    for (const name of names('', 'all')) {
      const { fields } = need(api.registerDetail(name));
      let used = 0n;
      for (const { msb, lsb } of fields) {
        const mask = ((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb);
        expect(used & mask, name).toBe(0n);
        used |= mask;
      }
    }
    expect(need(api.stateHash())).toBe(before);
    expect(need(api.registerDetail('RNDR')).unseen).toContain('not looked at');
    expect(need(api.registerDetail('OSLAR_EL1')).unseen).toContain('write-only');
  });

  test('why a hand cannot write some', () => {
    const fixed = (name: string) => need(api.registerDetail(name)).fixed;
    expect(fixed('ID_AA64PFR0_EL1')).toBe('Read-only.');
    expect(fixed('HCR_EL2')).toContain('KVM');
    expect(fixed('SCTLR_EL12')).toContain('Another name of SCTLR_EL1');
    expect(fixed('ICC_PMR_EL1')).toContain('interrupt controller');
    expect(fixed('TPIDR_EL1')).toBe('');
  });

  test('who takes an access, in order, and what would happen now', () => {
    const { api: ran, run } = session(SENSOR);
    run();
    const id = need(ran.registerDetail('ID_AA64PFR0_EL1'));
    expect(id.reads.now.map((now) => `${now.from} ${now.sentence}`)).toEqual([
      'EL0 trapped to EL1, EC 0x18',
      'EL1 trapped to EL2, EC 0x18',
      'EL2 reads it',
    ]);
    expect(id.reads.rules.filter((rule) => rule.decides).map((rule) => rule.condition)).toEqual(['HCR_EL2.TID3=1']);
    expect(id.reads.now[1]?.why[0]).toMatchObject({ register: 'HCR_EL2', field: 'TID3', value: '0x1' });
    expect(id.notes.join()).toContain('KVM answers');
    expect(id.writes.now[1]).toMatchObject({ outcome: 'undefined', sentence: 'UNDEFINED' });
    const sctlr = need(ran.registerDetail('SCTLR_EL1'));
    expect(sctlr.writes.rules.map((rule) => `${rule.from} ${rule.to} ${rule.condition}`)).toEqual([
      'EL1 EL2 HCR_EL2.TVM=1',
      'EL1 EL2 HFGWTR_EL2.SCTLR_EL1=1',
    ]);
    expect(sctlr.writes.now[1]).toMatchObject({ outcome: 'done', sentence: 'writes it' });
    const zcr = need(ran.registerDetail('CPACR_EL1')).reads.rules.find((rule) => rule.condition.includes('TCPAC'));
    expect(zcr).toMatchObject({ decides: false, possible: true });
  });
});

describe('changes', () => {
  const GUEST = `_start: mov x1, #5
  msr tpidr_el1, x1
  nop
  mrs x2, tpidr_el0
1: b 1b
`;

  test('an instruction, and then a hand; the guest reads what the hand wrote', () => {
    const { api, run, last } = session(GUEST);
    const value = (name: string) => need(api.registerValues([name]))[0];
    run('step');
    const reset = value('TPIDR_EL1')?.value;
    expect(value('TPIDR_EL1')?.before).toBeUndefined();
    run('step');
    expect(value('TPIDR_EL1')).toMatchObject({ value: 5n, before: reset, byHand: false });
    expect(need(api.registerList({ text: '', scope: 'changed' })).lines).toContainEqual(
      expect.objectContaining({ name: 'TPIDR_EL1' }),
    );
    need(api.writeRegister(0, 'TPIDR_EL0', 0x77n));
    expect(value('TPIDR_EL0')).toMatchObject({ value: 0x77n, byHand: true });
    expect(value('TPIDR_EL0')?.before).not.toBeUndefined();
    expect(need(api.recording()).inputs.at(-1)).toMatchObject({
      at: { instructions: 2 },
      input: { kind: 'register', register: 'TPIDR_EL0', value: '0x77' },
    });
    run('step');
    expect(value('TPIDR_EL0')).toMatchObject({ value: 0x77n, before: undefined, byHand: false });
    run('step');
    expect(need(api.registerDetail('TPIDR_EL0')).value).toBe(0x77n);
    expect(last().registers.values[2]).toBe(0x77n);
  });
});

describe('trap controls', () => {
  const { api, run, last } = session(SENSOR);

  test('before the first run KVM has loaded nothing, and it says so', () => {
    const hcr = need(api.controlRegister('HCR_EL2'));
    expect(hcr.notes.join()).toContain('At reset: KVM loads');
    expect(hcr.controls.find((c) => c.name === 'VM')?.value).toBe(0n);
  });

  test('HCR_EL2 as KVM has it, with words and what it has decided', () => {
    run();
    expect(last().status.kind).toBe('waiting');
    const hcr = need(api.controlRegister('HCR_EL2'));
    const control = (name: string) => hcr.controls.find((c) => c.name === name);
    expect(hcr.notes).toEqual([]);
    expect(control('TIDCP')).toMatchObject({
      msb: 20,
      value: 1n,
      kvm: '1',
      doc: 'The IMPLEMENTATION DEFINED register and instruction space goes to EL2.',
      exits: 0,
    });
    expect(control('TVM')?.kvm).toContain('no FEAT_S2FWB');
    const { exits } = last();
    expect(exits).toBeGreaterThan(1);
    expect(control('VM')).toMatchObject({ value: 1n, exits });
    expect(control('VM')?.lines.length).toBeGreaterThan(1);
    expect(need(api.controlRegisters())[0]).toMatchObject({ name: 'HCR_EL2', exits, fine: false });
    const vm = need(api.controlDetail('HCR_EL2', 'VM'));
    expect(vm.exits).toMatchObject({ count: exits, first: 1 });
    expect(vm.exits.last.at(-1)).toBe(exits);
    expect(vm.lines.reduce((sum, line) => sum + line.count, 0)).toBe(exits);
  });

  test('what a control takes, alike accesses together', () => {
    const tid1 = need(api.controlDetail('HCR_EL2', 'TID1')).takes;
    expect(tid1[0]).toMatchObject({ direction: 'read', to: 'EL2', ec: 0x18 });
    expect(tid1.flatMap((takes) => takes.names)).toEqual(expect.arrayContaining(['AIDR_EL1', 'REVIDR_EL1']));
    expect(need(api.controlDetail('HCR_EL2', 'TWI')).takes).toMatchObject([
      { direction: 'execute', from: ['EL0'], to: 'EL2', ec: 1, condition: 'HCR_EL2.TWI=1 (E2H and TGE not both 1)' },
      { direction: 'execute', from: ['EL1'], to: 'EL2', ec: 1, condition: 'HCR_EL2.TWI=1', names: ['WFI', 'WFIT'] },
    ]);
  });

  test('fine-grained traps have their sentence from what they take, and their default from the VM', () => {
    const hfgrtr = need(api.controlRegister('HFGRTR_EL2'));
    const control = (name: string) => hfgrtr.controls.find((c) => c.name === name);
    expect(control('TPIDR_EL1')).toMatchObject({ doc: 'Reads of TPIDR_EL1 go to EL2.', kvm: '0' });
    expect(control('LORC_EL1')?.kvm).toBe('0; 1 for a VM without FEAT_LOR');
    expect(control('nPOR_EL0')).toMatchObject({ absent: 'needs FEAT_S1POE', kvm: '0' });
    const names = need(api.controlRegisters()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['HFGITR_EL2', 'HAFGRTR_EL2', 'HDFGWTR2_EL2', 'HSTR_EL2']));
    expect(need(api.controlRegisters()).find(({ name }) => name === 'HAFGRTR_EL2')?.absent).toContain('FEAT_AMUv1');
    expect(api.controlRegister('SCTLR_EL1')).toMatchObject({ ok: false });
  });
});

describe('translation', () => {
  const { api, run } = session(SENSOR);
  run();
  const walk = (address: string, access: 'read' | 'write' | 'fetch' = 'read', level: 0 | 1 | 2 = 1) =>
    need(api.translate({ address, access, level, exit: undefined }));

  test('the sensor: stage 1 off, stage 2 invalid at L1[0] of KVM’s tables', () => {
    const { stages, outcome, notes } = walk('0x0b000003');
    expect(stages[0]).toMatchObject({
      from: 'VA',
      to: 'IPA',
      output: 0x0b00_0003n,
      off: { register: 'SCTLR_EL1', field: 'M', value: '0x0' },
      steps: [],
    });
    expect(stages[1]).toMatchObject({
      from: 'IPA',
      to: 'PA',
      output: undefined,
      off: undefined,
      steps: [{ stage: 2, level: 1, index: 0, descriptor: 0n, kind: 'invalid', what: 'invalid', located: [] }],
    });
    expect(stages[1]?.base).toMatchObject({ register: 'VTTBR_EL2', granule: '4 KiB granule' });
    expect(outcome).toMatchObject({ kind: 'fault', name: 'Translation fault, level 1', stage: 2, code: 5, ipa: 0x0b00_0003n });
    expect(outcome.kind === 'fault' && outcome.reasons.map((r) => r.register)).toEqual(['HCR_EL2', 'stage 2 L1[0]']);
    expect(notes.join()).toContain('Device-nGnRnE');
  });

  test('the program itself: a block of stage 2, and where it lies', () => {
    const { stages, outcome } = walk('pc', 'fetch');
    expect(stages[1]?.steps.map((step) => `${step.level} ${step.what}`)).toEqual(['1 next table', '2 2 MiB block']);
    const fields = stages[1]?.steps[1]?.fields ?? [];
    expect(fields.find((f) => f.name === 'S2AP')).toMatchObject({ value: 3n, meaning: 'readable and writable' });
    expect(fields.find((f) => f.name === 'MemAttr')?.meaning).toBe('Normal write-back');
    expect(outcome).toMatchObject({ kind: 'translation', read: true, write: true, execute: true, size: '2 MiB' });
    expect(stages[1]?.parts.map((p) => `${p.name} ${p.msb}:${p.lsb}`)).toEqual([
      expect.stringMatching(/^above 63:/),
      expect.stringMatching(/^L1 \d+:30$/),
      'L2 29:21',
      'offset 20:0',
    ]);
  });

  test('the abort that a fault would be, and who may do what', () => {
    const { outcome, rights } = walk('0x0b000003', 'write');
    expect(rights).toEqual([]);
    expect(outcome.kind === 'fault' && outcome.abort).toMatchObject({
      to: 'EL2',
      ec: 0x24,
      esr: 0x9200_0045n,
      far: 0x0b00_0003n,
      hpfar: 0xb_0000n,
      why: [{ doc: 'Stage 2 faults are taken to EL2.' }],
    });
    expect(walk('pc').rights).toEqual([
      { level: 'EL0', read: true, write: true, execute: true, why: [] },
      { level: 'EL1', read: true, write: true, execute: true, why: [] },
    ]);
  });

  test('addresses by name', () => {
    expect(walk('far')).toMatchObject({ address: 0x0b00_0003n, named: expect.stringMatching(/^FAR of exit \d+$/) });
    expect(walk('x19')).toMatchObject({ address: 0x0b00_0000n, named: 'x19' });
    expect(walk('poll').address).toBe(walk('pc').address);
    expect(walk('sp').named).toBe('sp, SP_EL1');
    expect(walk('SENSOR').address).toBe(0x0b00_0000n);
    for (const [text, says] of [
      ['nowhere', 'no number, register or symbol'],
      ['', 'An address is needed'],
      ['0x1_0000_0000_0000_0000', 'does not fit 64 bits'],
    ] as const) {
      const reply = api.translate({ address: text, access: 'read', level: 1, exit: undefined });
      expect(reply.ok ? '' : reply.error.message).toContain(says);
    }
  });

  test('EL2 is not hidden, and said to be nobody’s', () => {
    const { regime, notes, stages } = walk('0x1000', 'read', 2);
    expect(regime).toBe('EL2&0');
    expect(stages).toHaveLength(1);
    expect(stages[0]?.to).toBe('PA');
    expect(notes[0]).toContain('EL2 is the KVM model');
  });
});

describe('a guest with stage 1 tables', () => {
  // 4 KiB granule, 39 bits: one level 1 table, a block for RAM, a page table hole.
  const GUEST = `
_start: adrp x0, tables
  add x0, x0, :lo12:tables
  mov x1, #0x40000000
  mov x2, #0x0709
  movk x2, #0x4000, lsl #16
  str x2, [x0, #8]
  msr ttbr0_el1, x0
  ldr x3, =0x500803519
  msr tcr_el1, x3
  mov x4, #0xff00
  msr mair_el1, x4
  isb
  mrs x5, sctlr_el1
  orr x5, x5, #1
  msr sctlr_el1, x5
  isb
1: b 1b
  .ltorg
  .balign 4096
tables: .space 4096
`;
  const { api, run } = session(GUEST);
  for (let n = 0; n < 17; n += 1) run('step');

  test('each stage 1 descriptor with the stage 2 walk that found it', () => {
    const reply = need(api.translate({ address: 'pc', access: 'fetch', level: 1, exit: undefined }));
    expect(reply.stages[0]).toMatchObject({ off: undefined, output: reply.address });
    expect(reply.stages[0]?.base).toMatchObject({ register: 'TTBR0_EL1', granule: '4 KiB granule' });
    const [step] = reply.stages[0]?.steps ?? [];
    expect(step).toMatchObject({ stage: 1, level: 1, index: 1, descriptor: 0x4000_0709n, kind: 'block', what: '1 GiB block' });
    expect(step?.located.map((s) => s.stage)).toEqual([2, 2]);
    expect(step?.fields.find((f) => f.name === 'AttrIndx')?.meaning).toBe('Attr2 of MAIR_EL1: Device-nGnRnE');
    expect(reply.outcome.kind).toBe('translation');
  });

  test('the TLB: what walks found, with VMID and rights, kept until it is invalidated', () => {
    run('step');
    const { entries, notes } = need(api.tlb());
    const fetched = entries.filter(({ va }) => va === 0x4008_0000n);
    expect(fetched).toMatchObject([
      { regime: 'EL1&0', asid: undefined, vmid: 1, current: true, stage1: 'L1[1]', size: '2 MiB', stale: '' },
    ]);
    expect(fetched[0]?.rights[0]).toMatchObject({ level: 'EL1', may: 'rwx' });
    const walked = need(api.translate({ address: '0x40080000', access: 'fetch', level: 1, exit: undefined })).outcome;
    expect(walked.kind === 'translation' && walked.address).toBe(fetched[0]?.pa);
    expect(notes.join()).toContain('TLBI');
    // A register that says where tables begin leaves what is kept, one that says how they are read does not.
    need(api.writeRegister(0, 'TTBR0_EL1', need(api.registerDetail('TTBR0_EL1')).value! + 0x1000n));
    expect(need(api.tlb()).entries.find(({ va }) => va === 0x4008_0000n)?.stale).not.toBe('');
    need(api.writeRegister(0, 'TCR_EL1', need(api.registerDetail('TCR_EL1')).value! ^ (1n << 22n)));
    expect(need(api.tlb()).entries).toEqual([]);
  });

  test('a hole faults in stage 1, with its reasons', () => {
    const { stages, outcome } = need(api.translate({ address: '0x1234', access: 'read', level: 1, exit: undefined }));
    expect(stages).toHaveLength(1);
    expect(outcome).toMatchObject({ kind: 'fault', stage: 1, name: 'Translation fault, level 1', onWalk: false });
  });
});

describe('PAN, EPAN, UAO and LDTR on a page of EL0', () => {
  // 4 KiB granule: a block for RAM that EL0 may read and write, and one at 1 GiB above that EL0 may only execute.
  const GUEST = `
_start: adrp x0, tables
  add x0, x0, :lo12:tables
  ldr x1, =0x40000741
  str x1, [x0, #8]
  ldr x1, =0x20000080000701
  str x1, [x0, #16]
  msr ttbr0_el1, x0
  ldr x3, =0x500803519
  msr tcr_el1, x3
  mov x4, #0xff
  msr mair_el1, x4
  isb
  b .
  .ltorg
  .balign 4096
tables: .space 4096
`;
  const { api, run } = session(GUEST, { board: { ...DEFAULT_BOARD, hypervisor: 'none', el: 1, memory: 4 << 20 } });
  for (let n = 0; n < 12; n += 1) run('step');
  const sctlr = need(api.registerDetail('SCTLR_EL1')).value ?? 0n;
  need(api.writeRegister(0, 'SCTLR_EL1', sctlr | 1n));
  const PAN = 1n << 22n;
  const UAO = 1n << 23n;
  const at = (address: string, access: 'read' | 'ldtr', flags: bigint) => {
    need(api.writeRegister(0, 'pstate', 0x3c5n | flags));
    const view = need(api.translate({ address, access, level: 1, exit: undefined }));
    const why = view.outcome.kind === 'fault' ? view.outcome.reasons.map(({ register, field }) => `${register}.${field}`) : [];
    return { view, why };
  };

  test('PAN takes it from EL1’s data accesses, LDTR keeps it, UAO makes LDTR one of them', () => {
    expect(at('0x40000000', 'read', 0n).why).toEqual([]);
    const refused = at('0x40000000', 'read', PAN);
    expect(refused.why).toContain('PSTATE.PAN');
    expect(refused.view.outcome).toMatchObject({
      kind: 'fault',
      name: 'Permission fault, level 1',
      abort: { to: 'EL1', ec: 0x25 },
    });
    expect(refused.view.rights).toMatchObject([
      { level: 'EL0', read: true, write: true },
      { level: 'EL1', read: false, write: false },
    ]);
    const ldtr = at('0x40000000', 'ldtr', PAN);
    expect(ldtr.view.outcome.kind).toBe('translation');
    expect(ldtr.view.notes).toContain('LDTR acts with the permissions of EL0.');
    const uao = at('0x40000000', 'ldtr', PAN | UAO);
    expect(uao.why).toContain('PSTATE.PAN');
    expect(uao.view.notes).toContain('PSTATE.UAO is 1: LDTR acts with the permissions of its own level.');
  });

  test('with EPAN a page that EL0 may only execute counts too', () => {
    expect(at('0x80000000', 'read', PAN).why).toEqual([]);
    need(api.writeRegister(0, 'SCTLR_EL1', sctlr | 1n | (1n << 57n)));
    expect(at('0x80000000', 'read', PAN).why).toEqual(expect.arrayContaining(['PSTATE.PAN', 'SCTLR_ELx.EPAN']));
    expect(at('0x80000000', 'read', 0n).why).toEqual([]);
  });
});

test('PSTATE in the layout of SPSR, in words', () => {
  const { api } = session(SENSOR);
  const { value, fields } = need(api.pstate());
  expect(value).toBe(0x3c5n);
  const field = (name: string) => fields.find((f) => f.name === name);
  expect(field('M')).toMatchObject({ msb: 4, lsb: 0, value: 5n, meaning: 'EL1h' });
  expect(field('I')).toMatchObject({ value: 1n, doc: 'IRQs are masked.' });
  expect(field('ALLINT')).toMatchObject({
    absent: '',
    value: 0n,
    doc: expect.stringContaining('Superpriority'),
  });
  const older = need(session(SENSOR, { board: { ...DEFAULT_BOARD, cpu: 'cortex-a72' } }).api.pstate());
  expect(older.fields.find((f) => f.name === 'ALLINT')).toMatchObject({ absent: 'needs FEAT_NMI' });
});

test('nothing is told before a program is loaded', () => {
  const api = createSession({ defer: () => undefined, now: () => 0 });
  expect(api.pstate()).toEqual({ ok: false, error: { message: 'No program is loaded.' } });
});

describe('PSTATE and vectors', () => {
  const bare = { board: { ...DEFAULT_BOARD, hypervisor: 'none' as const, el: 2 as const, memory: 4 << 20 } };

  test('every field that this processor has, with its meaning, and none that it lacks', () => {
    const { api } = session('_start: b .', bare);
    need(api.writeRegister(0, 'pstate', (0xffff_ffffn & ~0x1fn) | 9n));
    const { value, fields } = need(api.pstate());
    const here = fields.filter(({ absent }) => absent === '');
    expect(here.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['N', 'Z', 'C', 'V', 'TCO', 'DIT', 'UAO', 'PAN', 'SS', 'IL', 'SSBS', 'BTYPE', 'D', 'A', 'I', 'F']),
    );
    expect(here.filter(({ meaning, doc }) => meaning === '' && doc === '')).toEqual([]);
    // What is not there reads as 0, whatever a hand writes.
    const there = here.reduce((all, { msb, lsb }) => all | (((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb)), 0n);
    expect(value & ~there).toBe(0n);
    expect(api.writeRegister(0, 'pstate', 0x3cdn)).toMatchObject({ ok: false });
  });

  test('under KVM no hand makes EL2 of the guest', () => {
    const { api, run, last } = session('_start: nop\n b .');
    expect(api.writeRegister(0, 'pstate', 0x3c9n)).toMatchObject({
      ok: false,
      error: { message: "EL2 belongs to the hypervisor's model: code runs at EL0 and EL1" },
    });
    run('step');
    expect(last().status.kind).toBe('paused');
  });

  test('software step: off, locked, masked, active', () => {
    const { api } = session('_start: b .', { ...bare, board: { ...bare.board, el: 1 } });
    const step = () => {
      const { kind, why } = need(api.pstate()).step;
      return `${kind}: ${why.map(({ register, field, value }) => `${register}.${field}=${value}`).join(' ')}`;
    };
    const write = (register: string, value: bigint) => need(api.writeRegister(0, register, value));
    expect(step()).toBe('inactive: MDSCR_EL1.SS=0x0');
    write('MDSCR_EL1', 1n);
    expect(step()).toBe('inactive: MDSCR_EL1.SS=0x1 OSLSR_EL1.OSLK=0x1');
    write('OSLAR_EL1', 0n);
    expect(step()).toBe('inactive: MDSCR_EL1.SS=0x1 MDSCR_EL1.KDE=0x0');
    write('MDSCR_EL1', 0x2001n);
    expect(step()).toBe('inactive: MDSCR_EL1.SS=0x1 PSTATE.D=0x1');
    write('pstate', 0x1c5n);
    expect(step()).toBe('active-pending: MDSCR_EL1.SS=0x1 PSTATE.SS=0x0');
    write('pstate', 0x20_01c5n);
    expect(step()).toBe('active-not-pending: MDSCR_EL1.SS=0x1 PSTATE.SS=0x1');
    write('pstate', 0x3c9n);
    expect(step()).toContain('inactive: MDSCR_EL1.SS=0x1 ');
  });

  test('vectors: what an instruction and what a hand wrote, and who may use them', () => {
    const { api, run } = session('_start: nop\n ldr q3, 1f\n b .\n .balign 16\n1: .quad 1, 2', bare);
    run('step');
    const first = need(api.vectors());
    expect(first.values).toHaveLength(64);
    expect(first.before.size).toBe(0);
    expect(first.status.map(({ name }) => name)).toEqual(['FPCR', 'FPSR']);
    expect(first.access.map(({ outcome }) => outcome)).toEqual(['trapped', 'trapped', 'done']);
    need(api.writeRegister(0, 'CPTR_EL2', 0x400n));
    expect(need(api.vectors()).access[2]).toMatchObject({ from: 'EL2', outcome: 'trapped', why: [{ field: 'TFP' }] });
    need(api.writeRegister(0, 'CPTR_EL2', 0n));
    need(api.writeRegister(0, 'v31', (7n << 64n) | 5n));
    expect(api.writeRegister(0, 'v31', 1n << 128n)).toMatchObject({ ok: false });
    expect(need(api.vectors()).before.get(31)).toEqual({ low: 0n, high: 0n, byHand: true });
    run('step');
    const after = need(api.vectors());
    expect([after.values[6], after.values[7]]).toEqual([1n, 2n]);
    expect([...after.before]).toEqual([[3, { low: 0n, high: 0n, byHand: false }]]);
  });
});
