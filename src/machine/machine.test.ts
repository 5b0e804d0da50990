import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assemble } from '#asm';
import { assert } from '#base';
import { type BoardConfig, DEFAULT_BOARD, type MachineConfig } from '#project';
import { createMachine, replayInto } from './machine.ts';
import type { Machine } from './types.ts';

const LOAD = 0x4008_0000n;
const OFF = '\n ldr w0, =0x84000008\n hvc #0\n b .\n';

interface Options {
  readonly board?: Partial<BoardConfig>;
  readonly config?: MachineConfig;
  readonly rules?: Parameters<typeof createMachine>[0]['rules'];
}

/** A machine at reset with this program, and what it prints. */
function machine(source: string, { board, config, rules }: Options = {}): { m: Machine; text: () => string } {
  const program = assemble(source, { base: LOAD });
  assert(program.image, program.diagnostics.map((d) => `${d.line}:${d.column}: ${d.message}`).join('\n'));
  const bytes: number[] = [];
  const made = createMachine({
    board: { ...DEFAULT_BOARD, memory: 2 << 20, ...board },
    config: config ?? {},
    rules: rules ?? [],
    image: { parts: [{ address: LOAD, bytes: program.image }], entry: program.entry },
    console: (byte) => bytes.push(byte),
  });
  assert(made.ok, made.ok ? '' : made.error);
  return { m: made.value, text: () => String.fromCharCode(...bytes) };
}

const SENSOR = `_start: mov x1, #0x0b000000
1: ldrsb x5, [x1, #3]
 str w5, [x1, #8]
 add x6, x6, x5
 cbnz x5, 1b${OFF}`;

describe('questions and answers', () => {
  test('the machine stops at an access that nobody answers, and goes on with the answer', () => {
    const { m } = machine(SENSOR);
    expect(m.run({ instructions: 1000 })).toBe('state');
    expect(m.state).toMatchObject({
      kind: 'waiting',
      question: { exit: 1, kind: 'mmio', access: 'read', address: 0x0b00_0003n, bytes: 1, lands: 'x5' },
    });
    expect(m.preview({ do: 'value', value: '0xf6' })).toMatchObject({
      ok: true,
      value: { register: 'x5', old: 0n, new: 0xffff_ffff_ffff_fff6n },
    });
    expect(m.answer({ do: 'value', value: '0x1f6' })).toEqual({ ok: false, error: '0x1f6 does not fit 1 byte' });
    expect(m.answer({ do: 'undef' }).ok).toBe(false);
    expect(m.answer({ do: 'value', value: '0xf6' }).ok).toBe(true);
    expect(m.run({ instructions: 1000 })).toBe('state');
    expect(m.processor(0).x(5)).toBe(0xffff_ffff_ffff_fff6n);
    expect(m.log.exit(1)).toMatchObject({
      waiting: false,
      answer: { text: '0xf6', from: { by: 'person' } },
      write: { register: 'x5', new: 0xffff_ffff_ffff_fff6n },
    });
    expect(m.state).toMatchObject({ kind: 'waiting', question: { exit: 2, access: 'write', value: 0xffff_fff6n } });
  });

  test('rules answer before the person is asked, the first that matches', () => {
    const { m } = machine(SENSOR, {
      rules: [
        { on: 'mmio', address: '0xb000003', access: 'read', do: 'raz-wi' },
        { on: 'mmio', address: '0xb000000', size: 16, do: 'storage' },
      ],
    });
    m.run({ instructions: 1000 });
    expect(m.state).toMatchObject({ kind: 'ended', reason: 'shutdown' });
    expect([1, 2].map((n) => m.log.exit(n).answer?.from)).toEqual([
      { by: 'rule', rule: 1 },
      { by: 'rule', rule: 2 },
    ]);
  });

  test('without the capability a store without syndrome fails the run with ENOSYS', () => {
    const { m } = machine(`_start: mov x1, #0x0b000000\n str w0, [x1], #4${OFF}`);
    m.run({ instructions: 1000 });
    expect(m.state).toMatchObject({ kind: 'ended', reason: 'error', errno: 'ENOSYS' });
    expect(m.processor(0).pc).toBe(LOAD + 4n);
  });
});

describe('stops', () => {
  const LOOP = '_start: mov x0, #0\n1: add x0, x0, #1\n b 1b\n';
  test('after so many instructions, however they are dealt out', () => {
    const { m: whole } = machine(LOOP);
    whole.run({ instructions: 1001 });
    const { m: parts } = machine(LOOP);
    for (let n = 0; n < 1001; n += 7) parts.run({ instructions: Math.min(7, 1001 - n) });
    expect(parts.moment).toEqual({ instructions: 1001, exits: 0 });
    expect(parts.stateHash()).toBe(whole.stateHash());
    expect(parts.processor(0).x(0)).toBe(500n);
  });
  test('before a breakpoint, and behind it the next time', () => {
    const { m } = machine(LOOP);
    m.breakpoints = new Set([LOAD + 4n]);
    expect(m.run({ instructions: 100 })).toBe('breakpoint');
    expect(m.processor(0)).toMatchObject({ pc: LOAD + 4n, instructions: 1n });
    expect(m.run({ instructions: 100 })).toBe('breakpoint');
    expect(m.processor(0).x(0)).toBe(1n);
    expect(m.run({ instructions: 1, breakpoints: false })).toBe('budget');
  });
  test('at an exit, handled ones too', () => {
    const { m } = machine(`_start: mrs x0, id_aa64pfr0_el1\n mrs x1, id_aa64pfr1_el1\n nop${OFF}`);
    expect(m.run({ instructions: 100, exits: 1 })).toBe('exits');
    expect(m.log.exits).toBe(1);
    expect(m.processor(0).pc).toBe(LOAD + 4n);
    expect(m.processor(0).x(0)).not.toBe(0n);
  });
  test('when every CPU waits for nothing', () => {
    const { m } = machine('_start: wfi\n b .\n');
    m.run({ instructions: 100 });
    expect(m.state).toMatchObject({ kind: 'ended', reason: 'halted' });
  });
});

describe('recording', () => {
  test('image, configuration and recording give the same state again', () => {
    const { m } = machine(SENSOR);
    m.run({ instructions: 1000 });
    m.input({ kind: 'register', cpu: 0, register: 'x6', value: '0x100' });
    m.answer({ do: 'value', value: '0x2a' });
    m.run({ instructions: 1 });
    m.input({ kind: 'register', cpu: 0, register: 'x7', value: '0x77' });
    m.run({ instructions: 1000 });
    m.rules = [{ on: 'mmio', address: '0xb000008', do: 'storage' }];
    m.answer({ do: 'storage' });
    m.run({ instructions: 1000 });
    m.input({ kind: 'console', bytes: '6869' });
    m.answer({ do: 'raz-wi' });
    m.run({ instructions: 1000 });
    expect(m.state).toMatchObject({ kind: 'ended' });
    const { m: again } = machine(SENSOR);
    expect(replayInto(again, JSON.parse(JSON.stringify(m.recording)))).toEqual({ ok: true, value: undefined });
    expect(again.stateHash()).toBe(m.stateHash());
    expect(again.log.exits).toBe(m.log.exits);
    expect(again.processor(0).x(6)).toBe(0x12an);
  });

  test('a register changed while an exit waits is changed at that exit again', () => {
    const source = `_start: mov x1, #0x0b000000\n ldr w5, [x1]\n ldr w6, [x1]${OFF}`;
    const { m } = machine(source);
    m.run({ instructions: 1000 });
    // Before the answer: the exit that waits keeps its address, the next access has the new one.
    m.input({ kind: 'register', cpu: 0, register: 'x1', value: '0x0b000100' });
    m.answer({ do: 'value', value: '1' });
    m.run({ instructions: 1000 });
    expect(m.state).toMatchObject({ kind: 'waiting', question: { address: 0x0b00_0100n } });
    const { m: again } = machine(source);
    expect(replayInto(again, m.recording).ok).toBe(true);
    expect(again.state).toEqual(m.state);
    expect(again.stateHash()).toBe(m.stateHash());
  });

  test('a recording of another program is refused with the input that does not fit', () => {
    const { m } = machine(SENSOR);
    m.run({ instructions: 1000 });
    m.answer({ do: 'value', value: '1' });
    const { m: other } = machine(`_start: nop${OFF}`);
    const done = replayInto(other, m.recording);
    expect(done.ok).toBe(false);
    expect(!done.ok && done.error).toContain('input 1 (answer)');
  });
});

describe('CPUs', () => {
  const TWO = `_start: mov x2, #0x40000000
 add x2, x2, #0x100000
 ldr x0, =0xc4000003
 mov x1, #1
 mov x3, #7
 mov x9, x2
 adr x2, second
 hvc #0
1: ldr x4, [x9]
 cbz x4, 1b${OFF}
second: mov x9, #0x40000000
 add x9, x9, #0x100000
 str x0, [x9]
 wfi
 b .
`;
  test('a second one is started by PSCI and runs in turns', () => {
    const { m } = machine(TWO, { board: { cpus: 2 } });
    m.run({ instructions: 100_000 });
    expect(m.state).toMatchObject({ kind: 'ended', reason: 'shutdown' });
    expect(m.processor(0).x(4)).toBe(7n);
  });
  test('stepping one alone is part of the recording', () => {
    const { m } = machine(TWO, { board: { cpus: 2 } });
    m.run({ instructions: 9 });
    for (let n = 0; n < 3; n += 1) m.run({ instructions: 1, cpu: 1 });
    m.run({ instructions: 5, cpu: 0 });
    const { m: again } = machine(TWO, { board: { cpus: 2 } });
    expect(replayInto(again, m.recording).ok).toBe(true);
    expect(again.stateHash()).toBe(m.stateHash());
  });
});

describe('configuration', () => {
  const refused = (config: MachineConfig, board: Partial<BoardConfig> = {}): string => {
    const made = createMachine({
      board: { ...DEFAULT_BOARD, memory: 1 << 20, ...board },
      config,
      rules: [],
      image: { parts: [], entry: LOAD },
    });
    assert(!made.ok, 'accepted');
    return made.error;
  };
  test('what KVM or the tables do not have is refused by name', () => {
    expect(refused({ capabilities: ['KVM_CAP_TEA'] })).toBe("capabilities: there is no 'KVM_CAP_TEA'");
    expect(refused({ features: ['psci_0_3'] })).toContain("features: there is no 'psci_0_3'");
    expect(refused({ host: { 'ID_AA64ISAR0_EL1.TEA': 1 } })).toContain("host: there is no field 'ID_AA64ISAR0_EL1.TEA'");
    expect(refused({ registers: { x31: '0x1' } })).toBe("registers: there is no register 'x31'");
    expect(refused({ trap_controls: { HCR_EL2: { set: ['TEATIME'] } } })).toBe("trap_controls: HCR_EL2 has no field 'TEATIME'");
    expect(refused({}, { cpu: 'pentium' })).toBe("there is no CPU model 'pentium'");
    expect(refused({ capabilities: [] }, { hypervisor: 'none' })).toContain('"capabilities" configures KVM');
  });
  test('trap controls on top of KVM: with TWI clear, WFI is the processor’s own', () => {
    const source = `_start: wfi${OFF}`;
    expect(machine(source).m.run({ instructions: 10 })).toBe('state');
    const { m } = machine(source, { config: { trap_controls: { HCR_EL2: { clear: ['TWI'] } } } });
    m.run({ instructions: 10 });
    expect(m.log.exits).toBe(0);
    expect(m.state).toMatchObject({ kind: 'ended', reason: 'halted' });
  });
});

describe('bare metal', () => {
  test('the UART answers directly, nothing is behind other addresses, PSCI is an SMC', () => {
    const { m, text } = machine(
      `_start: adr x0, vectors\n msr vbar_el2, x0\n mov x1, #0x09000000\n mov w2, #'!'\n strb w2, [x1]\n mov x1, #0x0b000000\n ldr w3, [x1]\n ldr w0, =0x84000008\n smc #0\n b .
 .ltorg
 .balign 2048
vectors: .space 0x200
 mrs x20, esr_el2
 mrs x21, elr_el2
 add x21, x21, #4
 msr elr_el2, x21
 eret\n`,
      { board: { hypervisor: 'none', el: 2 } },
    );
    m.run({ instructions: 1000 });
    expect(m.state).toMatchObject({ kind: 'ended', reason: 'shutdown' });
    expect(text()).toBe('!');
    expect(m.processor(0).x(20)).toBe(0x9600_0010n);
  });

  test('ICH_HCR_EL2 written by the image takes the interrupt registers from EL1', () => {
    const { m } = machine(
      `_start: adr x0, vectors\n msr vbar_el2, x0\n mov x0, #1 << 31\n msr hcr_el2, x0\n mov x0, #1 << 12 // TALL1\n msr ich_hcr_el2, x0
 adr x0, guest\n msr elr_el2, x0\n mov x0, #0x3c5\n msr spsr_el2, x0\n eret
guest: mrs x1, icc_pmr_el1\n mrs x2, icc_bpr1_el1\n b .
 .balign 2048
vectors: .space 0x400
 mrs x20, esr_el2\n ldr w0, =0x84000008\n smc #0\n b .\n`,
      { board: { hypervisor: 'none', el: 2 } },
    );
    m.run({ instructions: 1000 });
    expect(m.state).toMatchObject({ kind: 'ended', reason: 'shutdown' });
    // MRS X2, S3_0_C12_C12_3.
    expect(m.processor(0).x(20)).toBe(0x6236_3059n);
  });
});

describe('several CPUs', () => {
  const TWO = readFileSync(new URL('../../guests/two-cpus.s', import.meta.url), 'utf8');
  const board = { cpus: 2 };

  test('each says why it does not run, from its power to its wait', () => {
    const { m, text } = machine(TWO, { board });
    expect([m.sleeps(0), m.sleeps(1)]).toEqual([undefined, 'off']);
    const seen = [new Set<string | undefined>(), new Set<string | undefined>()];
    // One instruction of each in turn: they meet at the lock, and each is found waiting.
    for (let n = 0; n < 20_000 && m.state.kind === 'ready'; n += 1) {
      const stop = m.run({ instructions: 1, cpu: n % 2 });
      for (const cpu of [0, 1]) seen[cpu]?.add(m.sleeps(cpu));
      if (stop === 'asleep') expect(m.sleeps(n % 2)).toBeDefined();
    }
    expect(m.state).toMatchObject({ kind: 'ended', reason: 'shutdown' });
    expect(text()).toBe('two: vCPU 0 is up\ncounted 40\n');
    expect(seen[0]).toEqual(new Set([undefined, 'wfi', 'off']));
    expect(seen[1]).toEqual(new Set(['off', undefined, 'wfi']));
    const again = machine(TWO, { board });
    expect(replayInto(again.m, m.recording).ok).toBe(true);
    expect(again.m.stateHash()).toBe(m.stateHash());
  });

  test('a CPU alone that sleeps does not let time jump while another could run', () => {
    const { m } = machine(TWO, { board });
    const before = m.moment.instructions;
    expect(m.run({ instructions: 1, cpu: 1 })).toBe('asleep');
    expect(m.moment.instructions).toBe(before);
    expect(m.run({ instructions: 1, cpu: 0 })).toBe('budget');
    expect(m.moment.instructions).toBe(before + 1);
  });

  test.each(['kvm', 'none'] as const)(
    'WFE for which no event ever comes ends the run (%s), it does not go round for ever',
    (hypervisor) => {
      const config: MachineConfig = hypervisor === 'kvm' ? { trap_controls: { HCR_EL2: { clear: ['TWE'] } } } : {};
      for (const cpus of [1, 2]) {
        const { m } = machine('_start: wfe\n b _start\n', { board: { hypervisor, el: 1, cpus }, config });
        expect(m.run({ instructions: 1000 })).toBe('state');
        expect(m.state).toMatchObject({ kind: 'ended', reason: 'halted' });
        expect(m.sleeps(0)).toBe('wfe');
      }
    },
  );
});

describe('the device tree', () => {
  const FIRST_WORD = 0xedfe_0dd0n; // the magic number d00dfeed, big-endian
  const READ = `_start: ldr w1, [x0]\n b .\n`;

  test.each(['kvm', 'none'] as const)('stands at the start of RAM, its address in x0 (%s)', (hypervisor) => {
    const { m } = machine(READ, { board: { hypervisor, el: 1 } });
    expect(m.processor(0).x(0)).toBe(0x4000_0000n);
    m.run({ instructions: 4 });
    expect(m.processor(0).x(1)).toBe(FIRST_WORD);
  });

  test('a configured x0 stays', () => {
    expect(
      machine(READ, { config: { registers: { x0: '7' } } })
        .m.processor(0)
        .x(0),
    ).toBe(7n);
  });

  test('an image at the start of RAM has that place for itself', () => {
    const made = createMachine({
      board: { ...DEFAULT_BOARD, memory: 2 << 20 },
      config: {},
      rules: [],
      image: { parts: [{ address: 0x4000_0000n, bytes: Uint8Array.of(0x20, 0, 0, 0x14) }], entry: 0x4000_0000n },
    });
    assert(made.ok, 'a machine');
    expect(made.value.processor(0).x(0)).toBe(0n);
    expect(made.value.readMemory(0x4000_0000n, 4)).toEqual(Uint8Array.of(0x20, 0, 0, 0x14));
    expect(made.value.readMemory(0x4000_0004n, 4)).toEqual(new Uint8Array(4));
  });
});
