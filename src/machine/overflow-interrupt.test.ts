// The overflow interrupt of the performance monitors on the bare-metal board: from the counter through the GIC to the guest's handler.
import { expect, test } from 'vitest';
import { PPI } from '#devices';
import { bareMetal, seen } from './bare-metal.fixture.ts';

const PROGRAM = `
  adr x0, vectors
  msr vbar_el2, x0
  mov x0, #1 << 31
  orr x0, x0, #0x10
  msr hcr_el2, x0
  mov x0, #9
  msr icc_sre_el2, x0
  mov x1, #0x08000000
  mov w2, #0x12
  str w2, [x1]
  movz x1, #0x080a, lsl #16
  str wzr, [x1, #0x14]
  add x1, x1, #0x10, lsl #12
  mov w2, #-1
  str w2, [x1, #0x80]
  mov w2, #1 << 23
  str w2, [x1, #0x100]
  mov x0, #0xff
  msr icc_pmr_el1, x0
  mov x0, #1
  msr icc_igrpen1_el1, x0
  mov x0, #0x08000000
  add x0, x0, #0x11
  msr pmevtyper0_el0, x0
  mov x0, #0xffffff00
  msr pmevcntr0_el0, x0
  mov x0, #1
  msr pmintenset_el1, x0
  msr pmcntenset_el0, x0
  msr daifclr, #2
  msr pmcr_el0, x0
  b .
  .balign 2048
vectors:
  .space 0x280
  mrs x20, icc_iar1_el1
  mrs x21, pmevcntr0_el0
  mrs x22, pmovsset_el0
  b .
`;

test('a counter that overflows interrupts at the instruction that it does', () => {
  const machine = bareMetal(PROGRAM);
  machine.run({ instructions: 1000 });
  expect(seen(machine, 20)).toEqual([BigInt(PPI.pmu)]);
  // 256 instructions after the counter was started it is over the top; the handler has executed two more when it looks.
  expect(seen(machine, 21, 22)).toEqual([0x1_0000_0002n, 1n]);
});
