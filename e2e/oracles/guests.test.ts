// The example guests here and on QEMU's `virt` board, where the same EL1 code runs with nobody at EL2: what they print, and how they end. QEMU
// has no hypervisor between guest and devices, so a guest is compared with that answer of ours which amounts to the same: an
// implementation-defined register that is refused (QEMU has none: UNDEFINED), a device that answers an external abort (nothing is there).
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assemble } from '../../src/asm/index.ts';
import { createMachine } from '../../src/machine/index.ts';
import { type AnswerRule, DEFAULT_BOARD, type MachineConfig } from '../../src/project/index.ts';
import { runFlat } from './qemu.ts';

const LOAD = 0x4008_0000n;

interface Compared {
  readonly guest: string;
  readonly config?: MachineConfig;
  readonly rules?: readonly AnswerRule[];
}

function image(name: string): Uint8Array {
  const { image: bytes, diagnostics } = assemble(readFileSync(new URL(`../../guests/${name}.s`, import.meta.url), 'utf8'), {
    base: LOAD,
  });
  if (!bytes) throw new Error(diagnostics[0]?.message);
  return bytes;
}

function here({ guest, config = {}, rules = [] }: Compared): { serial: string; end: string } {
  const bytes: number[] = [];
  const made = createMachine({
    board: DEFAULT_BOARD,
    config,
    rules,
    image: { parts: [{ address: LOAD, bytes: image(guest) }], entry: LOAD },
    console: (byte) => bytes.push(byte),
  });
  if (!made.ok) throw new Error(made.error);
  made.value.run({ instructions: 1_000_000 });
  const { state } = made.value;
  return { serial: String.fromCharCode(...bytes), end: state.kind === 'ended' ? state.reason : state.kind };
}

const NISV: MachineConfig = { capabilities: ['KVM_CAP_ARM_NISV_TO_USER'] };

const COMPARED: readonly Compared[] = [
  { guest: 'hello' },
  { guest: 'undefined' },
  { guest: 'psci-off' },
  { guest: 'stale-tlb' },
  // Without the capability KVM refuses the register itself.
  { guest: 'impdef' },
  {
    guest: 'impdef',
    config: { capabilities: ['KVM_CAP_ARM_IDSR_TO_USER'] },
    rules: [{ on: 'sysreg', register: '*', do: 'undef' }],
  },
  { guest: 'nisv', config: NISV, rules: [{ on: 'nisv', do: 'abort' }] },
  { guest: 'nisv', config: { protected: true } },
  { guest: 'impdef-answers' },
  // QEMU's processor has no FEAT_PAN3.
  { guest: 'id-writes', config: { host: { 'ID_AA64MMFR1_EL1.PAN': 2 } } },
];

test.each(COMPARED)('$guest does on QEMU what it does here ($config)', (compared) => {
  const there = runFlat(image(compared.guest));
  expect(there.status).toBe(0);
  expect(here(compared)).toEqual({ serial: there.serial, end: 'shutdown' });
});

test('id-registers: the same registers in the same form; the values are each processor’s own', () => {
  const names = (text: string) => text.replace(/ [0-9a-f]{16}$/gm, ' …');
  const there = runFlat(image('id-registers'));
  expect(there.serial).toMatch(/id_aa64pfr0_el1 [0-9a-f]{16}/);
  expect(names(here({ guest: 'id-registers' }).serial)).toBe(names(there.serial));
});

// Not compared: sensor. Its device is the person at the screen; on QEMU the load takes an external abort, for which the guest has no vector.
test('sensor: there is no device on QEMU, so the guest goes no further than its first line', () => {
  expect(runFlat(image('sensor'), { timeout: 2000 })).toEqual({ serial: 'sensor: ready\n', status: null });
});
