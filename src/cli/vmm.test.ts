import { describe, expect, test } from 'vitest';
import { dispatch } from './dispatch.ts';
import { type MemoryIo, memoryIo } from './memory-io.ts';
import { vmm } from './vmm.ts';

type Step = Readonly<Record<string, unknown>>;
type Result = Readonly<Record<string, unknown>>;

async function command(argv: readonly string[], io: MemoryIo): Promise<number> {
  return dispatch(['vmm', ...argv], io, { vmm: async () => vmm });
}

/** Plays steps with --json: one result for each. */
async function play(...steps: readonly Step[]): Promise<readonly Result[]> {
  const io = memoryIo({ files: { s: steps.map((step) => JSON.stringify(step)).join('\n') } });
  const status = await command(['s', '--json'], io);
  expect([status, io.written.stderr]).toEqual([0, '']);
  const results = io.written.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Result);
  expect(results.length).toBe(steps.length);
  return results;
}

/** What a script that is at fault says, and where. */
async function mistake(line: string): Promise<string> {
  const io = memoryIo({ files: { s: `{"ioctl":"KVM_CREATE_VM"}\n\n${line}\n{"ioctl":"KVM_CREATE_VM"}` } });
  expect(await command(['s', '--json'], io)).toBe(1);
  // What came before has its answer, what comes after has none.
  expect(io.written.stdout).toBe('{"ret":0}\n');
  return io.written.stderr;
}

const RAM = 0x4000_0000;
const MACHINE: readonly Step[] = [
  { ioctl: 'KVM_CREATE_VM' },
  { ioctl: 'KVM_SET_USER_MEMORY_REGION', slot: 0, guest_phys_addr: RAM, memory_size: '0x10000' },
  { ioctl: 'KVM_CREATE_VCPU', id: 0 },
  { ioctl: 'KVM_ARM_VCPU_INIT', features: ['psci_0_2'] },
];

/** The results of steps behind those that make a machine. */
async function onMachine(...steps: readonly Step[]): Promise<readonly Result[]> {
  return (await play(...MACHINE, ...steps)).slice(MACHINE.length);
}

function program(text: string): Step {
  return { asm: `_start: ${text}\n b .\n`, at: RAM, start: true };
}

describe('steps', () => {
  test('allocation tags, to the guest and back', async () => {
    const copy = { ioctl: 'KVM_ARM_MTE_COPY_TAGS', guest_ipa: RAM, length: 4096 };
    const results = await play(
      { ioctl: 'KVM_CREATE_VM' },
      { ioctl: 'KVM_SET_USER_MEMORY_REGION', slot: 0, guest_phys_addr: RAM, memory_size: '0x10000' },
      { ...copy, flags: ['from_guest'] },
      { ioctl: 'KVM_ENABLE_CAP', cap: 'KVM_CAP_ARM_MTE' },
      { ...copy, tags: 'f1'.repeat(256) },
      { ...copy, flags: ['from_guest'] },
    );
    expect(results.slice(2)).toEqual([
      { ret: -1, errno: 'EINVAL' },
      { ret: 0 },
      { ret: 4096 },
      { ret: 4096, tags: '01'.repeat(256) },
    ]);
  });

  test('the VM: capabilities, memory, vCPUs, devices, attributes, interrupt lines', async () => {
    const results = await play(
      { ioctl: 'KVM_CHECK_EXTENSION', cap: 'KVM_CAP_ARM_NISV_TO_USER' },
      { ioctl: 'KVM_CHECK_EXTENSION', cap: 4711 },
      { ioctl: 'KVM_CREATE_VM', ipa_bits: 64 },
      { ioctl: 'KVM_CREATE_VM', ipa_bits: 36 },
      { ioctl: 'KVM_ENABLE_CAP', cap: 'KVM_CAP_ARM_NISV_TO_USER', args: [0] },
      { ioctl: 'KVM_ENABLE_CAP', cap: 'KVM_CAP_ONE_REG' },
      { ioctl: 'KVM_SET_USER_MEMORY_REGION', slot: 1, guest_phys_addr: '0x1000', memory_size: 4096, flags: ['readonly'] },
      { ioctl: 'KVM_SET_USER_MEMORY_REGION', slot: 2, guest_phys_addr: '0x1000', memory_size: 4096 },
      { ioctl: 'KVM_CREATE_DEVICE', type: 'KVM_DEV_TYPE_ARM_VGIC_V3' },
      { ioctl: 'KVM_CREATE_VCPU', id: 0 },
      { ioctl: 'KVM_CREATE_VCPU', id: 0 },
      { ioctl: 'KVM_ARM_VCPU_INIT', features: ['psci_0_2'] },
      { ioctl: 'KVM_HAS_DEVICE_ATTR', vcpu: 0, group: 'KVM_ARM_VCPU_TIMER_CTRL', attr: 'KVM_ARM_VCPU_TIMER_IRQ_VTIMER' },
      { ioctl: 'KVM_GET_DEVICE_ATTR', vcpu: 0, group: 'KVM_ARM_VCPU_TIMER_CTRL', attr: 'KVM_ARM_VCPU_TIMER_IRQ_VTIMER' },
      {
        ioctl: 'KVM_SET_DEVICE_ATTR',
        device: 'KVM_DEV_TYPE_ARM_VGIC_V3',
        group: 'KVM_DEV_ARM_VGIC_GRP_ADDR',
        attr: 'KVM_VGIC_V3_ADDR_TYPE_DIST',
        value: '0x8000000',
      },
      {
        ioctl: 'KVM_SET_DEVICE_ATTR',
        group: 'KVM_ARM_VM_SMCCC_CTRL',
        attr: 'KVM_ARM_VM_SMCCC_FILTER',
        filter: { base: '0x85000000', nr_functions: 1, action: 'KVM_SMCCC_FILTER_DENY' },
      },
      { ioctl: 'KVM_HAS_DEVICE_ATTR', device: 'KVM_DEV_TYPE_ARM_VGIC_ITS', group: 0, attr: 0 },
      { ioctl: 'KVM_IRQ_LINE', irq: 0, level: 1 },
    );
    expect(results).toEqual([
      { ret: 1 },
      { ret: 0 },
      { ret: -1, errno: 'EINVAL' },
      { ret: 0 },
      { ret: 0 },
      { ret: -1, errno: 'EINVAL' },
      { ret: 0 },
      { ret: -1, errno: 'EEXIST' },
      { ret: 0 },
      { ret: 0 },
      { ret: -1, errno: 'EEXIST' },
      { ret: 0 },
      { ret: 0 },
      { ret: 0, value: '0x1b' },
      { ret: 0 },
      { ret: 0 },
      { ret: -1, errno: 'EBADF' },
      { ret: -1, errno: 'ENXIO' },
    ]);
  });

  test('registers: by name, by encoding, by id; 32, 64 and 128 bits; the list and the masks', async () => {
    const results = await onMachine(
      { ioctl: 'KVM_SET_ONE_REG', reg: 'X7', value: '0xffffffffffffffff' },
      { ioctl: 'KVM_GET_ONE_REG', reg: '0x603000000010000e' },
      { ioctl: 'KVM_SET_ONE_REG', reg: 'v1', value: '0x112233445566778899aabbccddeeff00' },
      { ioctl: 'KVM_GET_ONE_REG', reg: 'v1' },
      { ioctl: 'KVM_GET_ONE_REG', reg: 's3_0_c1_c0_0' },
      { ioctl: 'KVM_GET_ONE_REG', reg: 'KVM_REG_ARM_STD_BMAP' },
      { ioctl: 'KVM_GET_ONE_REG', reg: 'S3_0_C15_C0_0' },
      { ioctl: 'KVM_GET_REG_LIST', n: 1 },
      { ioctl: 'KVM_GET_REG_LIST' },
      { ioctl: 'KVM_ARM_GET_REG_WRITABLE_MASKS' },
      { ioctl: 'KVM_ARM_GET_REG_WRITABLE_MASKS', reserved: [0, 1] },
      { ioctl: 'KVM_ARM_VCPU_FINALIZE', feature: 'sve' },
    );
    expect(results.slice(0, 7)).toEqual([
      { ret: 0 },
      { ret: 0, value: '0xffffffffffffffff' },
      { ret: 0 },
      { ret: 0, value: '0x112233445566778899aabbccddeeff00' },
      { ret: 0, value: '0xc50078' },
      { ret: 0, value: '0x1' },
      { ret: -1, errno: 'ENOENT' },
    ]);
    const [short, list, masks, reserved, finalize] = results.slice(7) as [Result, Result, Result, Result, Result];
    expect(short).toEqual({ ret: -1, errno: 'E2BIG', n: list['n'] });
    expect((list['list'] as string[]).length).toBe(list['n']);
    expect((list['list'] as string[])[0]).toBe('0x6030000000100000');
    expect((masks['masks'] as Record<string, string>)['CTR_EL0']).toBe('0x300fc00f');
    expect([reserved, finalize]).toEqual([
      { ret: -1, errno: 'EINVAL' },
      { ret: -1, errno: 'EINVAL' },
    ]);
  });

  test('KVM_RUN: kvm_run by its exit, data as bytes, PC; the page is read and written between', async () => {
    const results = await onMachine(
      program('mov x0, #0x0b000000\n mov w1, #0x1234\n strh w1, [x0, #2]\n ldrsb x2, [x0]'),
      { ioctl: 'KVM_RUN' },
      { ioctl: 'KVM_RUN' },
      { run: { 'mmio.data': '80', immediate_exit: 1 } },
      { ioctl: 'KVM_RUN' },
      { ioctl: 'KVM_GET_ONE_REG', reg: 'x2' },
      { run: { immediate_exit: 0, exit_reason: 'KVM_EXIT_UNKNOWN' } },
      { ioctl: 'KVM_RUN', max_instructions: 7 },
    );
    expect(results).toEqual([
      { ret: 0, symbols: { _start: '0x40000000' }, size: 20 },
      {
        ret: 0,
        kvm_run: { exit_reason: 'KVM_EXIT_MMIO', phys_addr: '0xb000002', data: '3412', len: 2, is_write: 1 },
        pc: '0x40000008',
      },
      {
        ret: 0,
        kvm_run: { exit_reason: 'KVM_EXIT_MMIO', phys_addr: '0xb000000', data: '', len: 1, is_write: 0 },
        pc: '0x4000000c',
      },
      { ret: 0 },
      { ret: -1, errno: 'EINTR', kvm_run: { exit_reason: 'KVM_EXIT_INTR' }, pc: '0x40000010' },
      { ret: 0, value: '0xffffffffffffff80' },
      { ret: 0 },
      { ret: -1, errno: 'EINTR', kvm_run: { exit_reason: 'KVM_EXIT_INTR' }, pc: '0x40000010' },
    ]);
  });

  test.each<readonly [what: string, text: string, before: readonly Step[], kvm_run: Result]>([
    [
      'a hypercall',
      'ldr x0, =0x85000000\n smc #0',
      [forward(0x8500_0000)],
      { exit_reason: 'KVM_EXIT_HYPERCALL', nr: '0x85000000', flags: '0x1' },
    ],
    [
      'a system event',
      'ldr x0, =0x84000008\n hvc #0',
      [],
      { exit_reason: 'KVM_EXIT_SYSTEM_EVENT', type: 1, ndata: 1, data: ['0x0'] },
    ],
    [
      'a debug exception',
      'brk #1',
      [{ ioctl: 'KVM_SET_GUEST_DEBUG', control: ['enable', 'use_sw_bp'], bcr: [], wvr: [0] }],
      { exit_reason: 'KVM_EXIT_DEBUG', hsr: '0xf2000001', far: '0x0' },
    ],
    [
      'an access without syndrome',
      'mov x1, #0x0b000000\n ldp x2, x3, [x1]',
      [{ ioctl: 'KVM_ENABLE_CAP', cap: 'KVM_CAP_ARM_NISV_TO_USER' }],
      { exit_reason: 'KVM_EXIT_ARM_NISV', esr_iss: '0x5', fault_ipa: '0xb000000' },
    ],
    [
      '64 bytes at once',
      'mov x1, #0x0b000000\n ld64b x2, [x1]',
      [],
      { exit_reason: 'KVM_EXIT_ARM_LDST64B', esr_iss: '0x93c29000', fault_ipa: '0xb000000' },
    ],
    [
      'an IMPLEMENTATION DEFINED register',
      'mov x1, #5\n msr s3_3_c11_c0_1, x1',
      [{ ioctl: 'KVM_ENABLE_CAP', cap: 'KVM_CAP_ARM_IDSR_TO_USER' }],
      {
        exit_reason: 'KVM_EXIT_ARM_IDSR',
        ...{ Op0: 3, Op1: 3, CRn: 11, CRm: 0, Op2: 1, regval: '0x5', is_write: 1, is_needed: 1, is_handled: 0 },
      },
    ],
    [
      'memory that fails',
      'ldr x1, here\n b .\n .balign 4096\nhere: .quad 0',
      [{ ioctl: 'KVM_ENABLE_CAP', cap: 'KVM_CAP_ARM_SEA_TO_USER' }, { poison: RAM + 0x1000 }],
      { exit_reason: 'KVM_EXIT_ARM_SEA', flags: '0x1', esr: '0x92000010', gva: '0x40001000', gpa: '0x40001000' },
    ],
  ])('%s as it stands in kvm_run', async (_, text, before, kvm_run) => {
    const results = await onMachine(program(text), ...before, { ioctl: 'KVM_RUN' });
    expect(results.at(-1)).toMatchObject({ ret: 0, kvm_run });
    expect(Object.keys(results.at(-1)?.['kvm_run'] as object)).toEqual(Object.keys(kvm_run));
  });

  test('the offset of the counters', async () => {
    const results = await onMachine(
      { ioctl: 'KVM_ARM_SET_COUNTER_OFFSET', counter_offset: '0xffffffffffffff00', reserved: 1 },
      { ioctl: 'KVM_ARM_SET_COUNTER_OFFSET', counter_offset: '0xffffffffffffff00' },
      { ioctl: 'KVM_GET_ONE_REG', reg: 'KVM_REG_ARM_PTIMER_CNT' },
      { ioctl: 'KVM_GET_ONE_REG', reg: 'KVM_REG_ARM_TIMER_CNT' },
    );
    expect(results).toMatchObject([{ ret: -1, errno: 'EINVAL' }, { ret: 0 }, { value: '0x100' }, { value: '0x100' }]);
  });

  test('events and MP states, names out', async () => {
    const results = await onMachine(
      { ioctl: 'KVM_SET_VCPU_EVENTS', events: { serror_pending: 1, serror_has_esr: 1, serror_esr: '0x12' } },
      { ioctl: 'KVM_GET_VCPU_EVENTS' },
      { ioctl: 'KVM_SET_VCPU_EVENTS', events: { pad: 1 } },
      { ioctl: 'KVM_SET_MP_STATE', mp_state: 'KVM_MP_STATE_STOPPED' },
      { ioctl: 'KVM_GET_MP_STATE' },
      { ioctl: 'KVM_SET_MP_STATE', mp_state: 3 },
      { ioctl: 'KVM_RUN' },
    );
    expect(results).toEqual([
      { ret: 0 },
      { ret: 0, events: { serror_pending: 1, serror_has_esr: 1, ext_dabt_pending: 0, serror_esr: '0x12' } },
      { ret: -1, errno: 'EINVAL' },
      { ret: 0 },
      { ret: 0, mp_state: 'KVM_MP_STATE_STOPPED' },
      { ret: -1, errno: 'EINVAL' },
      { ret: -1, errno: 'EINTR', kvm_run: { exit_reason: 'KVM_EXIT_INTR' }, pc: '0x0' },
    ]);
  });

  test('memory as the VMM sees it: through every slot, and nothing outside them', async () => {
    const results = await onMachine(
      { ioctl: 'KVM_SET_USER_MEMORY_REGION', slot: 1, guest_phys_addr: RAM + 0x1_0000, memory_size: 4096, flags: 2 },
      { write: RAM + 0xfffe, bytes: '01020304' },
      { read: '0x4000fffd', length: 6 },
      { read: 0, length: 1 },
      { write: RAM + 0x1_0fff, bytes: '0000' },
      { read: RAM + 0x1_0fff, length: 1 },
    );
    expect(results).toEqual([
      { ret: 0 },
      { ret: 0 },
      { ret: 0, bytes: '000102030400' },
      { ret: -1, errno: 'EFAULT' },
      { ret: -1, errno: 'EFAULT' },
      { ret: 0, bytes: '00' },
    ]);
  });

  test('host and policy count from the next VM on; a second VM starts over', async () => {
    const results = await play(
      { host: { 'ID_AA64ISAR0_EL1.AES': 2, 'ID_AA64PFR0_EL1.RAS': 0, 'id_aa64pfr2_el1.gcie': 1 } },
      { policy: { mmio_read: 'zero-extended', id_freeze: 'first-write' } },
      ...MACHINE,
      { ioctl: 'KVM_GET_ONE_REG', reg: 'ID_AA64ISAR0_EL1' },
      { ioctl: 'KVM_CHECK_EXTENSION', cap: 'KVM_CAP_ARM_INJECT_SERROR_ESR' },
      program('mov x0, #0x0b000000\n ldrsb x2, [x0]'),
      { ioctl: 'KVM_RUN' },
      { run: { 'mmio.data': '80', immediate_exit: 1 } },
      { ioctl: 'KVM_RUN' },
      { ioctl: 'KVM_GET_ONE_REG', reg: 'x2' },
      { ioctl: 'KVM_CREATE_VM' },
      { ioctl: 'KVM_GET_ONE_REG', reg: 'x2' },
      { read: RAM, length: 4 },
    );
    expect((BigInt(results[6]?.['value'] as string) >> 4n) & 0xfn).toBe(2n);
    expect(results[7]).toEqual({ ret: 0 });
    expect(results.slice(-4)).toEqual([
      { ret: 0, value: '0x80' },
      { ret: 0 },
      { ret: -1, errno: 'EBADF' },
      { ret: -1, errno: 'EFAULT' },
    ]);
  });
});

function forward(base: number): Step {
  const filter = { base, nr_functions: 1, action: 'KVM_SMCCC_FILTER_FWD_TO_USER' };
  return { ioctl: 'KVM_SET_DEVICE_ATTR', group: 'KVM_ARM_VM_SMCCC_CTRL', attr: 'KVM_ARM_VM_SMCCC_FILTER', filter };
}

test.each<readonly [line: string, column: number, message: string]>([
  ['nonsense', 1, 'not JSON'],
  ['[1]', 1, 'a step is an object'],
  ['{"ioctl":"KVM_RUN"', 19, 'not JSON'],
  ['{"iocl":"KVM_RUN"}', 1, 'this is no step'],
  ['{"ioctl":"KVM_FLY"}', 10, 'there is no ioctl KVM_FLY'],
  ['{"ioctl":"toString"}', 10, 'there is no ioctl toString'],
  ['{"ioctl":"KVM_CREATE_VCPU"}', 1, '"id" is missing'],
  ['{"ioctl":"KVM_CREATE_VCPU","id":-1}', 33, 'id has 32 bits at most'],
  ['{"ioctl":"KVM_CREATE_VCPU","id":"one"}', 33, 'id is a number or a string such as "0x2a"'],
  ['{"ioctl":"KVM_ENABLE_CAP","cap":"KVM_CAP_ARM_FLY"}', 33, 'KVM_CAP_ARM_FLY is no cap'],
  ['{"ioctl":"KVM_ARM_VCPU_INIT","features":["psci_0_2","wings"]}', 53, 'wings is no element of features'],
  ['{"ioctl":"KVM_GET_ONE_REG","reg":"x32"}', 34, 'x32 is no register'],
  [`{"ioctl":"KVM_SET_ONE_REG","reg":"x1","value":"0x1${'0'.repeat(512)}"}`, 47, 'value has 2048 bits at most'],
  ['{"ioctl":"KVM_SET_MP_STATE","mp_state":"KVM_MP_STATE_FLYING"}', 40, 'KVM_MP_STATE_FLYING is no mp_state'],
  ['{"ioctl":"KVM_SET_GUEST_DEBUG","control":["enable","fly"]}', 52, 'fly is no element of control'],
  ['{"ioctl":"KVM_SET_VCPU_EVENTS","events":{"serror":1}}', 42, 'there is no "serror" in events'],
  ['{"host":{"ID_AA64ISAR0_EL1.WINGS":1}}', 10, 'ID_AA64ISAR0_EL1.WINGS is no field of an ID register'],
  ['{"host":{"ID_AA64ISAR0_EL1.AES":16}}', 33, 'ID_AA64ISAR0_EL1.AES has 4 bits'],
  ['{"policy":{"idsr":"never"}}', 19, 'idsr is reviewed, posted'],
  ['{"policy":{"wings":"on"}}', 12, 'there is no policy wings'],
  ['{"run":{"mmio.wings":1}}', 9, 'kvm_run has no member mmio.wings'],
  ['{"run":{"mmio.data":"123"}}', 21, 'mmio.data is hex pairs'],
  ['{"run":{"mmio.data":"000000000000000000"}}', 21, 'mmio.data has 8 elements'],
  ['{"write":0,"bytes":"0g"}', 20, 'bytes is hex pairs'],
  ['{"asm":"  frob\\n","at":0}', 8, 'line 1, column 3 of the assembly: there is no instruction frob'],
])('%s', async (line, column, message) => {
  expect(await mistake(line)).toMatch(new RegExp(`^s:3:${column}: error: ${message.replace(/[()$[\]{}.*+?|\\]/g, '\\$&')}`));
});

test('a member that no step has is a warning with its place, and the step is made', async () => {
  const io = memoryIo({ files: { s: '{"ioctl":"KVM_CREATE_VM","ipa_bit":36,"expect":{"ret":0}}' } });
  expect(await command(['s', '--json'], io)).toBe(0);
  expect(io.written).toEqual({
    stdout: '{"ret":0}\n',
    stderr: 's:1:26: warning: there is no "ipa_bit" in this step: ioctl, ipa_bits, protected\n',
  });
});

test('the command line', async () => {
  const io = memoryIo();
  expect(await command([], io)).toBe(2);
  expect(await command(['a', 'b'], io)).toBe(2);
  expect(await command(['--jsn', 'a'], io)).toBe(2);
  expect(await command(['gone'], io)).toBe(1);
  expect(io.written.stdout).toBe('');
  expect(io.written.stderr).toContain('gone:1:1: error: cannot be read');
});

test('for people: a row for each step', async () => {
  const io = memoryIo({ files: { s: '{"ioctl":"KVM_RUN"}\n{"ioctl":"KVM_CREATE_VM"}\n{"read":0,"length":0}' } });
  expect(await command(['s'], io)).toBe(0);
  expect(io.written.stdout.split('\n')).toEqual([
    ' -1  EBADF     KVM_RUN',
    '  0            KVM_CREATE_VM',
    '  0            read                              bytes=',
    '',
  ]);
});

test('a result stands before the next line is read', async () => {
  const io = memoryIo();
  const seen: string[] = [];
  async function* lines(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const line of ['{"ioctl":"KVM_CREATE_VM"}\n', '{"ioctl":"KVM_CREATE_VCPU","id":1}\n', '{"ioctl":"KVM_RUN","vcpu":2}']) {
      seen.push(io.written.stdout);
      yield new TextEncoder().encode(line);
    }
  }
  expect(await command(['-', '--json'], { ...io, stdin: lines() })).toBe(0);
  expect(seen).toEqual(['', '{"ret":0}\n', '{"ret":0}\n{"ret":0}\n']);
  expect(io.written.stdout.split('\n')[2]).toBe('{"ret":-1,"errno":"EBADF"}');
});

test('without an in-kernel irqchip a timer that fires is news for userspace, which enters again unless it wants to know', async () => {
  const text =
    '_start: mov x0, #1\n msr cntv_cval_el0, x0\n msr cntv_ctl_el0, x0\n1: subs x9, x9, #1\n b.ne 1b\n mov x28, #0xb000000\n str xzr, [x28]\n b .';
  const run = (notify: boolean): readonly Step[] => [
    { asm: text, at: RAM, start: true },
    { ioctl: 'KVM_SET_ONE_REG', reg: 'x9', value: 1000 },
    { ioctl: 'KVM_RUN', ...(notify && { notify }) },
  ];
  const quiet = await onMachine(...run(false));
  expect(quiet.at(-1)).toMatchObject({ ret: 0, kvm_run: { exit_reason: 'KVM_EXIT_MMIO', device_irq_level: '0x1' } });
  const told = await onMachine(...run(true), { ioctl: 'KVM_RUN', notify: true });
  expect(told.slice(-2)).toMatchObject([
    { ret: -1, errno: 'EINTR', kvm_run: { exit_reason: 'KVM_EXIT_INTR', device_irq_level: '0x1' } },
    { ret: 0, kvm_run: { exit_reason: 'KVM_EXIT_MMIO', device_irq_level: '0x1' } },
  ]);
});
