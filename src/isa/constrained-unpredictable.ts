// The CONSTRAINED UNPREDICTABLE choices of this machine, each once: when it applies, what the manual permits, what we do. Rows name the
// ones that can happen to them; the assembler warns with `doc`.

export interface ConstrainedUnpredictable {
  readonly id: string;
  /** True for the field values that are CONSTRAINED UNPREDICTABLE. */
  readonly when: (f: Readonly<Record<string, number>>) => boolean;
  /** For people: what the manual says of it. */
  readonly doc: string;
  /** What this machine does. */
  readonly choice: string;
  /** The choice is UNDEFINED: such a word decodes to nothing, although it can be assembled. */
  readonly undefined?: true;
  /** The assembler refuses it, as GNU as does. */
  readonly refused?: true;
  /** Arm ARM section. */
  readonly source: string;
}

export const WRITE_BACK_LOAD: ConstrainedUnpredictable = {
  id: 'write-back-load',
  when: ({ Rn, Rt }) => Rn === Rt && Rn !== 31,
  doc: 'the loaded register is also the base register that is written back: UNDEFINED, NOP, no write-back, or an UNKNOWN base',
  choice: 'The load is performed and the base register then holds the new address.',
  source: 'K1.2, Unpredictable_WBOVERLAPLD',
};

export const WRITE_BACK_STORE: ConstrainedUnpredictable = {
  id: 'write-back-store',
  when: ({ Rn, Rt }) => Rn === Rt && Rn !== 31,
  doc: 'the stored register is also the base register that is written back: UNDEFINED, NOP, or the value stored may be UNKNOWN',
  choice: 'The value before the write-back is stored.',
  source: 'K1.2, Unpredictable_WBOVERLAPST',
};

export const PAIR_LOAD: ConstrainedUnpredictable = {
  id: 'pair-load',
  when: ({ Rt, Rt2 }) => Rt === Rt2,
  doc: 'both elements go to the same register: UNDEFINED, NOP, or the register becomes UNKNOWN',
  choice: 'Both elements are loaded and the register holds the first.',
  source: 'K1.2, Unpredictable_LDPOVERLAP',
};

export const PAIR_WRITE_BACK_LOAD: ConstrainedUnpredictable = {
  id: 'pair-write-back-load',
  when: ({ Rn, Rt, Rt2 }) => (Rn === Rt || Rn === Rt2) && Rn !== 31,
  doc: 'a loaded register is also the base register that is written back: UNDEFINED, NOP, no write-back, or an UNKNOWN base',
  choice: 'The loads are performed and the base register then holds the new address.',
  source: 'K1.2, Unpredictable_WBOVERLAPLD',
};

export const PAIR_WRITE_BACK_STORE: ConstrainedUnpredictable = {
  id: 'pair-write-back-store',
  when: ({ Rn, Rt, Rt2 }) => (Rn === Rt || Rn === Rt2) && Rn !== 31,
  doc: 'a stored register is also the base register that is written back: UNDEFINED, NOP, or the value stored may be UNKNOWN',
  choice: 'The values before the write-back are stored.',
  source: 'K1.2, Unpredictable_WBOVERLAPST',
};

export const EXCLUSIVE_STORE: ConstrainedUnpredictable = {
  id: 'exclusive-store',
  when: ({ Rs, Rt, Rn }) => Rs === Rt || (Rs === Rn && Rn !== 31),
  doc: 'the status register is also the stored or the base register: UNDEFINED, NOP, or the value or address may be UNKNOWN',
  choice: 'The values before the status is written are used.',
  source: 'K1.2, Unpredictable_DATAOVERLAP, Unpredictable_BASEOVERLAP',
};

export const EXCLUSIVE_STORE_PAIR: ConstrainedUnpredictable = {
  id: 'exclusive-store-pair',
  when: ({ Rs, Rt2 }) => Rs === Rt2,
  doc: 'the status register is also the second stored register: UNDEFINED, NOP, or the value may be UNKNOWN',
  choice: 'The value before the status is written is stored.',
  source: 'K1.2, Unpredictable_DATAOVERLAP',
};

export const EXCLUSIVE_PAIR_LOAD: ConstrainedUnpredictable = {
  id: 'exclusive-pair-load',
  when: ({ Rt, Rt2 }) => Rt === Rt2,
  doc: 'both elements go to the same register: UNDEFINED, NOP, or the register becomes UNKNOWN',
  choice: 'Both elements are loaded and the register holds the first.',
  source: 'K1.2, Unpredictable_LDPOVERLAP',
};

export const SIGNED_PAIR_LOAD: ConstrainedUnpredictable = {
  ...PAIR_LOAD,
  id: 'signed-pair-load',
  choice: 'The instruction is UNDEFINED.',
  undefined: true,
};

export const SIGNED_PAIR_WRITE_BACK_LOAD: ConstrainedUnpredictable = {
  ...PAIR_WRITE_BACK_LOAD,
  id: 'signed-pair-write-back-load',
  choice: 'The instruction is UNDEFINED.',
  undefined: true,
};

export const ATOMIC_PAIR: ConstrainedUnpredictable = {
  id: 'atomic-pair',
  when: ({ Rt, Rt2 }) => Rt === Rt2,
  doc: 'both registers of the pair are the same: UNDEFINED, NOP, or an UNKNOWN result',
  choice: 'The instruction is UNDEFINED.',
  undefined: true,
  source: 'K1.2, Unpredictable_LSE128OVERLAP',
};

export const MOVE_REGISTERS: ConstrainedUnpredictable = {
  id: 'move-registers',
  when: ({ Rd, Rs, Rn }) => Rd === Rn || Rs === Rd || Rs === Rn || Rd === 31 || Rn === 31,
  doc: 'the three registers must differ: UNDEFINED or NOP',
  choice: 'The instruction is UNDEFINED.',
  undefined: true,
  refused: true,
  source: 'K1.2, Unpredictable_MOPSOVERLAP31',
};

export const COPY_REGISTERS: ConstrainedUnpredictable = {
  ...MOVE_REGISTERS,
  id: 'copy-registers',
  when: (f) => MOVE_REGISTERS.when(f) || f.Rs === 31,
};
