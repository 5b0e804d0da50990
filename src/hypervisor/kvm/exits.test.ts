import { describe, expect, test } from 'vitest';
import { fieldRange, setField } from '#arch/field';
import { cpuModel } from '#cpu';
import { EXIT_HANDLERS, type ExitPhase, KVM_CAP, KVM_MEM, type KvmPolicy, registerId } from '../index.ts';
import { type Bench, type BenchOptions, bench, CODE, DEVICE, RAM, value } from './machine.fixture.ts';

/** A guest with vectors that keep ESR, ELR, FAR in x20 to x22 and the vector's offset in x23, and stop at a device. */
function guest(body: string, options: BenchOptions = {}): Bench {
  const slots = Array.from({ length: 16 }, (_, i) => `.balign 128\n mov x23, #${i * 0x80}\n b took\n`).join('');
  return bench(
    `_start: ldr x9, =vectors\n msr vbar_el1, x9\n${body}\nend: mov x28, #${DEVICE}\n str xzr, [x28]\n b .
took: mrs x20, esr_el1\n mrs x21, elr_el1\n mrs x22, far_el1\n mov x28, #${DEVICE}\n str x23, [x28, #8]\n b .
.ltorg\n .balign 2048\nvectors: ${slots}`,
    options,
  );
}

type Handled = Extract<ExitPhase, { kind: 'handled' }>;

/** Handlers that ran, with what came of them, up to where the guest stops. */
function handled(b: Bench): readonly (readonly [string, string])[] {
  return b.phases.filter((p): p is Handled => p.kind === 'handled').map((p) => [p.handler, p.outcome]);
}

function stopsAt(b: Bench, address: bigint): void {
  expect(b.run()).toEqual({ kind: 'exit' });
  expect(b.vcpu.kvmRun.mmio.phys_addr).toBe(address);
}

const ENDED = DEVICE;
const TOOK = DEVICE + 8n;

describe('the table of handlers', () => {
  test('has a row for each class, the unknown ones alike', () => {
    expect(EXIT_HANDLERS.map(({ ec }) => ec)).toEqual(Array.from({ length: 64 }, (_, ec) => ec));
    const unknown = EXIT_HANDLERS.filter((row) => row.function === 'kvm_handle_unknown_ec').map(({ ec }) => ec);
    expect(unknown).toContain(0);
    expect(unknown).not.toContain(0x24);
    expect(EXIT_HANDLERS.filter((row) => row.function === 'kvm_handle_guest_abort').map(({ ec }) => ec)).toEqual([0x20, 0x24]);
  });
});

describe('instructions', () => {
  test.each([
    [
      'hvc: an unknown function is NOT_SUPPORTED',
      'ldr x0, =0x84000fff\n hvc #0',
      ['handle_hvc', 'handled'],
      0xffff_ffff_ffff_ffffn,
    ],
    ['smc: PC is stepped by KVM', 'ldr x0, =0x84000000\n smc #0', ['handle_smc', 'handled'], 0x1_0003n],
    ['smc #1: reserved', 'mov x0, #7\n smc #1', ['handle_smc', 'handled'], 0xffff_ffff_ffff_ffffn],
    ['an ID register', 'mrs x0, id_aa64mmfr1_el1\n ubfx x0, x0, #20, #4', ['kvm_handle_sys_reg', 'handled'], 3n],
    ['dc csw is done', 'mov x0, #0\n dc csw, x0', ['kvm_handle_sys_reg', 'handled'], 0n],
  ] as const)('%s', (_, text, row, x0) => {
    const b = guest(` ${text}`);
    stopsAt(b, ENDED);
    expect(handled(b)[0]).toEqual(row);
    expect(b.get('x0')).toBe(x0);
  });

  test.each([
    ['an IMPLEMENTATION DEFINED register, no capability', 'mrs x0, S3_0_C15_C2_0'],
    ['a register that KVM does not give to a VM', 'mrs x0, pmscr_el1'],
    ['SVE that the VM was not given', '.inst 0x04bf5800'],
    ['a write to a read-only register', '.inst 0xd5180700'],
  ])('%s is UNDEFINED', (_, text) => {
    const b = guest(`there: ${text}`);
    stopsAt(b, TOOK);
    expect([b.get('x20'), b.get('x21'), b.get('x23')]).toEqual([0x200_0000n, b.symbols.get('there'), 0x200n]);
  });

  test('WFE gives way, WFI sleeps behind itself', () => {
    const b = guest(' wfe\n wfi\nafter:');
    expect(b.vcpu.run(100)).toEqual({ kind: 'yield' });
    expect(b.vcpu.run(100)).toEqual({ kind: 'blocked', why: 'wfi', deadline: undefined });
    expect(b.vcpu.cpu.pc).toBe(b.symbols.get('after'));
    value(b.vm.irqLine(0, 1));
    expect(b.vcpu.runnable).toBe(true);
  });
});

describe('aborts', () => {
  test.each([
    ['a fetch', `mov x9, #${DEVICE}\n br x9`, 0x8600_0010n, DEVICE],
    [
      'a page-table walk',
      ` ldr x0, =0x0b000000\n msr ttbr0_el1, x0\n ldr x0, =0x3519\n msr tcr_el1, x0\n mrs x0, sctlr_el1\n orr x0, x0, #1\n msr sctlr_el1, x0\n isb`,
      0x8600_0010n,
      undefined,
    ],
  ])('%s outside the slots goes back to the guest', (_, text, esr, far) => {
    const b = guest(` ${text}`);
    // The walk's own vector cannot be fetched either: look at the first injection.
    b.vcpu.run(20);
    const injection = b.phases.find((p) => p.kind === 'injection');
    expect(injection).toMatchObject({
      injection: { function: 'kvm_inject_sea_iabt', exception: 'sync', esr, ...(far && { far }) },
    });
  });

  test('cache maintenance outside the slots is skipped', () => {
    const b = guest(` mov x0, #${DEVICE}\n dc cvac, x0`);
    stopsAt(b, ENDED);
    expect(handled(b)[0]).toEqual(['kvm_handle_guest_abort', 'handled']);
  });

  test.each([
    ['no capability', {}, { kind: 'error', errno: 'ENOSYS' }, 'error'],
    ['KVM_CAP_ARM_NISV_TO_USER', { capabilities: ['KVM_CAP_ARM_NISV_TO_USER'] }, { kind: 'exit' }, 'user'],
  ] as const)('an access without syndrome: %s', (_, options, result, outcome) => {
    const b = guest(` mov x0, #${DEVICE}\nhere: str x1, [x0], #8`, options);
    expect(b.run()).toMatchObject(result);
    expect(handled(b)).toEqual([['kvm_handle_guest_abort', outcome]]);
    expect([b.get('pc'), b.get('x0')]).toEqual([b.symbols.get('here'), DEVICE]);
  });

  test('an access without syndrome in a protected VM is an abort', () => {
    const b = guest(` mov x0, #${DEVICE}\n str x1, [x0], #8`, { protected: true });
    stopsAt(b, TOOK);
    expect([b.get('x20'), b.get('x22')]).toEqual([0x9600_0010n, DEVICE]);
  });

  test('a protected VM has few capabilities, and none that could be enabled', () => {
    const b = guest('', { protected: true });
    const { KVM_CAP_ARM_PSCI_0_2: psci, KVM_CAP_ARM_NISV_TO_USER: nisv, KVM_CAP_ARM_SYSTEM_SUSPEND: suspend } = KVM_CAP;
    expect([psci, nisv, suspend].map((cap) => b.vm.checkExtension(cap))).toEqual([1, 0, 0]);
    expect([psci, nisv, suspend].map((cap) => b.system.checkExtension(cap))).toEqual([1, 1, 1]);
    for (const cap of Object.values(KVM_CAP)) expect(b.vm.enableCap(cap)).toMatchObject({ ok: false, error: 'EINVAL' });
  });

  test('a store to a read-only slot is MMIO, a load reads it', () => {
    const b = guest(' ldr x0, =0x50000000\n ldr w1, [x0]\n str w1, [x0]', {
      before: (vm) => {
        value(
          vm.setUserMemoryRegion({
            slot: 1,
            flags: 2,
            guest_phys_addr: 0x5000_0000n,
            memory_size: 0x1000n,
            userspace_addr: 0xf000_0010_0000n,
          }),
        );
        value(vm.writeMemory(0x5000_0000n, Uint8Array.of(1, 2, 3, 4)));
      },
    });
    expect(b.run()).toEqual({ kind: 'exit' });
    expect(b.vcpu.kvmRun.mmio).toMatchObject({ phys_addr: 0x5000_0000n, len: 4, is_write: 1 });
    expect(b.get('x1')).toBe(0x0403_0201n);
  });

  // 39 bits of address: the walk begins at level 1. Tables at RAM + 0x1000 and RAM + 0x2000; the code's 2 MiB map one to one.
  const walking = (level: number): string => `
 ldr x9, =${RAM}
 add x3, x9, #0x1000
 add x4, x9, #0x2000
 orr x6, x4, #3
 str x6, [x3, #8]
 mov x7, #0x701
 orr x7, x7, x9
 mov x0, #0xff
 msr mair_el1, x0
 ldr x0, =0x3519
 msr tcr_el1, x0
 msr ttbr0_el1, x3
 // Level 1 has another entry, of a table that is nowhere; so has level 2.
 ldr x0, =0x0b000003
 str x0, [x3, #16]
 str x0, [x4, #16]
 // The code: a block of 2 MiB.
 str x7, [x4]
 dsb sy
 mrs x0, sctlr_el1
 orr x0, x0, #1
 msr sctlr_el1, x0
 isb
 ldr x8, =${level === 2 ? 0x8000_0000n : 0x4040_0000n}
here: ldr x0, [x8]`;

  test.each([
    ['external', 2, 0x9600_0010n],
    ['level', 2, 0x9600_0016n],
    ['level', 3, 0x9600_0017n],
  ] as const)('the fault status of a failed walk, by the switch: %s, level %i', (s1ptw_abort, level, esr) => {
    const b = guest(walking(level), { policy: { s1ptw_abort } });
    b.vcpu.run(100);
    expect(b.phases.find((p) => p.kind === 'injection')).toMatchObject({
      injection: {
        function: 'kvm_inject_sea_dabt',
        esr,
        far: level === 2 ? 0x8000_0000n : 0x4040_0000n,
        elr: b.symbols.get('here'),
      },
    });
  });

  test('... and of a walk that cannot begin', () => {
    const b = guest(
      ` ldr x0, =0x0b000000\n msr ttbr0_el1, x0\n ldr x0, =0x3510\n msr tcr_el1, x0\n mrs x0, sctlr_el1\n orr x0, x0, #1\n msr sctlr_el1, x0\n isb`,
      { policy: { s1ptw_abort: 'level' } },
    );
    b.vcpu.run(20);
    expect(b.phases.find((p) => p.kind === 'injection')).toMatchObject({ injection: { esr: 0x8600_0014n } });
  });

  test('a fetch whose walk would set the access flag in a read-only slot is an external abort', () => {
    const b = guest(
      ' ldr x0, =0x50000000\n msr ttbr0_el1, x0\n ldr x0, =0x8200803519\n msr tcr_el1, x0\n mrs x0, sctlr_el1\n orr x0, x0, #1\n msr sctlr_el1, x0\n isb',
      {
        before: (vm) => {
          const flags = KVM_MEM.readonly;
          const place = { guest_phys_addr: 0x5000_0000n, memory_size: 0x1000n, userspace_addr: 0xf000_0010_0000n };
          value(vm.setUserMemoryRegion({ slot: 1, flags, ...place }));
          // A block of 1 GiB at 0x4000_0000, AF 0.
          value(vm.writeMemory(0x5000_0008n, Uint8Array.of(1, 0, 0, 0x40)));
        },
      },
    );
    b.run();
    const first = b.phases.find((p) => p.kind === 'injection');
    expect(first?.injection).toMatchObject({ function: 'kvm_inject_sea_iabt', esr: 0x8600_0010n });
  });

  test('beyond the address space of the VM, and of the host', () => {
    const beyondVm = guest(' mov x0, #0x10000000000\n ldr x1, [x0]');
    stopsAt(beyondVm, TOOK);
    expect(beyondVm.get('x20')).toBe(0x9600_0010n);
  });

  test('memory that fails: to the guest as an SError, to userspace with the capability', () => {
    const b = guest(` ldr x0, =${RAM + 0x1_0000n}\n ldr x1, [x0]`, { capabilities: ['KVM_CAP_ARM_SEA_TO_USER'] });
    value(b.vm.poison(RAM + 0x1_0000n));
    expect(b.run()).toEqual({ kind: 'exit' });
    expect(b.vcpu.kvmRun.arm_sea).toMatchObject({ flags: 1n, gva: RAM + 0x1_0000n, gpa: RAM + 0x1_0000n });
    const without = guest(` msr daifclr, #4\n ldr x0, =${RAM + 0x1_0000n}\n ldr x1, [x0]`);
    value(without.vm.poison(RAM + 0x1_0000n));
    stopsAt(without, TOOK);
    expect(without.get('x23')).toBe(0x380n);
  });
});

describe('userspace gives the guest an abort', () => {
  test('in the middle of an MMIO access, whose register stays', () => {
    const b = guest(` mov x0, #${DEVICE}\nhere: ldr w5, [x0, #0x40]`);
    stopsAt(b, DEVICE + 0x40n);
    value(b.vcpu.setEvents({ ext_dabt_pending: 1, serror_pending: 0, serror_has_esr: 0, serror_esr: 0n }));
    expect(value(b.vcpu.getEvents())).toMatchObject({ ext_dabt_pending: 0 });
    stopsAt(b, TOOK);
    expect([b.get('x5'), b.get('x20'), b.get('x21'), b.get('x22')]).toEqual([
      0n,
      0x9600_0010n,
      b.symbols.get('here'),
      DEVICE + 0x40n,
    ]);
  });

  test('an SError with a syndrome, delivered when it is unmasked', () => {
    const b = guest(' nop\n msr daifclr, #4\n nop');
    value(b.vcpu.setEvents({ ext_dabt_pending: 0, serror_pending: 1, serror_has_esr: 1, serror_esr: 0x2an }));
    expect(value(b.vcpu.getEvents())).toMatchObject({ serror_pending: 1, serror_esr: 0x2an });
    stopsAt(b, TOOK);
    expect([b.get('x20'), b.get('x23')]).toEqual([0xbe00_002an, 0x380n]);
    expect(value(b.vcpu.getEvents())).toMatchObject({ serror_pending: 0 });
  });

  test('SCTLR2_EL1: NMEA lets no mask hold an SError, EASE gives an external abort the SError’s vector', () => {
    const b = guest(` ldr x1, =${DEVICE + 16n}\n str x1, [x1]`);
    stopsAt(b, DEVICE + 16n);
    b.set('SCTLR2_EL1', fieldRange('SCTLR2_EL1', 'NMEA').mask);
    value(b.vcpu.setEvents({ ext_dabt_pending: 0, serror_pending: 1, serror_has_esr: 1, serror_esr: 0x2an }));
    expect(value(b.vcpu.getEvents())).toMatchObject({ serror_pending: 0 });
    stopsAt(b, TOOK);
    expect([b.get('x20'), b.get('x23')]).toEqual([0xbe00_002an, 0x380n]);
    b.set('SCTLR2_EL1', fieldRange('SCTLR2_EL1', 'EASE').mask);
    value(b.vcpu.setEvents({ ext_dabt_pending: 1, serror_pending: 0, serror_has_esr: 0, serror_esr: 0n }));
    stopsAt(b, TOOK);
    expect([b.get('x20'), b.get('x23')]).toEqual([0x9600_0010n, 0x380n]);
  });

  test('a host without RAS has no syndromes: IDS alone, masked or not', () => {
    const host = { ID_AA64PFR0_EL1: 0x1101_0000_1100_0111n & ~(0xfn << 28n) };
    for (const before of ['', ' msr daifclr, #4\n']) {
      const b = guest(`${before} ldr x1, =${DEVICE + 16n}\n str x1, [x1]\n msr daifclr, #4\n nop`, { host });
      stopsAt(b, DEVICE + 16n);
      const events = { serror_pending: 1, serror_has_esr: 1, serror_esr: 5n, ext_dabt_pending: 0 };
      expect(b.vcpu.setEvents(events)).toMatchObject({ ok: false, error: 'EINVAL' });
      value(b.vcpu.setEvents({ ...events, serror_has_esr: 0 }));
      stopsAt(b, TOOK);
      expect([b.get('x20'), b.get('x23')]).toEqual([0xbf00_0000n, 0x380n]);
    }
  });
});

describe('switches', () => {
  const signed = (mmio_read: KvmPolicy['mmio_read']): bigint => {
    const b = guest(` mov x0, #${DEVICE}\n ldrsb x5, [x0]`, { policy: { mmio_read } });
    stopsAt(b, DEVICE);
    b.vcpu.kvmRun.mmio.data.set(0, 0x80);
    stopsAt(b, ENDED);
    return b.get('x5');
  };

  test('mmio_read', () => {
    expect([signed('fixed'), signed('zero-extended')]).toEqual([0xffff_ffff_ffff_ff80n, 0x80n]);
  });

  test.each([
    ['undef', []],
    ['trap', [['kvm_handle_sys_reg', 'injected']]],
  ] as const)('el0_impdef %s: the guest sees an UNDEF either way', (el0_impdef, exits) => {
    const b = guest(' ldr x0, =user\n msr elr_el1, x0\n mov x0, #0x3c0\n msr spsr_el1, x0\n eret\nuser: mrs x1, S3_0_C15_C2_0', {
      policy: { el0_impdef },
      capabilities: ['KVM_CAP_ARM_IDSR_TO_USER'],
    });
    stopsAt(b, TOOK);
    expect([b.get('x20'), b.get('x21'), b.get('x23')]).toEqual([0x200_0000n, b.symbols.get('user'), 0x400n]);
    expect(handled(b).slice(0, -1)).toEqual(exits);
  });

  test.each([
    ['reviewed', 5n],
    ['posted', 0n],
  ] as const)('idsr %s: the register while userspace has the exit, and what a refusal leaves of it', (idsr, during) => {
    const b = guest(' mov x1, #5\nhere: mrs x1, S3_0_C15_C2_0', { policy: { idsr }, capabilities: ['KVM_CAP_ARM_IDSR_TO_USER'] });
    expect(b.run()).toEqual({ kind: 'exit' });
    expect(b.vcpu.kvmRun.arm_idsr).toMatchObject({
      Op0: 3,
      Op1: 0,
      CRn: 15,
      CRm: 2,
      Op2: 0,
      is_write: 0,
      is_needed: 1,
      is_handled: 0,
    });
    expect([b.get('x1'), b.get('pc')]).toEqual([during, b.symbols.get('here')]);
    stopsAt(b, TOOK);
    expect([b.get('x1'), b.get('x20'), b.vcpu.kvmRun.arm_idsr.is_needed]).toEqual([during, 0x200_0000n, 0]);
  });

  test('idsr: a read and a write that userspace takes', () => {
    const b = guest(' mov x1, #5\n msr S3_0_C15_C2_0, x1\n mrs x2, S3_0_C15_C2_0', {
      capabilities: ['KVM_CAP_ARM_IDSR_TO_USER'],
    });
    const { arm_idsr } = b.vcpu.kvmRun;
    expect(b.run()).toEqual({ kind: 'exit' });
    expect([arm_idsr.is_write, arm_idsr.regval]).toEqual([1, 5n]);
    arm_idsr.is_handled = 1;
    expect(b.run()).toEqual({ kind: 'exit' });
    expect([arm_idsr.is_write, arm_idsr.is_handled]).toEqual([0, 0]);
    arm_idsr.is_handled = 1;
    arm_idsr.regval = 0x1234n;
    stopsAt(b, ENDED);
    expect(b.get('x2')).toBe(0x1234n);
  });
});

describe('64 bytes at once (FEAT_LS64)', () => {
  const LS64 = registerId('ID_AA64ISAR1_EL1') as bigint;

  test.each([
    ['ld64b x0', 'ld64b x0, [x8]', 0x9300_0000n | 0x1c0_9000n | 4n, 0],
    ['st64b x12', 'st64b x12, [x8]', 0x9300_0000n | 0x1cc_9040n | 4n, 0],
    ['st64bv', 'st64bv x20, x12, [x8]', 0x9300_0000n | 0x1cc_8840n | 4n, 20],
  ] as const)('%s where no slot is leaves with KVM_EXIT_ARM_LDST64B (io_mem_abort)', (_, text, syndrome, xs) => {
    const b = guest(` mov x8, #${DEVICE}\n${text}`);
    expect(b.run()).toEqual({ kind: 'exit' });
    const { header, arm_nisv } = b.vcpu.kvmRun;
    const esr = b.vcpu.cpu.readRegister('ESR_EL2');
    expect(header.exit_reason).toBe(42);
    expect([arm_nisv.esr_iss, arm_nisv.fault_ipa]).toEqual([esr & ~0x3fn, DEVICE]);
    expect(esr & 0xffff_ffc0n).toBe(syndrome & 0xffff_ffc0n);
    expect(Number(esr >> 32n)).toBe(xs);
  });

  test('ext_dabt_pending refuses it', () => {
    const b = guest(` mov x8, #${DEVICE}\n ld64b x0, [x8]`);
    expect(b.run()).toEqual({ kind: 'exit' });
    value(b.vcpu.setEvents({ ext_dabt_pending: 1, serror_pending: 0, serror_has_esr: 0, serror_esr: 0n }));
    stopsAt(b, TOOK);
    expect([b.get('x20'), b.get('x22')]).toEqual([0x9600_0010n, DEVICE]);
  });

  test('a slot’s memory is cacheable at stage 2: the guest gets the fault (kvm_inject_dabt_excl_atomic)', () => {
    const b = guest(` ldr x8, =${RAM + 0x1000n}\nhere: ld64b x0, [x8]`);
    stopsAt(b, TOOK);
    expect([b.get('x20'), b.get('x21'), b.get('x22')]).toEqual([0x9600_0035n, b.symbols.get('here'), RAM + 0x1000n]);
    expect(handled(b)[0]).toEqual(['kvm_handle_guest_abort', 'injected']);
  });

  test('... that of a host without FEAT_S2FWB is what stage 1 says', () => {
    const model = cpuModel('max')?.registers.get('ID_AA64MMFR2_EL1') ?? 0n;
    const host = { ID_AA64MMFR2_EL1: setField(model, fieldRange('ID_AA64MMFR2_EL1', 'FWB'), 0) };
    const b = guest(` ldr x8, =${RAM + 0x1000n}\n mov x0, #7\n st64b x0, [x8]\n ld64b x10, [x8]`, { host });
    stopsAt(b, ENDED);
    expect(b.get('x10')).toBe(7n);
  });

  // HCRX_EL2.EnALS and EnASR follow the VM's LS64; EnAS0 is never set.
  test.each([
    [3n, 'st64bv0 x20, x0, [x8]', 1],
    [1n, 'st64bv x20, x0, [x8]', 0],
    [0n, 'ld64b x0, [x8]', 2],
    [0n, 'st64b x0, [x8]', 2],
  ] as const)('with ID_AA64ISAR1_EL1.LS64 = %i, %s is trapped and UNDEFINED', (ls64, text, iss) => {
    const b = guest(` mov x8, #${DEVICE}\nhere: ${text}`);
    const own = value(b.vcpu.getOneReg(LS64));
    expect(own >> 60n).toBe(3n);
    value(b.vcpu.setOneReg(LS64, BigInt.asUintN(60, own) | (ls64 << 60n)));
    stopsAt(b, TOOK);
    expect([b.get('x20'), b.get('x21')]).toEqual([0x200_0000n, b.symbols.get('here')]);
    expect(handled(b)[0]).toEqual(['handle_other', 'injected']);
    const [trap] = b.phases;
    expect(trap).toMatchObject({ kind: 'trap', exception: { esr: 0x2a00_0000n | BigInt(iss) } });
  });
});

test('every exit is told from trap to return', () => {
  const b = guest(` mov x0, #${DEVICE}\n ldrsh w5, [x0]`);
  stopsAt(b, DEVICE);
  b.vcpu.kvmRun.mmio.data.set(1, 0x80);
  stopsAt(b, ENDED);
  const [trap, done, ret, completion, skip] = b.phases;
  expect(trap).toMatchObject({ kind: 'trap', vcpu: 0, exit: 1, exception: { to: 2, from: 1, esr: 0x9365_0005n, far: DEVICE } });
  expect(done).toMatchObject({
    kind: 'handled',
    handler: 'kvm_handle_guest_abort',
    outcome: 'user',
    path: [
      { function: 'kvm_handle_guest_abort' },
      { function: 'io_mem_abort', what: 'ISV=1: a read of 2 bytes into w5, sign-extended' },
    ],
  });
  expect(ret).toMatchObject({ kind: 'return', ret: 0, kvm_run: { exit_reason: 'KVM_EXIT_MMIO', len: 2 } });
  expect(completion).toMatchObject({
    kind: 'completion',
    function: 'kvm_handle_mmio_return',
    write: { register: 'w5', new: 0xffff_8000n, rules: [{ rule: 'sign extension' }, { rule: '32 bits' }] },
  });
  expect(skip).toMatchObject({ kind: 'skip', pc: { old: CODE + 12n, new: CODE + 16n } });
});
