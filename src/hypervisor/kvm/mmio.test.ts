import { expect, test } from 'vitest';
import { decodeKvmRun } from '../index.ts';
import { bench, CODE } from './machine.fixture.ts';

test('a load from nowhere exits as MMIO and completes at the next KVM_RUN', () => {
  const b = bench('_start: mov x1, #0x0b000000\n ldr w5, [x1, #0x10]\n ldr w6, [x1]\n');
  expect(b.run()).toEqual({ kind: 'exit' });
  expect(decodeKvmRun(b.vcpu.kvmRun)).toEqual({
    exit_reason: 'KVM_EXIT_MMIO',
    phys_addr: 0x0b00_0010n,
    data: [],
    len: 4,
    is_write: 0,
  });
  expect(b.get('pc')).toBe(CODE + 4n);
  b.vcpu.kvmRun.mmio.data.set(0, 0x2a);
  expect(b.run()).toEqual({ kind: 'exit' });
  expect(b.get('x5')).toBe(0x2an);
  expect(b.get('pc')).toBe(CODE + 8n);
  expect(b.phases.map((p) => p.kind)).toEqual(['trap', 'handled', 'return', 'completion', 'skip', 'trap', 'handled', 'return']);
});
