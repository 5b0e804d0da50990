// Memory Copy and Memory Set, Arm ARM C4.1.94.
import { COPY_REGISTERS, MOVE_REGISTERS } from '../constrained-unpredictable.ts';
import { a64 } from '../row.ts';

const hasStage = ({ stage }: { readonly stage: number }): boolean => stage !== 3;

export const CPYF = a64({
  bits: '00 011 0 01 stage:2 0 Rs:5 op2:4 01 Rn:5 Rd:5',
  asm: 'cpyf{stage:MoveStage}{op2:CopyOptions} [{Rd:XGeneral}]!, [{Rs:XGeneral}]!, {Rn:XGeneral}!',
  doc: 'Copies memory forward only; prologue (p), main part (m) and epilogue (e) follow each other.',
  feature: 'FEAT_MOPS',
  allocated: hasStage,
  unpredictable: [COPY_REGISTERS],
  exec: (o, { stage, Rs, op2, Rn, Rd }) =>
    o.moveMemory({
      kind: 'copy-forward',
      stage: stage as 0 | 1 | 2,
      readUnprivileged: (op2 & 2) !== 0,
      writeUnprivileged: (op2 & 1) !== 0,
      Rd,
      Rs,
      Rn,
      options: op2,
    }),
});

export const CPY = a64({
  bits: '00 011 1 01 stage:2 0 Rs:5 op2:4 01 Rn:5 Rd:5',
  asm: 'cpy{stage:MoveStage}{op2:CopyOptions} [{Rd:XGeneral}]!, [{Rs:XGeneral}]!, {Rn:XGeneral}!',
  doc: 'Copies memory, in the direction that overlap needs; prologue (p), main part (m) and epilogue (e) follow each other.',
  feature: 'FEAT_MOPS',
  allocated: hasStage,
  unpredictable: [COPY_REGISTERS],
  exec: (o, { stage, Rs, op2, Rn, Rd }) =>
    o.moveMemory({
      kind: 'copy',
      stage: stage as 0 | 1 | 2,
      readUnprivileged: (op2 & 2) !== 0,
      writeUnprivileged: (op2 & 1) !== 0,
      Rd,
      Rs,
      Rn,
      options: op2,
    }),
});

export const SET = a64({
  bits: '00 011 0 01 11 0 Rs:5 stage:2 op2:2 01 Rn:5 Rd:5',
  asm: 'set{stage:MoveStage}{op2:SetOptions} [{Rd:XGeneral}]!, {Rn:XGeneral}!, {Rs:X}',
  doc: 'Fills memory with a byte; prologue (p), main part (m) and epilogue (e) follow each other.',
  feature: 'FEAT_MOPS',
  allocated: hasStage,
  unpredictable: [MOVE_REGISTERS],
  exec: (o, { stage, Rs, op2, Rn, Rd }) =>
    o.moveMemory({
      kind: 'set',
      stage: stage as 0 | 1 | 2,
      readUnprivileged: false,
      writeUnprivileged: (op2 & 1) !== 0,
      Rd,
      Rs,
      Rn,
      options: op2,
    }),
});

export const SETG = a64({
  bits: '00 011 1 01 11 0 Rs:5 stage:2 op2:2 01 Rn:5 Rd:5',
  asm: 'setg{stage:MoveStage}{op2:SetOptions} [{Rd:XGeneral}]!, {Rn:XGeneral}!, {Rs:X}',
  doc: 'Fills memory with a byte and sets its tags; prologue (p), main part (m) and epilogue (e) follow each other.',
  feature: 'FEAT_MOPS & FEAT_MTE',
  allocated: hasStage,
  unpredictable: [MOVE_REGISTERS],
  exec: (o, { stage, Rs, op2, Rn, Rd }) =>
    o.moveMemory({
      kind: 'set-tags',
      stage: stage as 0 | 1 | 2,
      readUnprivileged: false,
      writeUnprivileged: (op2 & 1) !== 0,
      Rd,
      Rs,
      Rn,
      options: op2,
    }),
});

export const SETGO = a64({
  bits: '00 011 1 01 11 0 (11111) stage:2 op2:2 00 Rn:5 Rd:5',
  asm: 'setgo{stage:MoveStage}{op2:SetOptions} [{Rd:XGeneral}]!, {Rn:XGeneral}!',
  doc: 'Sets the tags of memory and leaves its contents; prologue (p), main part (m) and epilogue (e) follow each other.',
  feature: 'FEAT_MOPS_GO',
  allocated: hasStage,
  unpredictable: [MOVE_REGISTERS],
  exec: (o, { stage, op2, Rn, Rd }) =>
    o.moveMemory({
      kind: 'set-tags-only',
      stage: stage as 0 | 1 | 2,
      readUnprivileged: false,
      writeUnprivileged: (op2 & 1) !== 0,
      Rd,
      Rs: 31,
      Rn,
      options: op2,
    }),
});
