import { describe, expect, test } from 'vitest';
import { ownBytes } from '#base';
import { makeBus, PL011 } from '#devices';
import { type BenchOptions, bench, CODE, DEVICE } from '../hypervisor/kvm/machine.fixture.ts';
import { type Answer, type Disposition, type Rule, VMM_STATE_SIZE, Vmm } from './index.ts';

const NISV = { capabilities: ['KVM_CAP_ARM_NISV_TO_USER'] } as const satisfies BenchOptions;
const IDSR = { capabilities: ['KVM_CAP_ARM_IDSR_TO_USER'] } as const satisfies BenchOptions;

/** A guest whose exits go to a VMM with these rules; `go` runs until a person is asked or the guest ends. */
function guest(program: string, rules: readonly Rule[] = [], options: BenchOptions = {}) {
  const b = bench(program, options);
  const console: number[] = [];
  const uart = PL011.make(ownBytes(PL011.stateSize), { irq: () => undefined, transmit: (byte) => console.push(byte) });
  uart.reset();
  const vmm = new Vmm({ vm: b.vm, bus: makeBus([{ base: 0x0900_0000n, device: uart }]), rules, state: ownBytes(VMM_STATE_SIZE) });
  const log: Disposition[] = [];
  const go = (): Disposition => {
    for (;;) {
      const ran = b.run();
      if (ran.kind !== 'exit') return { kind: 'failed', message: ran.kind === 'error' ? ran.errno : ran.kind };
      const went = vmm.handleExit(b.vcpu);
      log.push(went);
      if (went.kind !== 'answered') return went;
    }
  };
  const answer = (a: Answer) => {
    const last = log.at(-1);
    if (last?.kind !== 'ask') throw new Error('nothing is asked');
    const went = vmm.answer(b.vcpu, last.question, a);
    if (went.ok) log.push(went.value);
    return went;
  };
  return { ...b, vmm, log, go, answer, text: () => String.fromCharCode(...console) };
}

const OFF = '\n ldr x0, =0x84000008\n hvc #0\n';

describe('MMIO', () => {
  test('the UART answers by itself', () => {
    const g = guest(
      `_start: mov x11, #0x09000000\n mov w0, #'h'\n str w0, [x11]\n mov w0, #'i'\n strb w0, [x11]\n ldr w12, [x11, #0x18]${OFF}`,
    );
    expect(g.go()).toMatchObject({ kind: 'ended', reason: 'shutdown' });
    expect(g.text()).toBe('hi');
    expect(g.get('x12')).toBe(0x90n);
  });

  test('a person is asked, and the answer lands in the register', () => {
    const g = guest(`_start: mov x11, #0x0b000000\n ldrsb x5, [x11, #3]${OFF}`);
    expect(g.go()).toMatchObject({
      kind: 'ask',
      question: {
        kind: 'mmio',
        access: 'read',
        address: DEVICE + 3n,
        bytes: 1,
        lands: 'x5',
        permitted: ['value', 'raz-wi', 'storage', 'abort'],
      },
    });
    expect(g.answer({ do: 'value', value: 0x1ffn })).toEqual({ ok: false, error: '0x1ff does not fit 1 byte' });
    expect(g.answer({ do: 'undef' }).ok).toBe(false);
    expect(g.answer({ do: 'value', value: 0x80n }).ok).toBe(true);
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect(g.get('x5')).toBe(0xffff_ffff_ffff_ff80n);
  });

  test('an answer can be seen before it is given', () => {
    const g = guest('_start: mov x11, #0x0b000000\n ldrsh w5, [x11]\n');
    const asked = g.go();
    if (asked.kind !== 'ask') throw new Error(asked.kind);
    expect(g.vmm.preview(g.vcpu, asked.question, { do: 'value', value: 0x8001n })).toMatchObject({
      ok: true,
      value: { register: 'w5', old: 0n, new: 0xffff_8001n, rules: [{ rule: 'sign extension' }, { rule: '32 bits' }] },
    });
    expect(g.get('x5')).toBe(0n);
  });

  test('refused with an external abort, the guest takes it at the load', () => {
    const g = guest(
      `_start: adr x9, vectors\n msr vbar_el1, x9\n mov x11, #0x0b000000\nfault: ldr w5, [x11]\n b .\n .balign 2048\nvectors: .space 0x200\n mrs x12, esr_el1\n mrs x13, far_el1\n mrs x14, elr_el1${OFF}`,
    );
    expect(g.go().kind).toBe('ask');
    expect(g.answer({ do: 'abort' })).toMatchObject({ ok: true, value: { kind: 'answered' } });
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect([g.get('x12'), g.get('x13'), g.get('x14')]).toEqual([0x9600_0010n, DEVICE, g.symbols.get('fault')]);
  });

  test('rules: the first that matches, storage byte by byte, values by their place', () => {
    const rules: Rule[] = [
      { on: 'mmio', address: DEVICE, size: 4n, access: 'read', answer: { do: 'value', value: 0x1122_3344n } },
      { on: 'mmio', address: DEVICE, size: 0x100n, access: 'any', answer: { do: 'storage' } },
      { on: 'mmio', address: DEVICE + 0x100n, size: 0x100n, access: 'any', answer: { do: 'raz-wi' } },
    ];
    const g = guest(
      `_start: mov x11, #0x0b000000\n ldrb w12, [x11, #1]\n ldr x13, =0x8877665544332211\n str x13, [x11, #0x18]\n ldrh w14, [x11, #0x1a]\n ldr w5, [x11, #0x1c]\n str x13, [x11, #0x100]\n ldr x6, [x11, #0x100]${OFF}`,
      rules,
    );
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect(['x12', 'x14', 'x5', 'x6'].map((r) => g.get(r))).toEqual([0x33n, 0x4433n, 0x8877_6655n, 0n]);
    expect(g.log[0]).toMatchObject({ given: { by: { kind: 'rule', index: 0 }, value: 0x33n } });
  });
});

test('SYSTEM_SUSPEND: woken, the vCPU starts anew where it asked to', () => {
  const g = guest(
    `_start: ldr x1, =0x080b0000
      mov w2, #(1 << 27)
      str w2, [x1, #0x100]
      mov x2, #0xff
      msr icc_pmr_el1, x2
      mov x2, #1
      msr icc_igrpen1_el1, x2
      mov x1, #0x08000000
      mov w2, #2
      str w2, [x1]
      mov x2, #0x1000
      msr cntv_tval_el0, x2
      mov x2, #1
      msr cntv_ctl_el0, x2
      mrs x2, sctlr_el1
      orr x2, x2, #4
      msr sctlr_el1, x2
      mov x5, #7
      ldr x0, =0xc400000e
      adr x1, resumed
      mov x2, #0x55
      hvc #0
      b .
    resumed:
      mov x12, x0
      mov x13, x5
      mrs x14, sctlr_el1
      mrs x15, cntv_ctl_el0${OFF}`,
    [],
    { capabilities: ['KVM_CAP_ARM_SYSTEM_SUSPEND'], vgic: true },
  );
  expect(g.go()).toEqual({ kind: 'failed', message: 'EINTR' });
  g.memory.clock += 0x10_0000n;
  expect(g.go()).toMatchObject({ kind: 'ended', reason: 'shutdown' });
  expect(['x12', 'x13', 'x14', 'x15'].map((name) => g.get(name))).toEqual([0x55n, 0n, 0x00c5_0078n, 0n]);
});

describe('IMPLEMENTATION DEFINED registers', () => {
  const READ = `_start: adr x9, vectors\n msr vbar_el1, x9\nhere: mrs x5, s3_0_c15_c2_0${OFF} .balign 2048\nvectors: .space 0x200\n mrs x12, esr_el1\n mrs x14, elr_el1${OFF}`;

  test('without the capability the guest gets an UNDEF and nobody is asked', () => {
    const g = guest(READ);
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect([g.get('x12'), g.get('x14')]).toEqual([0x0200_0000n, g.symbols.get('here')]);
  });

  test('a value, and what was stored', () => {
    const g = guest(
      `_start: mov x11, #77\n msr s3_3_c11_c0_1, x11\n mrs x12, s3_3_c11_c0_1\n mrs x13, s3_0_c15_c2_0${OFF}`,
      [
        { on: 'sysreg', encoding: undefined, access: 'write', answer: { do: 'storage' } },
        { on: 'sysreg', encoding: 0xdd81, access: 'read', answer: { do: 'storage' } },
      ],
      IDSR,
    );
    const asked = g.go();
    expect(asked).toMatchObject({ kind: 'ask', question: { kind: 'sysreg', register: 'S3_0_C15_C2_0', lands: 'x13', bytes: 8 } });
    expect(g.answer({ do: 'value', value: 0xcafen }).ok).toBe(true);
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect([g.get('x12'), g.get('x13')]).toEqual([77n, 0xcafen]);
  });

  test('refused, the guest takes its UNDEF vector at the MRS', () => {
    const g = guest(READ, [], IDSR);
    expect(g.go().kind).toBe('ask');
    expect(g.answer({ do: 'undef' }).ok).toBe(true);
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect([g.get('x12'), g.get('x14'), g.get('x5')]).toEqual([0x0200_0000n, g.symbols.get('here'), 0n]);
  });
});

describe('64 bytes at once', () => {
  const LOAD = `_start: mov x8, #0x0b000000\n ld64b x0, [x8]\n add x9, x0, x7${OFF}`;

  test('a person decides, and eight answers are its data', () => {
    const g = guest(LOAD);
    expect(g.go()).toMatchObject({
      kind: 'ask',
      question: { kind: 'nisv', access: 'read', address: DEVICE, bytes: 64, permitted: ['decode', 'abort', 'skip'] },
    });
    expect(g.answer({ do: 'decode' })).toMatchObject({
      ok: true,
      value: { kind: 'ask', question: { address: DEVICE, bytes: 8 } },
    });
    for (let i = 1n; i <= 7n; i++) expect(g.answer({ do: 'value', value: i })).toMatchObject({ value: { kind: 'ask' } });
    expect(g.answer({ do: 'value', value: 8n })).toMatchObject({ value: { kind: 'answered' } });
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect(g.get('x9')).toBe(9n);
  });

  test('rules do it alone', () => {
    const store = `_start: mov x8, #0x0b000000\n mov x0, #5\n mov x7, #6\n st64b x0, [x8]\n ld64b x10, [x8]\n add x9, x10, x17${OFF}`;
    const g = guest(store, [
      { on: 'nisv', answer: { do: 'decode' } },
      { on: 'mmio', access: 'any', address: DEVICE, size: 64n, answer: { do: 'storage' } },
    ]);
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect(g.get('x9')).toBe(11n);
  });

  test('refused, it is an external abort of the guest', () => {
    const g = guest(LOAD, [{ on: 'nisv', answer: { do: 'abort' } }]);
    g.go();
    expect(g.phases.find((p) => p.kind === 'injection')).toMatchObject({ injection: { function: 'kvm_inject_sea_dabt' } });
  });
});

describe('accesses without syndrome', () => {
  const STORE = `_start: mov x11, #0x0b000000\n mov w0, #42\n str w0, [x11], #4\n mov x7, #1${OFF}`;

  test('without the capability KVM_RUN fails', () => {
    expect(guest(STORE).go()).toEqual({ kind: 'failed', message: 'ENOSYS' });
  });

  test('skip leaves everything undone', () => {
    const g = guest(STORE, [{ on: 'nisv', answer: { do: 'skip' } }], NISV);
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect([g.get('x11'), g.get('x7')]).toEqual([DEVICE, 1n]);
  });

  test('decoded in userspace: the pieces are MMIO, then registers and PC are set', () => {
    const g = guest(STORE, [], NISV);
    expect(g.go()).toMatchObject({ kind: 'ask', question: { kind: 'nisv', address: DEVICE, access: 'write' } });
    const decoded = g.answer({ do: 'decode' });
    expect(decoded).toMatchObject({
      ok: true,
      value: {
        kind: 'ask',
        question: { kind: 'mmio', access: 'write', address: DEVICE, bytes: 4, value: 42n, piece: { index: 0, pc: CODE + 8n } },
      },
    });
    expect(g.get('x11')).toBe(DEVICE);
    expect(g.answer({ do: 'raz-wi' })).toMatchObject({ ok: true, value: { kind: 'answered' } });
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect([g.get('x11'), g.get('x7')]).toEqual([DEVICE + 4n, 1n]);
  });

  test('a pair is two accesses, answered by rule and by person', () => {
    const g = guest(
      `_start: mov x11, #0x0b000000\n ldp x12, x13, [x11, #16]!${OFF}`,
      [
        { on: 'nisv', answer: { do: 'decode' } },
        { on: 'mmio', address: DEVICE + 16n, size: 8n, access: 'read', answer: { do: 'value', value: 7n } },
      ],
      NISV,
    );
    expect(g.go()).toMatchObject({ kind: 'ask', question: { address: DEVICE + 24n, bytes: 8, piece: { index: 1 } } });
    expect(g.answer({ do: 'value', value: 9n }).ok).toBe(true);
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect(['x11', 'x12', 'x13'].map((r) => g.get(r))).toEqual([DEVICE + 16n, 7n, 9n]);
  });

  test('an instruction that userspace does not emulate: a person is asked, and told why', () => {
    const g = guest(`_start: mov x11, #0x0b000000\n ldxr w0, [x11]${OFF}`, [{ on: 'nisv', answer: { do: 'decode' } }], NISV);
    const refused = 'ldxr w0, [x11] cannot be emulated in userspace: the exclusive monitor is the processor’s own';
    expect(g.go()).toMatchObject({ kind: 'ask', question: { kind: 'nisv', refused } });
    expect(g.answer({ do: 'decode' })).toEqual({ ok: false, error: refused });
    expect(g.get('pc')).toBe(CODE + 4n);
    expect(g.answer({ do: 'skip' }).ok).toBe(true);
    expect(g.go()).toMatchObject({ kind: 'ended' });
  });

  test('aborted', () => {
    const g = guest(
      `_start: adr x9, vectors\n msr vbar_el1, x9\n mov x11, #0x0b000000\n str w0, [x11], #4\n b .\n .balign 2048\nvectors: .space 0x200\n mrs x12, esr_el1${OFF}`,
      [{ on: 'nisv', answer: { do: 'abort' } }],
      NISV,
    );
    expect(g.go()).toMatchObject({ kind: 'ended' });
    expect([g.get('x11'), g.get('x12')]).toEqual([DEVICE, 0x9600_0010n]);
  });

  // The first vCPU stores to a device without a syndrome; the second puts another instruction in its place, as a guest that plays a trick may.
  const RACE = `_start: mov x11, #0x0b000000
    mov w0, #1
    mov w1, #2
there:
    str w0, [x11], #4
    nop
    b .
other:
    adr x5, there
    ldr w6, trick
    str w6, [x5]
    dsb ish
    b .
trick: .inst 0xb8004561 // str w1, [x11], #4
`;

  test.each([
    ['same', 1n, 'str w0, [x11], #4'],
    ['replaced', 2n, 'str w1, [x11], #4'],
  ] as const)('the instruction that is decoded: %s', (nisv_fetch, value, text) => {
    const g = guest(RACE, [{ on: 'nisv', answer: { do: 'decode' } }], { ...NISV, vcpus: 2, policy: { nisv_fetch } });
    const second = g.vm.vcpus[1]!;
    second.setMpState(0);
    second.cpu.pc = g.symbols.get('other')!;
    let went = g.go();
    if (went.kind === 'late') {
      expect(g.vmm.late(g.vcpu)).toBe(true);
      g.run(second);
      went = g.vmm.handleExit(g.vcpu);
      g.log.push(went);
    }
    expect(went).toMatchObject({ kind: 'ask', question: { value, piece: { text } } });
    // What was read stays what is emulated, whatever happens in memory while a person thinks.
    g.run(second);
    expect(g.answer({ do: 'raz-wi' })).toMatchObject({ ok: true, value: { kind: 'answered', given: { fetched: { text } } } });
    expect(g.get('x11')).toBe(DEVICE + 4n);
  });
});
