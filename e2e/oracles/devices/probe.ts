// QEMU as an oracle for devices: plays a list of register accesses on the bare `virt` board, each on a CPU and at a level of choice, and says
// what each gave and which interrupts were pending after it. The guest is a small interpreter of such lists, made here.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { genericName, sysreg } from '#arch/sysreg';
import { program } from '../../setup/programs.ts';
import { assemble } from '../binutils.ts';

export type Step = { readonly cpu?: number } & (
  | { readonly kind: 'load'; readonly address: number; readonly bytes: 1 | 2 | 4 | 8 }
  | { readonly kind: 'store'; readonly address: number; readonly bytes: 1 | 2 | 4 | 8; readonly value: bigint }
  | { readonly kind: 'mrs'; readonly register: string; readonly el: 1 | 2 }
  | { readonly kind: 'msr'; readonly register: string; readonly el: 1 | 2; readonly value: bigint }
);

export type Seen = {
  /** What was read; 0 after a write, and where the access took an exception. */
  readonly value: bigint;
  /** ESR_ELx of the exception that the access took. */
  readonly fault?: bigint;
  /** ISR_EL1 as EL2 and EL1 see it afterwards: physical interrupts, and virtual ones where HCR_EL2 has them. */
  readonly isr2: number;
  readonly isr1: number;
};

/** Registers that a list may name. */
const REGISTERS: readonly string[] = [
  ...['PMR', 'BPR0', 'BPR1', 'IAR0', 'IAR1', 'EOIR0', 'EOIR1', 'HPPIR0', 'HPPIR1', 'DIR', 'RPR', 'CTLR', 'SRE'].map(
    (r) => `ICC_${r}_EL1`,
  ),
  ...['IGRPEN0', 'IGRPEN1', 'SGI0R', 'SGI1R', 'ASGI1R'].map((r) => `ICC_${r}_EL1`),
  ...[0, 1, 2, 3].flatMap((n) => [`ICC_AP0R${n}_EL1`, `ICC_AP1R${n}_EL1`, `ICH_AP0R${n}_EL2`, `ICH_AP1R${n}_EL2`]),
  ...['HCR', 'VTR', 'MISR', 'EISR', 'ELRSR', 'VMCR'].map((r) => `ICH_${r}_EL2`),
  ...Array.from({ length: 16 }, (_, n) => `ICH_LR${n}_EL2`),
  ...['ICC_SRE_EL2', 'HCR_EL2', 'ISR_EL1', 'MPIDR_EL1'],
  ...['CNTHP_CTL_EL2', 'CNTHP_CVAL_EL2', 'CNTP_CTL_EL0', 'CNTP_CVAL_EL0', 'CNTV_CTL_EL0', 'CNTV_CVAL_EL0'],
];

/** What the real-time clock shows at power-on. */
export const EPOCH = 1_000_000_000;

const BASE = 0x4020_0000;
const STEPS = 0x4030_0000;
const STEP_BYTES = 64;

const INTERPRETER = `
  mov x20, xzr
  bl setup
  mov x21, #1
1: ldr x0, =CPUS
  cmp x21, x0
  b.hs 2f
  ldr x0, =0xc4000003
  mov x1, x21
  adr x2, secondary
  mov x3, x21
  smc #0
  add x21, x21, #1
  b 1b
2: ldr x19, =STEPS
3: ldr w0, [x19]
  cbz w0, finish
  ldr w1, [x19, #4]
  cbz w1, 5f
  adr x2, mailbox
  str x19, [x2, x1, lsl #3]
  dsb sy
4: yield
  ldr x3, [x2, x1, lsl #3]
  cbnz x3, 4b
  b 6f
5: bl execute
6: add x19, x19, #STEP_BYTES
  b 3b

secondary:
  mov x20, x0
  bl setup
1: yield
  adr x2, mailbox
  ldr x19, [x2, x20, lsl #3]
  cbz x19, 1b
  bl execute
  adr x2, mailbox
  dsb sy
  str xzr, [x2, x20, lsl #3]
  b 1b

setup:
  adr x0, el2_vectors
  msr vbar_el2, x0
  adr x0, el1_vectors
  msr vbar_el1, x0
  mov x0, #0x80000000
  msr hcr_el2, x0
  mov x0, #3
  msr cnthctl_el2, x0
  isb
  ret

execute:
  mov x28, x30
  ldr w3, [x19]
  ldr x1, [x19, #8]
  ldr x0, [x19, #16]
  mov x23, xzr
  adr x4, kinds
  ldr w5, [x4, x3, lsl #2]
  add x4, x4, w5, sxtw
  blr x4
  str x0, [x19, #24]
  str x23, [x19, #48]
  mrs x0, isr_el1
  str x0, [x19, #32]
  adr x1, isr_stub
  bl at_el1
  str x0, [x19, #40]
  ret x28

kinds: .word 0, load1-kinds, load2-kinds, load4-kinds, load8-kinds, store1-kinds, store2-kinds, store4-kinds, store8-kinds, mrs2-kinds, msr2-kinds, mrs1-kinds, msr1-kinds
load1: ldrb w0, [x1]
  ret
load2: ldrh w0, [x1]
  ret
load4: ldr w0, [x1]
  ret
load8: ldr x0, [x1]
  ret
store1: strb w0, [x1]
  ret
store2: strh w0, [x1]
  ret
store4: str w0, [x1]
  ret
store8: str x0, [x1]
  ret
mrs2: adr x2, mrs_stubs
  add x2, x2, x1, lsl #3
  br x2
msr2: adr x2, msr_stubs
  add x2, x2, x1, lsl #3
  br x2
mrs1: adr x2, mrs_stubs
  add x1, x2, x1, lsl #3
  b at_el1
msr1: adr x2, msr_stubs
  add x1, x2, x1, lsl #3
  b at_el1
isr_stub: mrs x0, isr_el1
  ret

// Calls x1 at EL1. Physical interrupts that EL2 takes from there are kept away by the priority mask.
at_el1:
  mov x26, x30
  mrs x25, icc_pmr_el1
  mrs x2, hcr_el2
  ands x24, x2, #0x18
  b.eq 1f
  msr icc_pmr_el1, xzr
  isb
1: msr elr_el2, x1
  mov x2, #0x3c5
  msr spsr_el2, x2
  adr x27, 2f
  adr x30, el1_done
  eret
2: cbz x24, 3f
  msr icc_pmr_el1, x25
  isb
3: ret x26
el1_done: hvc #0

finish:
  adr x1, open
  mov w0, #1
  hlt #0xf000
  adr x1, write
  str x0, [x1]
  sub x2, x19, x2
  ldr x2, =STEPS
  sub x2, x19, x2
  str x2, [x1, #16]
  mov w0, #5
  hlt #0xf000
  adr x1, exit
  mov w0, #0x18
  hlt #0xf000
  .ltorg
  .balign 8
open: .quad name, 5, 9
write: .quad 0, STEPS, 0
exit: .quad 0x20026, 0
name: .asciz "probe.out"
  .balign 8
mailbox: .fill 8, 8, 0

  .balign 2048
el2_vectors:
  .balign 512
  .org el2_vectors + 0x200
  mrs x23, esr_el2
  mrs x2, elr_el2
  add x2, x2, #4
  msr elr_el2, x2
  eret
  .org el2_vectors + 0x400
  mrs x2, esr_el2
  lsr x3, x2, #26
  cmp x3, #0x16
  b.eq 1f
  mov x23, x2
1: br x27
  .org el2_vectors + 0x800
el1_vectors:
  .org el1_vectors + 0x200
  mrs x23, esr_el1
  hvc #0
  .org el1_vectors + 0x800
`;

function guest(cpus: number): Uint8Array {
  const spell = (name: string) => genericName(sysreg(name).encoding);
  const text = [
    `.equ CPUS, ${cpus}\n.equ STEPS, ${STEPS}\n.equ STEP_BYTES, ${STEP_BYTES}`,
    INTERPRETER,
    'mrs_stubs:',
    ...REGISTERS.map((name) => `mrs x0, ${spell(name)}\nret`),
    'msr_stubs:',
    ...REGISTERS.map((name) => `msr ${spell(name)}, x0\nret`),
  ].join('\n');
  const assembled = assemble(text, BASE);
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.errors));
  return assembled.bytes;
}

const KINDS = {
  load: { 1: 1, 2: 2, 4: 3, 8: 4 },
  store: { 1: 5, 2: 6, 4: 7, 8: 8 },
  mrs: { 2: 9, 1: 11 },
  msr: { 2: 10, 1: 12 },
} as const;
const GUESTS = new Map<number, Uint8Array>();

/** Plays the steps in order on a board with so many CPUs (power-on state: no device has been touched). */
export function probe(steps: readonly Step[], cpus = 1): readonly Seen[] {
  const code = GUESTS.get(cpus) ?? guest(cpus);
  GUESTS.set(cpus, code);
  const image = Buffer.alloc(STEPS - BASE + (steps.length + 1) * STEP_BYTES);
  image.set(code);
  for (const [i, step] of steps.entries()) {
    const at = STEPS - BASE + i * STEP_BYTES;
    const memory = step.kind === 'load' || step.kind === 'store';
    const index = memory ? step.address : REGISTERS.indexOf(step.register);
    if (index < 0) throw new Error(`the probe does not know ${memory ? '' : step.register}`);
    image.writeUInt32LE(memory ? KINDS[step.kind][step.bytes] : KINDS[step.kind][step.el], at);
    image.writeUInt32LE(step.cpu ?? 0, at + 4);
    image.writeBigUInt64LE(BigInt(index), at + 8);
    if (step.kind === 'store' || step.kind === 'msr') image.writeBigUInt64LE(BigInt.asUintN(64, step.value), at + 16);
  }
  const folder = mkdtempSync(join(tmpdir(), 'trapscope-probe-'));
  try {
    const file = join(folder, 'probe.bin');
    writeFileSync(file, image);
    const { status, stderr, error } = spawnSync(
      program('qemu-system-aarch64'),
      [
        ...['-M', 'virt,gic-version=3,virtualization=on,its=off', '-cpu', 'max', '-smp', String(cpus), '-m', '64M'],
        ...[
          '-accel',
          'tcg',
          '-icount',
          'shift=0,sleep=off',
          '-rtc',
          `base=${new Date(EPOCH * 1000).toISOString().slice(0, 19)},clock=vm`,
          '-net',
          'none',
        ],
        ...['-display', 'none', '-monitor', 'none', '-serial', 'none', '-semihosting-config', 'enable=on,target=native'],
        ...['-device', `loader,file=${file},addr=0x${BASE.toString(16)},cpu-num=0,force-raw=on`],
      ],
      { cwd: folder, timeout: 60_000, encoding: 'utf8', killSignal: 'SIGKILL' },
    );
    if (status !== 0) throw error ?? new Error(`QEMU: ${status} ${stderr}`);
    const out = readFileSync(join(folder, 'probe.out'));
    return steps.map((step, i) => {
      const at = i * STEP_BYTES;
      const fault = out.readBigUInt64LE(at + 48);
      const reads = step.kind === 'load' || step.kind === 'mrs';
      return {
        value: reads && fault === 0n ? out.readBigUInt64LE(at + 24) : 0n,
        ...(fault !== 0n && { fault }),
        isr2: Number(out.readBigUInt64LE(at + 32)),
        isr1: Number(out.readBigUInt64LE(at + 40)),
      };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
