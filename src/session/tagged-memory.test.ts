// Tagged memory in the translation view: the memory type by name, both tags, and what becomes of them.
import { expect, test } from 'vitest';
import { DEFAULT_BOARD } from '#project';
import { need, session } from './session.fixture.ts';

// One block of 1 GiB, Tagged; x6 is an address in it with tag 3, whose granule gets tag 5.
const GUEST = `
_start: adrp x0, tables
  add x0, x0, :lo12:tables
  mov x2, #0x0701
  movk x2, #0x4000, lsl #16
  str x2, [x0, #8]
  msr ttbr0_el1, x0
  ldr x3, =0x2100803519
  msr tcr_el1, x3
  mov x4, #0xf0
  msr mair_el1, x4
  ldr x5, =0xd0000001005
  msr sctlr_el1, x5
  isb
  ldr x6, =0x300000040100000
  mov x7, #0x500000000000000
  stg x7, [x6]
  msr tco, #0
1: b 1b
  .ltorg
  .balign 4096
tables: .space 4096
`;

const { api, run } = session(GUEST, { board: { ...DEFAULT_BOARD, hypervisor: 'none', el: 1, memory: 4 << 20 } });
for (let n = 0; n < 19; n += 1) run('step');

function look(address: string, access: 'read' | 'write' | 'fetch' = 'read') {
  const { outcome, notes } = need(api.translate({ address, access, level: 1, exit: undefined }));
  return {
    memory: outcome.kind === 'translation' ? outcome.memory : outcome.name,
    tags: notes.find((note) => note.startsWith('Tagged')),
  };
}

const set = (name: string, change: (value: bigint) => bigint): void =>
  void need(api.writeRegister(0, name, change(need(api.registerDetail(name)).value as bigint)));

test('without HCR_EL2.ATA tags are not kept, and the view says why they are not compared', () => {
  expect(look('x6')).toEqual({
    memory: 'Normal write-back, tagged (FEAT_MTE2), inner shareable',
    tags: 'Tagged memory: the granule’s allocation tag is 0, the address’s 3. They are not compared: HCR_EL2.ATA = 0x0: EL1 and EL0 may not access tags.',
  });
});

test('tags that differ, for each way that SCTLR_EL1.TCF has', () => {
  set('HCR_EL2', (value) => value | (1n << 56n));
  const differ = 'Tagged memory: the granule’s allocation tag is 0, the address’s 3.';
  expect(look('x6').tags).toBe(`${differ} A checked access is a Tag Check Fault.`);
  expect(look('x6', 'fetch').tags).toBeUndefined();
  set('SCTLR_EL1', (value) => value ^ (3n << 40n));
  expect(look('x6', 'write').tags).toBe(`${differ} A checked access is made, and noted in TFSR_ELx.`);
  set('SCTLR_EL1', (value) => value | (1n << 40n));
  expect(look('x6').tags).toContain('is a Tag Check Fault');
  expect(look('x6', 'write').tags).toContain('noted in TFSR_ELx');
});

test('tags that are the same', () => {
  expect(look('0x40100000').tags).toBe('Tagged memory: the granule’s allocation tag is 0, as is the address’s.');
});
