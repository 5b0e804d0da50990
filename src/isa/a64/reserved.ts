// Reserved, Arm ARM C4.1.1.
import { a64 } from '../row.ts';

export const UDF = a64({
  bits: '0000000000000000 imm16:16',
  asm: 'udf {imm16:Uimm16}',
  doc: 'Is permanently UNDEFINED.',
  exec: (o) => o.raise({ kind: 'undefined', reason: 'UDF is permanently UNDEFINED' }),
});
