// PC-rel. addressing, Arm ARM C4.1.92.
import { signExtend32 } from '#base';
import { a64 } from '../row.ts';

export const ADR = a64({
  bits: '0 immlo:2 10000 immhi:19 Rd:5',
  asm: 'adr {Rd:X}, {immlo,immhi:LabelByte}',
  doc: 'Forms the address of a label within 1 MiB of this instruction.',
  exec: (o, { immlo, immhi, Rd }) => o.setX(Rd, 1, o.add(o.pc(), o.imm(signExtend32(immhi * 4 + immlo, 21)))),
});

export const ADRP = a64({
  bits: '1 immlo:2 10000 immhi:19 Rd:5',
  asm: 'adrp {Rd:X}, {immlo,immhi:LabelPage}',
  doc: 'Forms the address of the 4 KiB page that holds a label within 4 GiB of this instruction.',
  exec: (o, { immlo, immhi, Rd }) =>
    o.setX(Rd, 1, o.add(o.and(o.pc(), o.imm(~0xfffn)), o.imm(signExtend32(immhi * 4 + immlo, 21) * 4096))),
});
