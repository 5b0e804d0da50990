import { describe, expect, test } from 'vitest';
import { KVM_GUESTDBG, type KvmVcpu } from '../index.ts';
import { type Bench, bench, CODE, DEVICE, RAM, value } from './machine.fixture.ts';

const { enable, singlestep, use_hw } = KVM_GUESTDBG;
const EC_SOFTSTP_LOW = 0x32;

function debug(vcpu: KvmVcpu, control: number, lists: Partial<Record<'bcr' | 'bvr' | 'wcr' | 'wvr', bigint[]>> = {}): void {
  value(vcpu.setGuestDebug({ control, bcr: [], bvr: [], wcr: [], wvr: [], ...lists }));
}

/** One KVM_RUN: the class of the debug exit that it ends with (undefined: it ended otherwise), and where PC is then. */
function exitAt(b: Bench): readonly [number | undefined, bigint] {
  b.run();
  return [b.vcpu.kvmRun.header.exit_reason === 4 ? b.vcpu.kvmRun.debug.hsr >>> 26 : undefined, b.get('pc') - CODE];
}

describe('single step', () => {
  test.each([
    ['an instruction', 'nop', ''],
    ['a trapped register', 'mrs x2, dbgbvr0_el1', ''],
    ['a hypercall, whose PC hardware has moved', 'hvc #0', ''],
    ['SMC, whose PC KVM moves', 'smc #0', ''],
    ['a store to a device, which userspace takes', 'str x1, [x0]', 'mmio'],
    ['a load from a device, which userspace answers', 'ldr x1, [x0]', 'mmio'],
    ['a register that userspace answers', 'mrs x1, s3_0_c15_c2_0', 'idsr'],
  ])('%s is one step', (_, text, asks) => {
    const b = bench(`_start: ${text}\n nop\n nop\n`, { capabilities: ['KVM_CAP_ARM_IDSR_TO_USER'] });
    b.set('x0', DEVICE);
    debug(b.vcpu, enable | singlestep);
    if (asks) {
      expect(exitAt(b)).toEqual([undefined, 0n]);
      b.vcpu.kvmRun.arm_idsr.is_handled = 1;
    }
    expect(exitAt(b)).toEqual([EC_SOFTSTP_LOW, 4n]);
    expect(exitAt(b)).toEqual([EC_SOFTSTP_LOW, 8n]);
  });

  test('an access that is completed under immediate_exit has been the step', () => {
    const b = bench('_start: ldr w1, [x0]\n nop\n nop\n');
    b.set('x0', DEVICE);
    debug(b.vcpu, enable | singlestep);
    expect(exitAt(b)).toEqual([undefined, 0n]);
    b.vcpu.kvmRun.header.immediate_exit = 1;
    expect(b.run()).toMatchObject({ kind: 'error', errno: 'EINTR' });
    b.vcpu.kvmRun.header.immediate_exit = 0;
    expect(exitAt(b)).toEqual([EC_SOFTSTP_LOW, 4n]);
  });

  test('the guest finds its own PSTATE.SS and MDSCR_EL1 as they were', () => {
    const b = bench('_start: nop\n mrs x1, mdscr_el1\n b .\n');
    debug(b.vcpu, enable | singlestep);
    expect(exitAt(b)).toEqual([EC_SOFTSTP_LOW, 4n]);
    expect(b.get('pstate')).toBe(0x3c5n);
    exitAt(b);
    expect(b.get('x1')).toBe(0n);
  });
});

test("userspace's breakpoints and watchpoints take the place of the guest's, which come back", () => {
  const b = bench(
    `_start: msr oslar_el1, xzr\n mov x1, #0xa000\n msr mdscr_el1, x1\n msr dbgbvr0_el1, x2\n mov x1, #0x1e7\n msr dbgbcr0_el1, x1\n msr daifclr, #8\n isb
own: nop\nhere: str x1, [x3]\n mov x28, #${DEVICE}\n str x1, [x28]\n b .\n`,
  );
  const here = b.symbols.get('here') as bigint;
  b.set('x2', b.symbols.get('own') as bigint);
  b.set('x3', RAM + 8n);
  debug(b.vcpu, enable | use_hw, { bvr: [0n, here], bcr: [0n, 0x1e7n], wvr: [RAM + 8n], wcr: [0x1fffn] });
  expect(exitAt(b)).toEqual([0x30, here - CODE]);
  debug(b.vcpu, enable | use_hw, { wvr: [RAM + 8n], wcr: [0x1fffn] });
  expect(exitAt(b)).toEqual([0x34, here - CODE]);
  expect(b.vcpu.kvmRun.debug.far).toBe(RAM + 8n);
  debug(b.vcpu, 0);
  expect([b.get('DBGBVR0_EL1'), b.get('DBGBCR0_EL1')]).toEqual([b.symbols.get('own'), 0x1e7n]);
  b.run();
  expect(b.vcpu.kvmRun.mmio.phys_addr).toBe(DEVICE);
});
