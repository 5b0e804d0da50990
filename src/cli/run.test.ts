import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { memoryIo } from './memory-io.ts';
import { run } from './run.ts';

function guest(name: string): string {
  return readFileSync(new URL(`../../guests/${name}`, import.meta.url), 'utf8');
}

type Event = Record<string, unknown> & { event: string };

/** Runs a program with `--json`; gives status, events and what stood on standard error. */
async function json(source: string, options: { config?: string; answers?: string; more?: readonly string[] } = {}) {
  const io = memoryIo({
    files: { 'g.s': source, 'c.json': options.config ?? '{}', 'a.json': options.answers ?? '{"rules":[]}' },
  });
  const status = await run(['g.s', '--json', '--config', 'c.json', '--answers', 'a.json', ...(options.more ?? [])], io);
  const events = io.written.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  return { status, events, end: events.at(-1) as Event, stderr: io.written.stderr, files: io.files };
}

/** Exits that are not the UART's. */
function exits(events: readonly Event[]): readonly Event[] {
  return events.filter(
    (e) => e.event === 'exit' && (e['kvm_run'] as { phys_addr?: string } | undefined)?.phys_addr !== '0x9000000',
  );
}

describe('the example guests', () => {
  test('hello: every character is an exit that the PL011 answers', async () => {
    const { status, events, end, stderr } = await json(guest('hello.s'));
    expect({ status, stderr, reason: end['reason'] }).toEqual({ status: 0, stderr: 'Hello, hypervisor.\n', reason: 'shutdown' });
    expect(events.filter((e) => (e['answer'] as { by?: string } | undefined)?.by === 'device')).toHaveLength(19);
    expect(exits(events)).toMatchObject([{ handler: 'handle_hvc', kvm_run: { exit_reason: 'KVM_EXIT_SYSTEM_EVENT', type: 1 } }]);
  });

  test('two-cpus: one vCPU switches the other on, they share a lock, and interrupt each other', async () => {
    const { status, events, stderr } = await json(guest('two-cpus.s'), { more: ['--cpus', '2'] });
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'two: vCPU 0 is up\ncounted 40\n' });
    const handlers = (cpu: number) =>
      new Set(events.filter((e) => e.event === 'exit' && e['cpu'] === cpu).map((e) => `${e['handler']} ${e['outcome']}`));
    // CPU_ON and SYSTEM_OFF are the first's; both wait, and both send an SGI.
    expect(handlers(0)).toContain('handle_hvc handled');
    expect(handlers(1)).not.toContain('handle_hvc handled');
    for (const cpu of [0, 1]) {
      expect(handlers(cpu)).toContain('kvm_handle_wfx handled');
      expect(handlers(cpu)).toContain('kvm_handle_sys_reg handled');
    }
    const alone = await json(guest('two-cpus.s'), { more: ['--max-instructions', '100000'] });
    expect(alone.stderr).toContain('something went wrong');
  });

  test('sensor: stops for an answer, or takes it from a rule', async () => {
    const asked = await json(guest('sensor.s'));
    expect(asked.status).toBe(3);
    expect(asked.end).toMatchObject({ reason: 'needs-answer', pc: '0x4008001c', registers: { x5: '0x0', x19: '0xb000000' } });
    expect(asked.events.at(-2)).toMatchObject({
      event: 'exit',
      n: 15,
      kind: 'sync',
      from: 'EL1',
      to: 'EL2',
      esr: '0x93250005',
      far: '0xb000003',
      hpfar: '0xb0000',
      elr: '0x4008001c',
      spsr: '0x3c5',
      instruction: { word: '0x39c00e65', text: 'ldrsb w5, [x19, #3]' },
      handler: 'kvm_handle_guest_abort',
      outcome: 'user',
      kvm_run: { exit_reason: 'KVM_EXIT_MMIO', phys_addr: '0xb000003', len: 1, is_write: 0 },
    });
    const answered = await json(guest('sensor.s'), { answers: guest('sensor.answers.json') });
    expect(answered).toMatchObject({ status: 0, end: { reason: 'shutdown', registers: { x5: '0x2a' } } });
    expect(answered.stderr).toBe('sensor: ready\ndegrees: 42\ndegrees: 42\ndegrees: 42\n');
    const below = await json(guest('sensor.s'), {
      answers: '{"rules":[{"on":"mmio","address":"0xb000003","do":"value","value":"0xf6"}]}',
    });
    expect(below.stderr).toContain('degrees: -10\nbelow zero, stopping\n');
  });

  test('impdef: refused by the kernel, refused by a rule, kept by a rule', async () => {
    const closed = await json(guest('impdef.s'));
    expect(closed).toMatchObject({ status: 0, stderr: expect.stringContaining('UNDEFINED') });
    expect(exits(closed.events)[0]).toMatchObject({
      outcome: 'injected',
      injected: { esr: '0x2000000' },
      cause: [{ register: 'HCR_EL2', field: 'TIDCP' }],
    });
    const config = guest('impdef.config.json');
    const refused = await json(guest('impdef.s'), { config, answers: '{"rules":[{"on":"sysreg","register":"*","do":"undef"}]}' });
    expect(exits(refused.events)[0]).toMatchObject({
      kvm_run: { exit_reason: 'KVM_EXIT_ARM_IDSR', Op0: 3, Op1: 0, CRn: 15, CRm: 2, Op2: 0, is_write: 0, is_needed: 1 },
      injected: { esr: '0x2000000' },
      answer: { do: 'undef', by: 'rule' },
    });
    const kept = await json(guest('impdef.s'), { config, answers: guest('impdef.answers.json') });
    expect(kept.stderr).toBe('read\nthe register keeps what is written\n');
  });

  test('nisv: the capability off, on, answered by an abort', async () => {
    const off = await json(guest('nisv.s'));
    expect(off).toMatchObject({ status: 4, end: { reason: 'error', errno: 'ENOSYS', pc: '0x40080018' } });
    const config = guest('nisv-on.config.json');
    const on = await json(guest('nisv.s'), { config });
    expect(on).toMatchObject({ status: 3, end: { reason: 'needs-answer' } });
    expect(on.events.at(-2)).toMatchObject({
      kvm_run: { exit_reason: 'KVM_EXIT_ARM_NISV', esr_iss: '0x45', fault_ipa: '0xb000000' },
    });
    const aborted = await json(guest('nisv.s'), { config, answers: guest('nisv-abort.answers.json') });
    expect(aborted).toMatchObject({
      status: 0,
      stderr: 'external abort caught\n',
      end: { registers: { x20: '0x1', x10: '0x96000010', x11: '0xb000000' } },
    });
    const decoded = await json(guest('nisv.s'), {
      config,
      answers: '{"rules":[{"on":"nisv","do":"decode"},{"on":"mmio","address":"0xb000000","do":"storage"}]}',
    });
    expect(decoded).toMatchObject({ status: 0, stderr: 'stored\n' });
  });

  test('undefined: an exception without an exit', async () => {
    const { events, end } = await json(guest('undefined.s'));
    expect(events[0]).toMatchObject({
      event: 'exception',
      from: 'EL1',
      to: 'EL1',
      esr: '0x2000000',
      elr: '0x40080010',
      vector: '0x40080a00',
    });
    expect(end).toMatchObject({ reason: 'shutdown', registers: { x20: '0x2a' } });
  });

  test('psci-off: KVM answers the version, userspace gets the end', async () => {
    const { events, end } = await json(guest('psci-off.s'));
    expect(exits(events).map((e) => e['outcome'])).toEqual(['handled', 'handled', 'user']);
    expect(end).toMatchObject({ reason: 'shutdown', registers: { x19: '0x10003', x20: '0x0' } });
  });

  test('id-registers: each read is trapped by TID3 and handled', async () => {
    const { events, stderr } = await json(guest('id-registers.s'));
    const trapped = exits(events).filter((e) => e['handler'] === 'kvm_handle_sys_reg');
    expect(trapped).toHaveLength(8);
    for (const exit of trapped)
      expect(exit).toMatchObject({ outcome: 'handled', cause: [{ register: 'HCR_EL2', field: 'TID3', value: '0x1' }] });
    expect(stderr).toMatch(/^midr_el1 [0-9a-f]{16}\nmpidr_el1 0000000080000000\nid_aa64pfr0_el1 /);
  });
});

describe('the command', () => {
  test('stops at a limit with status 3', async () => {
    const { status, end } = await json('_start: b .\n', { more: ['--max-instructions', '1000'] });
    expect({ status, reason: end['reason'], instructions: end['instructions'] }).toEqual({
      status: 3,
      reason: 'limit',
      instructions: 1000,
    });
  });
  test('streams every instruction when asked', async () => {
    const { events } = await json('_start: mov x0, #1\n hvc #0\n b .\n', {
      more: ['--trace', 'instructions', '--max-instructions', '3'],
    });
    expect(events.slice(0, 2)).toMatchObject([
      { event: 'instruction', pc: '0x40080000', text: 'mov x0, #0x1' },
      { event: 'instruction', pc: '0x40080004', text: 'hvc #0x0' },
    ]);
  });
  test('puts the serial port where it is told', async () => {
    const { stderr, files } = await json(guest('hello.s'), { more: ['--serial', 'out.txt'] });
    expect(stderr).toBe('');
    expect(new TextDecoder().decode(files.get('out.txt'))).toBe('Hello, hypervisor.\n');
  });
  test('prints for people without --json', async () => {
    const io = memoryIo({ files: { 'g.s': guest('hello.s') } });
    expect(await run(['g.s'], io)).toBe(0);
    expect(io.written.stdout).toBe('Hello, hypervisor.\n');
    expect(io.written.stderr).toMatch(/^shutdown: .*\(\d+ instructions, 20 exits\)\n$/);
  });
  test.each([
    [['g.s', '--hypervisor', 'xen'], '--hypervisor is kvm, rmm, none'],
    [['g.s', '--hypervisor', 'rmm'], 'no realm monitor yet'],
    [['g.s', '--el', '2'], 'a guest of KVM starts at 0 or 1'],
    [['g.s', '--memory', 'lots'], "'lots' is none"],
    [['g.s', '--blob', 'x'], "'x' has no address"],
    [['g.s', '--kernel', 'Image'], 'does not start Linux kernels yet'],
    [[], 'run takes one FILE'],
  ])('refuses %j', async (argv, message) => {
    const io = memoryIo({ files: { 'g.s': '_start: nop\n' } });
    await expect(run(argv, io)).rejects.toThrow(message);
  });
  test('reports mistakes of the program and of the JSON with their places', async () => {
    const io = memoryIo({
      files: { 'g.s': '_start: mov x0, x99\n frob\n', 'a.json': '{"rules":[{"on":"mmio"}]}', 'ok.s': '_start: nop\n' },
    });
    await expect(run(['g.s'], io)).rejects.toThrow(/^g\.s:1:17: error: .*\ng\.s:2:2: error: /);
    await expect(run(['ok.s', '--answers', 'a.json'], io)).rejects.toThrow('a.json:1:11: error: "address" is missing');
    await expect(run(['none.s'], io)).rejects.toThrow('none.s:1:1: error: cannot be read');
  });
});
