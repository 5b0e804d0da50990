// Load/store register (pac), Arm ARM C4.1.94.
import { signExtend32 } from '#base';
import { transferSyndrome, UNCHECKED } from '../access.ts';
import { WRITE_BACK_LOAD } from '../constrained-unpredictable.ts';
import type { Operations } from '../operations.ts';
import { a64 } from '../row.ts';

function load<V>(
  o: Operations<V>,
  f: { S: number; imm9: number; Rn: number; Rt: number },
  key: 'DA' | 'DB',
  writeBack: boolean,
): void {
  const base = o.authenticate(key, o.xsp(f.Rn), o.imm(0), true);
  // The alignment of SP is asked for after the pointer (Arm ARM C6.2, LDRAA).
  if (f.Rn === 31) o.base(31);
  const address = o.add(base, o.imm(signExtend32(f.S * 512 + f.imm9, 10) * 8));
  const data = o.load(address, 8, f.Rn === 31 && !writeBack ? UNCHECKED : undefined);
  o.setX(f.Rt, 1, data);
  if (writeBack) o.setXSP(f.Rn, 1, address);
}

export const LDRAA = a64({
  bits: '11 111 0 00 0 S:1 1 imm9:9 0 1 Rn:5 Rt:5',
  asm: 'ldraa {Rt:X}, [{Rn:XSP}{S,imm9:AuthenticatedOffset}]',
  doc: 'Loads a doubleword from an address that is authenticated with data key A and zero.',
  feature: 'FEAT_PAuth',
  syndrome: ({ Rt }) => transferSyndrome(3, 0, Rt, 1),
  exec: (o, f) => load(o, f, 'DA', false),
});

export const LDRAA_pre = a64({
  bits: '11 111 0 00 0 S:1 1 imm9:9 1 1 Rn:5 Rt:5',
  asm: 'ldraa {Rt:X}, [{Rn:XSP}{S,imm9:AuthenticatedOffset}]!',
  doc: 'Loads a doubleword from an address that is authenticated with data key A and zero, and writes the address back.',
  feature: 'FEAT_PAuth',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, f) => load(o, f, 'DA', true),
});

export const LDRAB = a64({
  bits: '11 111 0 00 1 S:1 1 imm9:9 0 1 Rn:5 Rt:5',
  asm: 'ldrab {Rt:X}, [{Rn:XSP}{S,imm9:AuthenticatedOffset}]',
  doc: 'Loads a doubleword from an address that is authenticated with data key B and zero.',
  feature: 'FEAT_PAuth',
  syndrome: ({ Rt }) => transferSyndrome(3, 0, Rt, 1),
  exec: (o, f) => load(o, f, 'DB', false),
});

export const LDRAB_pre = a64({
  bits: '11 111 0 00 1 S:1 1 imm9:9 1 1 Rn:5 Rt:5',
  asm: 'ldrab {Rt:X}, [{Rn:XSP}{S,imm9:AuthenticatedOffset}]!',
  doc: 'Loads a doubleword from an address that is authenticated with data key B and zero, and writes the address back.',
  feature: 'FEAT_PAuth',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, f) => load(o, f, 'DB', true),
});
