// The processing element, tested as programs: assembly in, state and exceptions out, all through the fixture's `run`.
import { describe, expect, test } from 'vitest';
import { err, ok } from '#base';
import { instructionGroups } from '#isa';
import { createStage2Tables, createTablePages } from '#mmu';
import {
  cpuModel,
  createMemory,
  createProcessor,
  type DeviceBus,
  type ExceptionRecord,
  type MachineMemory,
  modelOf,
  type Processor,
  restoreSnapshot,
  stateHash,
  takeSnapshot,
} from './index.ts';
import { CODE, image, max, type Options, RAM, registers, run, TABLES, taken, VECTORS } from './program.fixture.ts';

const HCR_RW = 1n << 31n;

describe('instructions', () => {
  test.each([
    ['adds w0, w1, w2', [0n, 0xffff_ffffn, 1n], 'x0=0 NZCV=60000000'],
    ['adds x0, x1, x2', [0n, 0x7fff_ffff_ffff_ffffn, 1n], 'x0=8000000000000000 NZCV=90000000'],
    ['subs x0, x1, x2', [0n, 1n, 2n], 'x0=ffffffffffffffff NZCV=80000000'],
    ['subs w0, w1, #0', [0n, 0x1_8000_0000n], 'x0=80000000 NZCV=a0000000'],
    ['adcs x0, x1, x2', [0n, 0xffff_ffff_ffff_ffffn, 0n], 'x0=ffffffffffffffff NZCV=80000000'],
    ['ands w0, w1, #0x80000000', [0n, 0xffff_ffffn], 'x0=80000000 NZCV=80000000'],
    ['sdiv x0, x1, x2', [0n, 0x8000_0000_0000_0000n, 0xffff_ffff_ffff_ffffn], 'x0=8000000000000000 NZCV=0'],
    ['udiv w0, w1, w2', [0n, 7n, 0n], 'x0=0 NZCV=0'],
    ['smulh x0, x1, x2', [0n, 0xffff_ffff_ffff_ffffn, 2n], 'x0=ffffffffffffffff NZCV=0'],
    ['ror w0, w1, #4', [0n, 0xffff_ffff_0000_000fn], 'x0=f0000000 NZCV=0'],
    ['asr x0, x1, x2', [0n, 0x8000_0000_0000_0000n, 127n], 'x0=ffffffffffffffff NZCV=0'],
    ['rev16 w0, w1', [0n, 0x1122_3344n], 'x0=22114433 NZCV=0'],
    ['rbit x0, x1', [0n, 1n], 'x0=8000000000000000 NZCV=0'],
    ['clz w0, w1', [0n, 0xff_0000_0001n], 'x0=1f NZCV=0'],
    ['ccmp x1, x2, #0b0101, ne', [0n, 1n, 1n], 'x0=0 NZCV=60000000'],
    ['csneg x0, x1, x2, eq', [0n, 5n, 7n], 'x0=fffffffffffffff9 NZCV=0'],
  ])('%s', (text, x, expected) => {
    expect(registers(text, 'x0 NZCV', { x })).toBe(expected);
  });

  test('shifts by every amount that makes a difference, against arithmetic', () => {
    const mask = (width: bigint): bigint => (1n << width) - 1n;
    const value = 0x8123_4567_fedc_ba98n;
    for (const amount of [0n, 1n, 4n, 31n, 32n, 33n, 63n, 64n, 95n]) {
      for (const [width, name] of [
        [64n, 'x'],
        [32n, 'w'],
      ] as const) {
        const by = amount % width;
        const a = value & mask(width);
        const signed = BigInt.asIntN(Number(width), a);
        const expected = [a << by, a >> by, signed >> by, (a >> by) | (a << (width - by))].map((v) => v & mask(width));
        const r = (n: number): string => `${name}${n}`;
        const text = ['lsl', 'lsr', 'asr', 'ror'].map((op, i) => `${op} ${r(2 + i)}, ${r(0)}, ${r(1)}`).join('\n');
        const { p } = run(`${text}\n hvc #0`, { x: [value, amount] });
        expect([p.x(2), p.x(3), p.x(4), p.x(5)]).toEqual(expected);
      }
    }
  });

  test('BRK keeps the BTYPE of the branch that led to it, in SPSR', () => {
    const brk = 'adr x16, 1f\n mov x2, x16\n br x2\n 1: brk #0';
    expect(registers(brk, 'x0', { vector: 'mrs x0, spsr_el1\n hvc #0' })).toBe('x0=20007c5');
    expect(registers('adr x1, 1f\n blr x1\n 1: brk #0', 'x0', { vector: 'mrs x0, spsr_el1\n hvc #0' })).toBe('x0=2000bc5');
    expect(registers('adr x1, 1f\n blr x1\n 1: nop\n brk #0', 'x0', { vector: 'mrs x0, spsr_el1\n hvc #0' })).toBe('x0=20003c5');
  });

  test('write-back happens once the access is done, and not when it faults', () => {
    expect(registers('mov x1, #0x40000000\n movz x2, #0x1122\n str x2, [x1], #8\n ldr x3, [x1, #-8]!', 'x1 x3')).toBe(
      'x1=40000000 x3=1122',
    );
    const faulted = run('movz x1, #0x900, lsl #16\n ldr x2, [x1], #8');
    expect(faulted.p.x(1)).toBe(0x900_0000n);
    expect(taken(faulted)[0]).toBe('1>1 96000010 far 9000000 +4');
  });

  test('code that the program writes is executed as written, without maintenance', () => {
    const text = `
      adr x1, 1f
      mov x5, #3
      ldr w2, =0x91000400    // add x0, x0, #1
      ldr w3, =0x91000800    // add x0, x0, #2
    0: str w3, [x1]
    1: add x0, x0, #1
      eor w4, w2, w3
      eor w3, w3, w4
      subs x5, x5, #1
      b.ne 0b`;
    expect(registers(text, 'x0')).toBe('x0=4');
  });

  test('exclusives: a store succeeds once after a load of the same bytes', () => {
    const text =
      'mov x1, #0x40000000\n ldxr x2, [x1]\n stxr w3, x1, [x1]\n stxr w4, x1, [x1]\n ldxr x2, [x1]\n clrex\n stxr w5, x1, [x1]';
    expect(registers(text, 'x3 x4 x5')).toBe('x3=0 x4=1 x5=1');
  });

  test('atomics give the old value and store the new one', () => {
    const text =
      'mov x1, #0x40000000\n mov w2, #-1\n str w2, [x1]\n mov w3, #1\n ldadd w3, w4, [x1]\n ldr w5, [x1]\n mov x6, #5\n swp x6, x7, [x1]\n mov x8, #5\n mov x9, #9\n cas x8, x9, [x1]\n ldr x10, [x1]';
    expect(registers(text, 'x4 x5 x7 x8 x10')).toBe('x4=ffffffff x5=0 x7=0 x8=5 x10=9');
  });

  test('big-endian data', () => {
    const sctlr = 1n << 25n;
    const text =
      'mov x1, #0x40000000\n movz x2, #0x1122, lsl #48\n movk x2, #0x7788\n str x2, [x1]\n ldrb w3, [x1]\n ldrh w4, [x1, #6]\n ldp w5, w6, [x1]\n ldr x7, [x1]';
    expect(registers(text, 'x3 x4 x5 x6 x7', { registers: { SCTLR_EL1: sctlr } })).toBe(
      'x3=11 x4=7788 x5=11220000 x6=7788 x7=1122000000007788',
    );
  });

  test('unaligned data across pages, in Normal memory', () => {
    // HCR_EL2.DC makes stage 1 Normal while it is off, and puts stage 2 on: without tables that would fault, so DC alone is used with VM clear.
    const text =
      'movz x1, #0x4000, lsl #16\n add x1, x1, #0xffb\n ldr x2, =0x1122334455667788\n str x2, [x1]\n ldr x3, [x1]\n ldrb w4, [x1, #5]';
    const stage2 = (p: Processor, memory: MachineMemory): void => mapStage2(p, memory, (1n << 12n) | HCR_RW);
    expect(registers(text, 'x3 x4', { prepare: stage2 })).toBe('x3=1122334455667788 x4=33');
  });
});

/** Stage 2 on: RAM mapped one to one, read-only page at RAM + 0x10_0000, unmapped from RAM + 0x20_0000. */
function mapStage2(p: Processor, memory: MachineMemory, hcr: bigint): void {
  const pages = createTablePages(memory, TABLES, 1n << 20n, true);
  const tables = createStage2Tables(memory, pages, { ipaBits: 40, paBits: 48 });
  expect(tables).toBeDefined();
  const all = { read: true, write: true, execute: true };
  tables?.map(RAM, RAM, 0x20_0000n, all);
  tables?.map(RAM + 0x10_0000n, RAM + 0x10_0000n, 0x1000n, { read: true, write: false, execute: false });
  p.writeRegister('VTTBR_EL2', tables?.base ?? 0n);
  p.writeRegister('VTCR_EL2', tables?.vtcr ?? 0n);
  p.writeRegister('HCR_EL2', hcr | HCR_RW);
}

describe('exceptions', () => {
  test.each([
    ['svc #0x1234', '1>1 56001234 +4'],
    ['brk #0x77', '1>1 f2000077 +0'],
    ['udf #1', '1>1 2000000 +0'],
    ['hlt #1', '1>1 2000000 +0'],
    ['smc #0', '1>1 2000000 +0'],
    ['.inst 0xffffffff', '1>1 2000000 +0'],
    ['adr x0, 1f\n add x0, x0, #2\n br x0\n 1: nop', '1>1 8a000000 far 4008000e +e'],
    ['movz x0, #0x900, lsl #16\n br x0', '1>1 86000010 far 9000000 V-'],
    ['mov x0, sp\n add x0, x0, #8\n mov sp, x0\n ldr x1, [sp]', '1>1 9a000000 +c'],
    ['msr spsr_el1, xzr\n mov x0, #0x10\n msr spsr_el1, x0\n eret\n nop', '1>1 3a000000 V-'],
  ])('%s', (text, expected) => {
    const [first] = taken(run(text, { registers: { SCTLR_EL1: 8n, SP_EL1: RAM + 0x1000n, ELR_EL1: CODE } }));
    expect(first?.startsWith(expected.replace(/ V-$/, ''))).toBe(true);
  });

  test('alignment through SP and PC: SCTLR_EL1.SA, then Device memory; neither on a processor like QEMU', () => {
    const text = 'mov x0, sp\n sub x0, x0, #1\n mov sp, x0\n ldr x1, [sp]\n hvc #0';
    const take = (sctlr: bigint, model = max()) =>
      taken(run(text, { model, registers: { SCTLR_EL1: sctlr, SP_EL1: RAM + 0x1000n } }))[0];
    expect(take(8n)).toBe('1>1 9a000000 +c');
    expect(take(0n)).toBe('1>1 96000021 far 40000fff +c');
    const qemu = cpuModel('qemu-7.2-max') ?? max();
    expect(take(8n, qemu)).toBe('1>2 5a000000 +14');
    expect(take(2n, qemu)).toBe('1>1 96000021 far 40000fff +c');
    expect(taken(run('ldr x1, [x0, #1]', { model: qemu, x: [RAM] }))[0]).toBe('1>1 96000021 far 40000001 +0');
    expect(taken(run('nop\n ldr x1, . + 8\n hvc #0', { model: qemu }))[0]).toBe('1>2 5a000000 +c');
    expect(taken(run('nop\n ldr x1, . + 8\n hvc #0'))[0]).toBe('1>1 96000021 far 4008000c +4');
  });

  test('HVC and a trapped SMC go to EL2 with their own return addresses', () => {
    expect(taken(run('hvc #7'))).toEqual(['1>2 5a000007 +4']);
    expect(taken(run('smc #8', { registers: { HCR_EL2: HCR_RW | (1n << 19n) } }))).toEqual(['1>2 5e000008 +0']);
  });

  test('entry saves PSTATE and sets what the manual lists', () => {
    const start = 0x3c0n | 5n | (0xfn << 28n) | (1n << 23n) | (1n << 24n);
    const prepare = (p: Processor): void => {
      p.pstate = start;
    };
    const spanClear = run('svc #0', { prepare });
    expect(spanClear.p.readRegister('SPSR_EL1')).toBe(start);
    // The handler's HVC has saved what EL1 ran with: PAN set because SPAN is 0, UAO cleared, DIT kept, ALLINT set because
    // SPINTMASK is 0.
    expect(spanClear.p.readRegister('SPSR_EL2').toString(16)).toBe('f34023c5');
    const dssbs = run('svc #0', { prepare, registers: { SCTLR_EL1: (1n << 23n) | (1n << 44n) | (1n << 62n) } });
    expect(dssbs.p.readRegister('SPSR_EL2').toString(16)).toBe('f30013c5');
  });

  test('vectors by stack pointer and level', () => {
    const at = (text: string, options?: Options): bigint =>
      (run(text, options).exceptions[0] as ExceptionRecord).vector - VECTORS;
    expect(at('svc #0')).toBe(0x200n);
    expect(at('msr spsel, #0\n svc #0')).toBe(0n);
    expect(at('svc #0', { el: 0 })).toBe(0x400n);
    expect(at('hvc #0')).toBe(0x1000n + 0x400n);
  });

  test('ERET to EL0 and SVC back', () => {
    const text = 'adr x0, 1f\n msr elr_el1, x0\n msr spsr_el1, xzr\n eret\n 1: mrs x1, nzcv\n svc #3';
    expect(taken(run(text))).toEqual(['0>1 56000003 +18', '1>2 5a00e000 V+404']);
  });

  test('TGE sends EL0 to EL2', () => {
    const outcome = run('svc #3', { el: 0, registers: { HCR_EL2: HCR_RW | (1n << 27n) } });
    expect(taken(outcome)).toEqual(['0>2 56000003 +4']);
  });

  test('an undefined access says why', () => {
    const [record] = run('mrs x0, S3_7_C3_C3_3').exceptions;
    expect(record?.esr).toBe(0x0200_0000n);
    expect(record?.cause[0]?.doc).toContain('not allocated');
  });

  test('a trap says which field decided', () => {
    const [record] = run('mrs x3, id_aa64pfr0_el1', { registers: { HCR_EL2: HCR_RW | (1n << 18n) } }).exceptions;
    expect(record?.esr.toString(16)).toBe('62300069');
    expect(record?.cause[0]).toMatchObject({ register: 'HCR_EL2', field: 'TID3', value: '0x1' });
    expect(record?.word).toBe(0xd538_0403);
  });

  test('an exception that its own vector meets again and again still uses up the budget', () => {
    const outcome = run('udf #0', { registers: { VBAR_EL1: 0x900_0000n }, budget: 50 });
    expect(outcome.stop.kind).toBe('budget');
    expect(outcome.executed).toBe(50);
  });

  test('injection keeps the flags and takes the fault address', () => {
    const { p } = run('hvc #0');
    p.returnFromEl2();
    p.pstate = 0x6000_0005n;
    const record = p.injectToEl1({ kind: 'sync', esr: 0x9600_0010n, far: 0x1234n });
    expect(record.vector).toBe(VECTORS + 0x200n);
    expect([p.readRegister('ESR_EL1'), p.readRegister('FAR_EL1'), p.readRegister('ELR_EL1')]).toEqual([
      0x9600_0010n,
      0x1234n,
      CODE + 4n,
    ]);
    expect(p.pstate.toString(16)).toBe('624023c5');
  });
});

describe('interrupts and waiting', () => {
  const unmasked = (p: Processor): void => {
    p.pstate = 5n;
  };

  test('a physical IRQ goes to EL1, or to EL2 when IMO says so, masked or not', () => {
    const irq = (p: Processor): void => {
      unmasked(p);
      p.setLine('irq', true);
    };
    expect(taken(run('nop', { prepare: irq }))[0]).toBe('1>1 irq +0');
    const masked = run('nop\n b .', { prepare: (p) => p.setLine('irq', true), registers: { HCR_EL2: HCR_RW | 16n } });
    expect(taken(masked)).toEqual(['1>2 irq +0']);
  });

  test('a virtual IRQ by HCR_EL2.VI, once unmasked', () => {
    const outcome = run('nop\n msr daifclr, #2\n nop', { registers: { HCR_EL2: HCR_RW | 16n | (1n << 7n) } });
    expect(taken(outcome)[0]).toBe('1>1 irq +8');
  });

  test('a virtual SError carries VSESR_EL2 and is pending no more', () => {
    const outcome = run('msr daifclr, #4\n nop', { registers: { HCR_EL2: HCR_RW | 32n | (1n << 8n), VSESR_EL2: 0x123n } });
    expect(outcome.exceptions[0]).toMatchObject({ kind: 'serror', to: 1, esr: 0xbe00_0123n });
    expect(outcome.p.readRegister('HCR_EL2') & (1n << 8n)).toBe(0n);
  });

  test('WFI waits past itself, until something is pending even if masked', () => {
    const outcome = run('wfi\n mov x0, #1\n hvc #0');
    expect(outcome.stop).toEqual({ kind: 'wait', what: 'wfi', deadline: undefined });
    expect(outcome.p.pc).toBe(CODE + 4n);
    expect(outcome.p.run(100)).toMatchObject({ executed: 0, stop: { kind: 'wait' } });
    outcome.p.setLine('irq', true);
    expect(outcome.p.run(100).stop.kind).toBe('exception');
    expect(outcome.p.x(0)).toBe(1n);
  });

  test('WFE passes once after an event', () => {
    const outcome = run('sevl\n wfe\n mov x0, #1\n wfe\n hvc #0');
    expect(outcome.stop.kind).toBe('wait');
    expect(outcome.p.x(0)).toBe(1n);
    outcome.p.setEvent();
    expect(outcome.p.run(100).stop.kind).toBe('exception');
  });

  test('a WFE with the event stream on waits until its next event', () => {
    // Bit 2 of the count rises first at 4, which is 64 instructions.
    const outcome = run('mov x0, #0x24\n msr cntkctl_el1, x0\n wfe\n mov x1, #1\n hvc #0');
    expect(outcome.stop).toMatchObject({ kind: 'wait', what: 'wfe' });
    outcome.memory.clock = 64n;
    outcome.p.run(10);
    expect(outcome.p.x(1)).toBe(1n);
  });

  test('a WFI with a timer running says when it fires', () => {
    const outcome = run('mov x0, #100\n msr cntv_cval_el0, x0\n mov x0, #1\n msr cntv_ctl_el0, x0\n wfi\n hvc #0');
    expect(outcome.stop).toMatchObject({ kind: 'wait', deadline: 1600n });
  });

  test('the virtual count is instructions divided by 16, less the offset', () => {
    const text = `${'nop\n'.repeat(40)} mrs x0, cntvct_el0\n mrs x1, cntpct_el0`;
    expect(registers(text, 'x0 x1', { registers: { CNTVOFF_EL2: 1n, CNTHCTL_EL2: 3n } })).toBe('x0=1 x1=2');
  });
});

describe('system registers', () => {
  test.each([
    ['mrs x0, currentel', 'x0=4'],
    ['msr spsel, #0\n mrs x0, spsel', 'x0=0'],
    ['msr daifclr, #15\n msr daifset, #3\n mrs x0, daif', 'x0=c0'],
    ['mov x1, #0xf0000000\n msr nzcv, x1\n mrs x0, nzcv', 'x0=f0000000'],
    ['msr pan, #1\n mrs x0, pan', 'x0=400000'],
    ['mov x1, #1\n msr oslar_el1, x1\n mrs x0, oslsr_el1', 'x0=a'],
    ['mrs x0, cntfrq_el0', 'x0=3b9aca0'],
    ['mov x1, #-1\n msr vbar_el1, x1\n mrs x0, vbar_el1', 'x0=fffffffffffff800'],
    ['mov x1, #-1\n msr csselr_el1, x1\n mrs x0, csselr_el1', 'x0=1f'],
  ])('%s', (text, expected) => {
    expect(registers(text, 'x0')).toBe(expected);
  });

  test('EL1 reads the identity that EL2 gave it', () => {
    expect(
      registers('mrs x0, midr_el1\n mrs x1, mpidr_el1', 'x0 x1', {
        registers: { VPIDR_EL2: 0x410fd4f0n, VMPIDR_EL2: 0x8000_0003n },
      }),
    ).toBe('x0=410fd4f0 x1=80000003');
  });

  test('with E2H an access from EL2 to SCTLR_EL1 reaches SCTLR_EL2', () => {
    const { p } = run('mov x0, #0x4\n msr vbar_el1, x0\n ldr x1, =0x40000800\n msr vbar_el1, x1\n msr vbar_el12, x0\n wfi', {
      el: 2,
      el2: 'guest',
      registers: { HCR_EL2: HCR_RW | (1n << 34n) },
    });
    expect(p.readRegister('VBAR_EL2')).toBe(0x4000_0800n);
    expect(p.readRegister('VBAR_EL1')).toBe(0n);
  });

  test('a timer output rises at the instruction that its compare value says', () => {
    const levels: string[] = [];
    const memory = createMemory({ cpus: 1, regions: [{ base: RAM, size: 1n << 20n, kind: 'ram' }] });
    const p = createProcessor({
      memory,
      index: 0,
      model: max(),
      el2: 'guest',
      timerOutput: (name, level) => {
        if (name === 'virtual' && level && levels.length === 0) levels.push(`${p.instructions}`);
      },
    });
    p.reset({ el: 1, pc: CODE });
    p.writeRegister('CNTV_CVAL_EL0', 4n);
    p.writeRegister('CNTV_CTL_EL0', 1n);
    memory.writeBytes(CODE, image('b .', CODE));
    p.run(1000);
    expect(levels).toEqual(['64']);
  });

  test('and so it does when the program sets it as it goes', () => {
    const levels: string[] = [];
    const memory = createMemory({ cpus: 1, regions: [{ base: RAM, size: 1n << 20n, kind: 'ram' }] });
    const p = createProcessor({
      memory,
      index: 0,
      model: max(),
      el2: 'guest',
      timerOutput: (name, level) => void (name === 'virtual' && level && levels.push(`${p.instructions}`)),
    });
    p.reset({ el: 1, pc: CODE });
    memory.writeBytes(CODE, image('mov x0, #2\n msr cntv_tval_el0, x0\n mov x0, #1\n msr cntv_ctl_el0, x0\n b .', CODE));
    p.run(1000);
    expect(levels[0]).toBe('32');
  });
});

describe('the default processor', () => {
  test('has a modelled operation for every instruction of the features that it announces', () => {
    const unfinished = new Set(['FEAT_FP', 'FEAT_AdvSIMD']);
    const missing = instructionGroups.flatMap((group) =>
      group.instructions
        .filter(({ row }) => row.feature === undefined || (max().features.has(row.feature) && !unfinished.has(row.feature)))
        .filter(({ row }) => row.exec === undefined || row.notModelled !== undefined)
        .map(({ name }) => name),
    );
    expect(missing).toEqual([]);
  });
});

describe('memory and translation', () => {
  test('a device access under stage 2: full syndrome, HPFAR, and causes that quote the descriptor', () => {
    const outcome = run('movz x1, #0x900, lsl #16\n ldrsh w5, [x1, #0x24]', { prepare: (p, memory) => mapStage2(p, memory, 1n) });
    expect(taken(outcome)).toEqual(['1>2 93650005 far 9000024 hpfar 90000 +4']);
    expect(outcome.exceptions[0]?.cause.map((c) => `${c.register}.${c.field}=${c.value}`)).toEqual([
      'HCR_EL2.VM=0x1',
      'stage 2 L1[0].=0x0',
      '.=',
    ]);
  });

  test.each([
    ['str x3, [x1]', '93c38045'],
    ['ldr w3, [x1], #4', '92000005'],
    ['ldp x3, x4, [x1]', '92000005'],
    ['ldar w3, [x1]', '93834005'],
    ['ldxr x3, [x1]', '92000005'],
    ['strb wzr, [x1]', '931f0045'],
    ['ldadd x3, x4, [x1]', '92000005'],
    ['dc zva, x1', '92000061'],
    ['dc civac, x1', '92000145'],
    ['ldr x3, [x1, #1]', '96000021'],
  ])('syndrome of %s on a device page', (text, esr) => {
    const outcome = run(`movz x1, #0x900, lsl #16\n ${text}`, {
      prepare: (p, memory) => mapStage2(p, memory, 1n),
      registers: { SCTLR_EL1: 0n },
    });
    expect(outcome.exceptions[0]?.esr.toString(16)).toBe(esr.replace('92000061', '96000061'));
  });

  test('a write to a read-only page at stage 2 is a permission fault, and HPFAR holds the page all the same', () => {
    const outcome = run('movz x1, #0x4010, lsl #16\n str w2, [x1, #8]', { prepare: (p, memory) => mapStage2(p, memory, 1n) });
    expect(outcome.exceptions[0]).toMatchObject({ esr: 0x9382_004fn, far: 0x4010_0008n, hpfar: 0x40_1000n, hpfarValid: false });
  });

  test('fetching where stage 2 maps nothing', () => {
    const outcome = run('movz x1, #0x900, lsl #16\n br x1', { prepare: (p, memory) => mapStage2(p, memory, 1n) });
    expect(outcome.exceptions[0]).toMatchObject({ esr: 0x8200_0005n, far: 0x900_0000n, hpfar: 0x9_0000n, word: undefined });
  });

  const MMU = `
    adr x0, table
    msr ttbr0_el1, x0
    ldr x1, =0x803510     // IPS 32 bits, 4 KiB, EPD1, T0SZ 16
    orr x1, x1, #(2 << 32)
    msr tcr_el1, x1
    mov x1, #0xff
    msr mair_el1, x1
    isb
    mrs x1, sctlr_el1
    orr x1, x1, #1
    orr x1, x1, #4
    msr sctlr_el1, x1
    isb`;
  // Level 0 → level 1 → 1 GiB blocks: entry 0 what the test says, entry 1 RAM.
  const tables = (first: string): string => `
    .align 12
    table: .quad level1 + 3
    .space 4088
    level1: .quad ${first}, 0x40000701
    .space 4080`;

  test('stage 1: a block at level 1 and its faults', () => {
    const at = (access: string, descriptor: string): string =>
      taken(
        run(`${MMU}\n movz x2, #0x1000\n ${access}\n hvc #0\n .ltorg\n ${tables(descriptor)}`, { registers: { SCTLR_EL1: 0n } }),
      )
        .at(0)
        ?.replace(/ \+.*/, '') ?? '';
    expect(at('ldr x3, [x2]', '0')).toBe('1>1 96000005 far 1000');
    expect(at('str x3, [x2]', '0x781')).toBe('1>1 9600004d far 1000');
    expect(at('str x3, [x2]', '0x781 - 0x400')).toBe('1>1 96000049 far 1000');
    expect(at('br x2', '0x0020000000000701')).toBe('1>1 8600000d far 1000');
    expect(at('ldr x3, [x2]', '0x400000701')).toBe('1>1 96000010 far 1000');
    expect(at('ldr x3, [x2]', '0x10000000701')).toBe('1>1 96000001 far 1000');
    expect(at('ldtr x3, [x2]', '0x701')).toBe('1>1 9600000d far 1000');
    expect(at('msr pan, #1\n ldr x3, [x2]', '0x741')).toBe('1>1 9600000d far 1000');
    expect(at('msr pan, #1\n dc ivac, x2', '0x741')).toBe('1>2 5a000000');
    expect(at('msr pan, #1\n dc ivac, x2', '0x7c1')).toBe('1>1 9600014d far 1000');
  });

  test('a descriptor that changes takes effect with a TLBI', () => {
    const text = `${MMU}
      movz x2, #0x1000
      movk x2, #0x4000, lsl #16
      movz x3, #0x5a
      str x3, [x2]
      movz x4, #0x1000
      adr x5, level1
      ldr x6, =0x40000701
      str x6, [x5]
      ldr x7, [x4]
      str xzr, [x5]
      ldr x8, [x4]
      tlbi vmalle1
      ldr x9, [x4]
      .ltorg
      ${tables('0')}`;
    const outcome = run(text, { registers: { SCTLR_EL1: 0n } });
    expect([outcome.p.x(7), outcome.p.x(8)]).toEqual([0x5an, 0x5an]);
    expect(outcome.exceptions[0]?.esr.toString(16)).toBe('96000005');
  });

  test('AT leaves the result in PAR_EL1', () => {
    const text = `${MMU}
      movz x2, #0x4000, lsl #16
      at s1e1r, x2
      mrs x3, par_el1
      at s1e0r, x2
      mrs x4, par_el1
      movz x2, #0x8000, lsl #16
      at s1e1w, x2
      mrs x5, par_el1
      hvc #0
      .ltorg
      ${tables('0')}`;
    const { p } = run(text, { registers: { SCTLR_EL1: 0n } });
    expect([p.x(3), p.x(4), p.x(5)].map((v) => v.toString(16))).toEqual(['ff00000040000b80', '81b', '80b']);
  });

  test('bare metal: the bus answers where no memory is, and its refusal is an external abort', () => {
    const seen: string[] = [];
    const bus: DeviceBus = {
      read: (at, bytes) => (at === 0x900_0000n ? ok(0x1234_5678n & ((1n << BigInt(8 * bytes)) - 1n)) : err('external-abort')),
      write: (at, bytes, value) => {
        seen.push(`${at.toString(16)}/${bytes}=${value.toString(16)}`);
        return at === 0x900_0000n ? ok(0n) : err('external-abort');
      },
    };
    const outcome = run('movz x1, #0x900, lsl #16\n ldr w2, [x1]\n strh w2, [x1]\n ldrsb w3, [x1]\n str x2, [x1, #8]', { bus });
    expect([outcome.p.x(2), outcome.p.x(3)]).toEqual([0x1234_5678n, 0x78n]);
    expect(seen).toEqual(['9000000/2=5678', '9000008/8=12345678']);
    expect(taken(outcome)[0]).toBe('1>1 96000050 far 9000008 +10');
  });

  test('ROM is read, not written', () => {
    const memory = createMemory({ cpus: 1, regions: [{ base: CODE, size: 0x1000n, kind: 'rom' }] });
    const p = createProcessor({ memory, index: 0, model: max(), el2: 'guest' });
    p.reset({ el: 1, pc: CODE });
    const exceptions: bigint[] = [];
    p.setObserver({ exception: (record) => exceptions.push(record.esr) });
    memory.writeBytes(CODE, image('adr x0, .\n ldr w1, [x0]\n str w1, [x0]', CODE));
    p.run(3);
    expect(p.x(1)).toBe(0x1000_0000n);
    expect(exceptions.map((e) => e.toString(16))).toEqual(['96000050']);
  });
});

describe('running', () => {
  test('breakpoints stop before the instruction, and a second run passes', () => {
    const outcome = run('mov x0, #1\n mov x1, #2\n mov x2, #3\n hvc #0', {
      prepare: (p) => p.setBreakpoints(new Set([CODE + 4n])),
    });
    expect(outcome.stop).toEqual({ kind: 'breakpoint', address: CODE + 4n });
    expect([outcome.p.x(0), outcome.p.x(1)]).toEqual([1n, 0n]);
    expect(outcome.p.run(100).stop.kind).toBe('exception');
  });

  test('an observer sees each instruction, and can stop the run', () => {
    const seen: string[] = [];
    const outcome = run('nop\n b 1f\n nop\n 1: nop\n hvc #0', {
      prepare: (p) =>
        p.setObserver({
          instruction: (pc, word) => {
            seen.push(`${(pc - CODE).toString(16)}:${word.toString(16)}`);
            if (seen.length === 2) p.requestStop();
          },
        }),
    });
    expect(seen).toEqual(['0:d503201f', '4:14000002']);
    expect(outcome.stop.kind).toBe('requested');
    expect(outcome.p.pc).toBe(CODE + 12n);
  });

  test('who wrote a register last', () => {
    const { p } = run('mov x0, #1\n mov x1, #2\n mov x0, #3\n hvc #0');
    expect(p.lastWriter(0)).toEqual({ pc: CODE + 8n, instructions: 3n });
    expect(p.lastWriter(2)).toBeUndefined();
  });

  test('slices of any size come to the same state', () => {
    const text = 'mov x0, #200\n 1: add x1, x1, x0\n str x1, [x2]\n subs x0, x0, #1\n b.ne 1b\n svc #0';
    const whole = run(text, { x: [0n, 0n, RAM] });
    const sliced = run(text, { x: [0n, 0n, RAM], budget: 1 });
    let slices = 1;
    while (sliced.p.run(7).stop.kind === 'budget') slices += 1;
    expect(slices).toBeGreaterThan(100);
    expect(stateHash(sliced.memory)).toBe(stateHash(whole.memory));
    expect(sliced.p.instructions).toBe(whole.p.instructions);
  });
});

describe('state', () => {
  test('a snapshot comes back byte for byte, decoded code and translations included', () => {
    const text =
      'mov x0, #1000\n adr x3, 2f\n 1: add x1, x1, #1\n str x1, [x2], #8\n subs x0, x0, #1\n b.ne 1b\n ldr w4, =0xd503201f\n str w4, [x3]\n 2: hvc #0\n hvc #1';
    const { p, memory } = run(text, { x: [0n, 0n, RAM], budget: 500 });
    const before = stateHash(memory);
    const snapshot = takeSnapshot(memory);
    p.run(100_000);
    const after = stateHash(memory);
    expect(p.readRegister('ESR_EL2')).toBe(0x5a00_0001n);
    expect(after).not.toBe(before);
    restoreSnapshot(memory, snapshot);
    expect(stateHash(memory)).toBe(before);
    p.run(100_000);
    expect(stateHash(memory)).toBe(after);
  });

  test('a second snapshot shares the pages that did not change', () => {
    const { p, memory } = run('1: str x0, [x1]\n add x0, x0, #1\n b 1b', { x: [0n, RAM], budget: 100 });
    const first = takeSnapshot(memory);
    p.run(100);
    const second = takeSnapshot(memory);
    const code = [...first.pages.keys()].filter((page) => second.pages.get(page) === first.pages.get(page));
    expect(code.length).toBeGreaterThan(0);
    const changed = [...first.pages.keys()].filter((page) => second.pages.get(page) !== first.pages.get(page));
    p.run(100);
    restoreSnapshot(memory, first);
    p.run(100);
    expect(stateHash(memory)).toBe(hashOf(memory, second));
    expect(changed.length).toBeGreaterThan(0);
  });

  function hashOf(memory: MachineMemory, snapshot: ReturnType<typeof takeSnapshot>): string {
    restoreSnapshot(memory, snapshot);
    return stateHash(memory);
  }

  test('memory added later is there, and what was read before still is', () => {
    const text = 'movz x1, #0x9000, lsl #16\n mov x2, #7\n str x2, [x1]\n ldr x0, [x1]\n hvc #0';
    const outcome = run('ldr x5, [x4]\n hvc #1', { x: [0n, 0n, 0n, 0n, RAM] });
    outcome.memory.addRegion({ base: 0x9000_0000n, size: 32n << 20n, kind: 'ram' });
    outcome.memory.writeBytes(CODE + 0x100n, image(text, CODE + 0x100n));
    outcome.p.returnFromEl2();
    outcome.p.pc = CODE + 0x100n;
    outcome.p.run(100);
    expect(outcome.p.x(0)).toBe(7n);
    expect(outcome.memory.readBytes(0x9000_0000n, 8)?.[0]).toBe(7);
    expect(outcome.memory.readBytes(0x9000_0000n + (32n << 20n) - 4n, 8)).toBeUndefined();
  });

  test('a touched page that is zero again hashes like one never touched', () => {
    const a = run('hvc #0', { prepare: (_, memory) => void memory.writeBytes(RAM, new Uint8Array([1, 2, 3])) });
    const b = run('hvc #0');
    a.memory.writeBytes(RAM, new Uint8Array(3));
    expect(stateHash(a.memory)).toBe(stateHash(b.memory));
  });

  test('past the last element of an array is UNDEFINED, before any trap', () => {
    const registers = { ICH_HCR_EL2: 3n << 11n };
    const first = (text: string) => taken(run(text, { registers }))[0];
    expect(first('mrs x0, icc_ap0r0_el1')).toBe('1>2 62383011 +0');
    expect(first('mrs x0, icc_ap0r1_el1')).toBe('1>1 2000000 +0');
    expect(first('msr icc_ap1r3_el1, x0')).toBe('1>1 2000000 +0');
  });

  test('features decide: without FEAT_PAN the register is UNDEFINED', () => {
    const registers = new Map(max().registers);
    registers.set('ID_AA64MMFR1_EL1', 0n);
    const outcome = run('mrs x0, pan', { model: modelOf('without PAN', registers) });
    expect(outcome.exceptions[0]?.esr).toBe(0x0200_0000n);
    expect(outcome.exceptions[0]?.cause[0]?.doc).toContain('FEAT_PAN');
  });
});
