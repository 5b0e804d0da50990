// What a guest's EL1 sees of what its EL0 does: who takes it, KVM or EL1 itself, with which syndrome, and that PC and FAR_EL1 are what they were.
import { describe, expect, test } from 'vitest';
import { fieldRange, setField } from '#arch/field';
import { cpuModel } from '#cpu';
import { type Bench, type BenchOptions, bench, DEVICE } from './machine.fixture.ts';

const SCTLR = { nTWI: 1n << 16n, DZE: 1n << 14n, EnDA: 1n << 27n, TIDCP: 1n << 63n };
const MMFR2 = cpuModel('max')?.registers.get('ID_AA64MMFR2_EL1') ?? 0n;
const WITHOUT_IDST = setField(MMFR2, fieldRange('ID_AA64MMFR2_EL1', 'IDS'), 0);
const UNDEF = 0x200_0000n;
const FAR = 0x1122_3344_5566_7788n;

/** EL1 sets bits of SCTLR_EL1, clears others, and goes to `here` at EL0; its vector leaves ESR, ELR and FAR in x20 to x22. */
function atEl0(text: string, { set = 0n, clear = 0n, ...options }: BenchOptions & { set?: bigint; clear?: bigint } = {}): Bench {
  const b = bench(
    `_start: ldr x0, =vectors
    msr vbar_el1, x0
    ldr x0, =${FAR}
    msr far_el1, x0
    mrs x0, sctlr_el1
    ldr x1, =${set}
    orr x0, x0, x1
    ldr x1, =${clear}
    bic x0, x0, x1
    msr sctlr_el1, x0
    ldr x0, =here
    msr elr_el1, x0
    msr spsr_el1, xzr
    isb
    eret
here: ${text}
    svc #7
    .balign 2048
vectors: .skip 0x400
    mrs x20, esr_el1
    mrs x21, elr_el1
    mrs x22, far_el1
    mov x28, #${DEVICE}
    str xzr, [x28]
    b .
`,
    options,
  );
  expect(b.run()).toEqual({ kind: 'exit' });
  expect(b.vcpu.kvmRun.mmio.phys_addr).toBe(DEVICE);
  return b;
}

/** Handlers of KVM that the exits before the last came to. */
function handlers(b: Bench): readonly string[] {
  return b.phases.flatMap((p) => (p.kind === 'handled' ? [p.handler] : [])).slice(0, -1);
}

const SVC = 0x5600_0007n;
const PAUTH = { features: ['ptrauth_address', 'ptrauth_generic'] } as const;
const IMPDEF = 'mrs x0, s3_3_c15_c2_0';

describe('EL1 itself takes it', () => {
  test.each([
    ['HVC', 'hvc #0', {}, UNDEF],
    ['SMC', 'smc #0', {}, UNDEF],
    ['floating point while CPACR_EL1 is 0', 'fmov d0, x0', {}, 0x1fe0_0000n],
    ['SVE that nobody has', '.inst 0x04bf5000', {}, UNDEF],
    ['SME that nobody has', '.inst 0xd503477f', {}, UNDEF],
    ['WFI with nTWI 0', 'wfi', { clear: SCTLR.nTWI }, 0x7e0_0000n],
    ['an ID register', 'mrs x0, id_aa64pfr0_el1', {}, 0x6230_0009n],
    ['... without FEAT_IDST', 'mrs x0, id_aa64pfr0_el1', { host: { ID_AA64MMFR2_EL1: WITHOUT_IDST } }, UNDEF],
    ['DC ZVA with DZE 0', 'dc zva, x1', {}, 0x6212_dc28n],
    ['cache maintenance with UCI 0', 'dc cvau, x1', {}, 0x6212_dc36n],
    ['set/way, which is EL1’s', 'dc isw, x1', {}, UNDEF],
    ['an IMPLEMENTATION DEFINED register', IMPDEF, { capabilities: ['KVM_CAP_ARM_IDSR_TO_USER'] }, UNDEF],
    ['... with TIDCP', IMPDEF, { set: SCTLR.TIDCP, capabilities: ['KVM_CAP_ARM_IDSR_TO_USER'] }, 0x6230_fc05n],
    ['... a system instruction with TIDCP', 'sys #3, c15, c0, #0, x1', { set: SCTLR.TIDCP }, 0x6210_fc20n],
    ['... with TIDCP, before EL2', IMPDEF, { set: SCTLR.TIDCP, policy: { el0_impdef: 'trap' } }, 0x6230_fc05n],
  ] as const)('%s', (_, text, options, esr) => {
    const b = atEl0(text, options);
    expect([b.get('x20'), b.get('x21'), b.get('x22')]).toEqual([esr, b.symbols.get('here'), FAR]);
    expect(handlers(b)).toEqual([]);
  });
});

describe('KVM takes it, and gives EL1 an UNDEF', () => {
  test.each([
    ['an IMPLEMENTATION DEFINED register, by the switch', IMPDEF, { policy: { el0_impdef: 'trap' } }, 'kvm_handle_sys_reg'],
    [
      '... also where userspace would answer EL1',
      IMPDEF,
      { policy: { el0_impdef: 'trap' }, capabilities: ['KVM_CAP_ARM_IDSR_TO_USER'] },
      'kvm_handle_sys_reg',
    ],
    ['a PMU that the VM has not', 'mrs x0, pmccntr_el0', {}, 'kvm_handle_sys_reg'],
    ['pointer authentication that the VM has not', 'pacda x0, x1', { set: SCTLR.EnDA }, 'kvm_handle_ptrauth'],
    ['... a generic code, which no control of EL1 turns off', 'pacga x0, x1, x2', {}, 'kvm_handle_ptrauth'],
  ] as const)('%s', (_, text, options, handler) => {
    const b = atEl0(text, options);
    expect([b.get('x20'), b.get('x21'), b.get('x22')]).toEqual([UNDEF, b.symbols.get('here'), FAR]);
    expect(handlers(b)).toEqual([handler]);
  });
});

test.each([
  ['pointer authentication is off by its control before anybody traps it', 'pacda x0, x1', {}],
  ['... and on in a VM that has it', 'pacda x0, x1', { set: SCTLR.EnDA, ...PAUTH }],
  ['tags without MTE: hardware has the instructions, and they tag nothing', 'irg x0, x1', {}],
  ['a debug channel that nobody reads', 'mrs x0, dbgdtr_el0', {}],
] as const)('%s', (_, text, options) => {
  expect(atEl0(text, options).get('x20')).toBe(SVC);
});
