import { expect, test } from 'vitest';
import { type Bench, bench, CODE } from './machine.fixture.ts';

/** Runs the guest past the exit that it begins with; what its three registers hold then. */
function resumed(b: Bench): readonly bigint[] {
  b.vcpu.run(6);
  const handled = b.phases.find((phase) => phase.kind === 'handled');
  expect(handled).toMatchObject({ handler: 'kvm_hyp_handle_mops', outcome: 'handled' });
  return [b.get('x0'), b.get('x1'), b.get('x2')];
}

const BYTES = Uint8Array.from({ length: 16 }, (_, i) => i + 1);
const C = 1n << 29n;
const N = 1n << 31n;

// This processor is Option A: Option B's format (PSTATE.C) is the one it does not take.
test.each([
  ['forwards', 0n, 0n],
  ['backwards', N, 16n],
])('a copy in the format of Option B, %s, starts again at its prologue', (_, n, at) => {
  const b = bench(`
_start:
    b middle
    nop
    cpyp [x0]!, [x1]!, x2!
middle:
    cpym [x0]!, [x1]!, x2!
    cpye [x0]!, [x1]!, x2!
    b .
`);
  const [to, from] = [CODE + 0x1000n, CODE + 0x2000n];
  b.set('x0', to + at);
  b.set('x1', from + at);
  b.set('x2', 16n);
  b.set('pstate', 0x3c5n | C | n);
  b.vm.writeMemory(from, BYTES);
  expect(resumed(b)).toEqual([to + 16n, from + 16n, 0n]);
  expect(b.vm.readMemory(to, 16)).toEqual({ ok: true, value: BYTES });
});

test('a set does as well', () => {
  const b = bench(`
_start:
    b last
    setp [x0]!, x2!, x1
    setm [x0]!, x2!, x1
last:
    sete [x0]!, x2!, x1
    b .
`);
  b.set('x0', CODE + 0x1000n);
  b.set('x1', 0x5an);
  b.set('x2', 16n);
  b.set('pstate', 0x3c5n | C);
  expect(resumed(b)).toEqual([CODE + 0x1010n, 0x5an, 0n]);
});
