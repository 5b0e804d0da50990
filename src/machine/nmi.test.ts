// Non-maskable interrupts on the bare-metal board: an SGI and a list register's interrupt from the GIC to the handler while PSTATE.I masks all others,
// and what a processor without FEAT_NMI makes of the same program.
import { expect, test } from 'vitest';
import { assert } from '#base';
import { bareMetal, seen } from './bare-metal.fixture.ts';
import { replayInto } from './machine.ts';

const NMI = 1n << 63n;

/** EL2 with its interrupts masked; x2: the first page of the redistributor, x3: its second. */
const START = `
  adr x0, vectors
  msr vbar_el2, x0
  mov x0, #1 << 31
  orr x0, x0, #0x10
  msr hcr_el2, x0
  mov x1, #0x08000000
  mov w4, #0x12
  str w4, [x1]
  ldr w19, [x1, #4]
  movz x2, #0x080a, lsl #16
  str wzr, [x2, #0x14]
  add x3, x2, #0x10, lsl #12
  mov w4, #-1
  str w4, [x3, #0x80]
  str w4, [x3, #0x100]
  mov x0, #1
  msr icc_igrpen1_el1, x0
  mrs x0, sctlr_el2
  orr x0, x0, #1 << 61
  msr sctlr_el2, x0
  isb
`;

const SGI = `${START}
  mov w4, #8
  str w4, [x3, #0xf80]
  mov x0, #0x03000000
  orr x0, x0, #1
  mov x18, #1
  msr icc_sgi1r_el1, x0
  mov x18, #2
  mrs x26, isr_el1
  b .
  .balign 2048
vectors:
  .space 0x200
  b .
  .space 0x7c
  mrs x20, isr_el1
  mrs x21, icc_iar1_el1
  mrs x22, s3_0_c12_c9_5
  mrs x23, icc_rpr_el1
  mrs x24, s3_0_c4_c3_0
  mov x25, x18
  msr icc_eoir1_el1, x22
  eret
`;

/** EL1 with PSTATE.I set, where a list register holds an NMI. */
const VIRTUAL = `${START}
  mov x0, #1
  msr ich_hcr_el2, x0
  mov x0, #2
  msr ich_vmcr_el2, x0
  movz x0, #0x58a0, lsl #48
  movk x0, #40
  msr ich_lr0_el2, x0
  mrs x0, sctlr_el1
  orr x0, x0, #1 << 61
  msr sctlr_el1, x0
  adr x0, vectors
  msr vbar_el1, x0
  mov x0, #0x3c5
  msr spsr_el2, x0
  adr x0, guest
  msr elr_el2, x0
  eret
guest:
  nop
  mrs x26, isr_el1
  hvc #0
  .balign 2048
vectors:
  .space 0x280
  mrs x20, isr_el1
  mrs x21, icc_iar1_el1
  mrs x22, icc_nmiar1_el1
  mrs x23, icc_rpr_el1
  msr icc_eoir1_el1, x22
  eret
  .balign 128
  .space 0x100
  mov x27, #1
  b .
`;

test('an SGI as an NMI reaches EL2 while PSTATE.I is set and the priority mask is closed', () => {
  const machine = bareMetal(SGI);
  machine.run({ instructions: 200 });
  // GICD_TYPER; ISR_EL1 with IS and I; 1022; the SGI; the running priority; ALLINT in the handler; taken right after the write.
  expect(seen(machine, 19, 20, 21, 22, 23, 24, 25)).toEqual([0x0378_0208n, 0x480n, 1022n, 3n, NMI, 0x2000n, 1n]);
  expect(seen(machine, 18, 26)).toEqual([2n, 0n]);
});

test('on a processor without FEAT_NMI the GIC has none, and the SGI stays masked', () => {
  const machine = bareMetal(SGI, { cpu: 'qemu-7.2-max' });
  machine.run({ instructions: 200 });
  expect(seen(machine, 19, 18, 26)).toEqual([0x0378_0008n, 2n, 0n]);
  expect(machine.processor(0).el).toBe(2);
});

test('a list register gives EL1 an NMI through PSTATE.I', () => {
  const machine = bareMetal(VIRTUAL);
  machine.run({ instructions: 200 });
  expect(seen(machine, 20, 21, 22, 23, 26, 27)).toEqual([0x480n, 1022n, 40n, NMI, 0n, 1n]);
});

test('a replay that stops in the handler has the same GIC', () => {
  const machine = bareMetal(SGI);
  for (let n = 0; n < 200 && machine.processor(0).x(22) !== 3n; n += 1) machine.run({ instructions: 1 });
  expect(seen(machine, 22, 23)).toEqual([3n, 0n]);
  const again = bareMetal(SGI);
  assert(replayInto(again, machine.recording).ok, 'a replay');
  expect(again.stateHash()).toBe(machine.stateHash());
  for (const one of [machine, again]) one.run({ instructions: 20 });
  expect(seen(again, 23)).toEqual([NMI]);
  expect(again.stateHash()).toBe(machine.stateHash());
});
