// The question of an exit as the page gets it.
import { expect, test } from 'vitest';
import { session } from './session.fixture.ts';

const CONFIG = { capabilities: ['KVM_CAP_ARM_NISV_TO_USER'] };
const RULES = [{ on: 'nisv', do: 'decode' }] as const;

test('a rule that cannot be carried out says why', () => {
  const { run, last } = session('_start: mov x1, #0x0b000000\n ldxr x0, [x1]\n b .', { config: CONFIG, rules: [...RULES] });
  run();
  const { status } = last();
  expect(status.kind === 'waiting' && status.ask.refused).toBe(
    'ldxr x0, [x1] cannot be emulated in userspace: the exclusive monitor is the processor’s own',
  );
});

test('without a rule nothing is refused', () => {
  const { run, last } = session('_start: mov x1, #0x0b000000\n ldxr x0, [x1]\n b .', { config: CONFIG });
  run();
  const { status } = last();
  expect(status.kind === 'waiting' && status.ask).not.toHaveProperty('refused');
});
