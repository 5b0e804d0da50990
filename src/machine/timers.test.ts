// Timers on the bare-metal board: who sleeps in WFI is woken by his own, with the offsets that EL2 has given, and a WFE that is to be trapped waits for
// its delay or another CPU's event.
import { expect, test } from 'vitest';
import { bareMetal, seen } from './bare-metal.fixture.ts';
import type { Machine } from './types.ts';

function play(text: string, cpus = 1): Machine {
  const machine = bareMetal(text, { cpus });
  machine.run({ instructions: 1000 });
  return machine;
}

/** EL2 sleeps until the interrupt of this timer, which stays masked. */
const sleep = (intid: number, timer: string): string => `
  movz x1, #0x080a, lsl #16
  str wzr, [x1, #0x14]
  add x1, x1, #0x10, lsl #12
  mov w0, #${1 << intid}
  str w0, [x1, #0x80]
  str w0, [x1, #0x100]
  mov x1, #0x08000000
  mov w0, #0x12
  str w0, [x1]
  mov x0, #0xff
  msr icc_pmr_el1, x0
  mov x0, #1
  msr icc_igrpen1_el1, x0
  mov x0, #1 << 31
  orr x0, x0, #0x10
  msr hcr_el2, x0
  ${timer}
  wfi
  mrs x20, cntpct_el0
  mrs x21, icc_iar1_el1
  b .
`;

/** CNTHCTL_EL2.ECV, and the guest 1000 counts ahead. */
const AHEAD = 'mov x0, #0x1003\n msr cnthctl_el2, x0\n mov x0, #-1000\n msr cntpoff_el2, x0';
const on = (timer: string, compare: number): string =>
  `mov x0, #${compare}\n msr ${timer.replace('*', 'cval')}, x0\n mov x0, #1\n msr ${timer.replace('*', 'ctl')}, x0`;

test.each([
  ['the EL1 physical timer', 30, on('cntp_*_el0', 100)],
  ['the EL2 physical timer', 26, on('cnthp_*_el2', 100)],
  ['the EL1 virtual timer, with CNTVOFF_EL2', 27, `mov x0, #-1000\n msr cntvoff_el2, x0\n${on('cntv_*_el0', 1100)}`],
  ['the EL1 physical timer, with CNTPOFF_EL2', 30, `${AHEAD}\n${on('cntp_*_el0', 1100)}`],
  ['the EL2 physical timer, which CNTPOFF_EL2 leaves alone', 26, `${AHEAD}\n${on('cnthp_*_el2', 100)}`],
])('%s wakes a CPU at its count', (_, intid, timer) => {
  expect(seen(play(sleep(intid, timer)), 20, 21)).toEqual([100n, BigInt(intid)]);
});

/** EL1 in WFE with HCR_EL2.{TWE, TWEDEn} and TWEDEL 2, 1024 cycles; a second CPU runs `other`. */
const delayed = (other: string): string => `
  mrs x0, mpidr_el1
  and x0, x0, #0xff
  cbnz x0, second
  adr x0, vectors
  msr vbar_el2, x0
  ldr x0, =0xc4000003
  mov x1, #1
  adr x2, second
  smc #0
  ldr x0, =0x2800000080004000
  msr hcr_el2, x0
  mov x0, #1
  msr cnthctl_el2, x0
  mov x0, #0x3c5
  msr spsr_el2, x0
  adr x0, guest
  msr elr_el2, x0
  eret
guest:
  wfe
  mrs x20, cntpct_el0
  wfe
  mrs x21, cntpct_el0
  b .
second:
  ${other}
  b .
  .balign 2048
vectors:
  .space 0x400
  mrs x22, cntpct_el0
  mrs x23, esr_el2
  b .
`;

test('a WFE is trapped when its delay is over', () => {
  const machine = play(delayed('wfi'), 2);
  const [start, after, trapped, esr] = seen(machine, 20, 21, 22, 23) as [bigint, bigint, bigint, bigint];
  expect([trapped - start, after, esr]).toEqual([64n, 0n, 0x7e0_0001n]);
});

test('another CPU’s event ends it untrapped', () => {
  const machine = play(delayed('sev\n wfi'), 2);
  const [start, after, trapped] = seen(machine, 20, 21, 22) as [bigint, bigint, bigint];
  expect(after - start).toBeLessThan(64n);
  expect([after > 0n, trapped]).toEqual([true, 0n]);
});
