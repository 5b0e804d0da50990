import { expect, test } from 'vitest';
import { ownBytes } from '#base';
import { board } from './board.fixture.ts';
import { GIC_STATE_SIZE } from './index.ts';
import { SEQUENCES, SETUP } from './sequences.ts';

test.each(SEQUENCES)('$name ($section)', ({ text }) => {
  const { gic, run } = board();
  gic.reset();
  run(SETUP + text);
});

test('any of several CPUs, where that is built in: the first that would be told at once', () => {
  const { gic, run } = board({ oneOfN: true });
  gic.reset();
  run(`${SETUP}
    GICD_TYPER -> 0x01780008
    GICD_IROUTER39 = 0x80000000
    GICD_IROUTER40 = 0x80000000
    GICD_IROUTER39 -> 0x80000000
    line 39 = 1 ; irq
    cpu1 ICC_HPPIR1_EL1 -> 1023
    ICC_IAR1_EL1 -> 39 ; -
    line 40 = 1 ; -
    cpu1 ICC_HPPIR1_EL1 -> 40 ; irq
    cpu1 ICC_IGRPEN1_EL1 = 0 ; -
    ICC_HPPIR1_EL1 -> 40
    ICC_EOIR1_EL1 = 39 ; irq
  `);
  const without = board();
  without.gic.reset();
  without.run('GICD_IROUTER39 = 0x80000001\n GICD_IROUTER39 -> 1');
});

test('fewer SPIs: what is not there reads as zero', () => {
  const { gic, run } = board({ spis: 32 });
  gic.reset();
  run('GICD_TYPER -> 0x03780001\n GICD_ISENABLER1 = 0xffffffff\n GICD_ISENABLER1 -> 0xffffffff');
  expect(gic.distributor.write(0x108, 4, 0xffn)).toEqual({ ok: true, value: undefined });
  expect(gic.distributor.read(0x108, 4)).toEqual({ ok: true, value: 0n });
  expect(() => gic.setLine(64, 1)).toThrow('interrupt line 64');
});

test('accesses: bytes of priorities, halves of routes; other widths read as zero, misaligned ones are refused', () => {
  const { gic } = board();
  gic.reset();
  const { read, write } = gic.distributor;
  write(0x421, 1, 0x93n);
  expect(read(0x420, 4)).toEqual({ ok: true, value: 0x9300n });
  expect(read(0x421, 1)).toEqual({ ok: true, value: 0x93n });
  write(0x420, 2, 0x4444n);
  expect(read(0x420, 2)).toEqual({ ok: true, value: 0n });
  expect(read(0x420, 8)).toEqual({ ok: true, value: 0n });
  expect(read(0x420, 4)).toEqual({ ok: true, value: 0x9300n });
  write(0x6104, 4, 0x55n);
  write(0x6100, 4, 0x0102_0304n);
  expect(read(0x6100, 8)).toEqual({ ok: true, value: 0x55_0002_0304n });
  expect(read(0x6104, 4)).toEqual({ ok: true, value: 0x55n });
  expect(read(0x80, 4)).toEqual({ ok: true, value: 0n });
  expect(read(0x102, 4)).toMatchObject({ ok: false, error: { kind: 'alignment' } });
});

test('each change of a line is told once, and a reset takes them all back', () => {
  const { gic, run, changes } = board();
  gic.reset();
  run(`${SETUP} line 39 = 1\n HCR_EL2 = 0x18\n ICH_VMCR_EL2 = 0xf0000003\n ICH_HCR_EL2 = 1\n ICH_LR0_EL2 = 0x40a0000000000021`);
  expect(changes).toEqual(['0 irq 1', '0 vfiq 1']);
  expect(gic.cpuInterfaces[0]).toMatchObject({ irqLine: true, fiqLine: false, virqLine: false, vfiqLine: true });
  gic.reset();
  expect(changes.slice(2).sort()).toEqual(['0 irq 0', '0 vfiq 0']);
  expect(gic.interrupt(39, 0)).toEqual({
    intid: 39,
    enabled: false,
    pending: true,
    active: false,
    high: true,
    trigger: 'level',
    group: 0,
    priority: 0,
    nmi: false,
    cpu: 0,
  });
});

test('two over the same bytes are the same GIC', () => {
  const state = ownBytes(GIC_STATE_SIZE);
  const first = board({}, state);
  first.gic.reset();
  first.run(`${SETUP} line 39 = 1\n ICC_IAR1_EL1 -> 39`);
  const second = board({}, state);
  second.run('ICC_RPR_EL1 -> 0\n GICD_ISACTIVER1 -> 0x80\n ICC_EOIR1_EL1 = 39 ; irq');
});

test('registers of sizes that this GIC does not have are absent, and so are wrong directions', () => {
  const registers = board().gic.cpuInterfaces[0]?.registers;
  for (const name of ['ICC_AP0R1_EL1', 'ICC_AP1R3_EL1', 'ICH_AP0R1_EL2', 'ICH_LR4_EL2', 'ICC_NMIAR1_EL1'])
    expect(registers?.get(name)).toBeUndefined();
  expect(registers?.get('ICC_EOIR1_EL1')?.read).toBeUndefined();
  expect(registers?.get('ICC_IAR1_EL1')?.write).toBeUndefined();
});
