// Barriers, Arm ARM C4.1.93.
import { a64, alias } from '../row.ts';

export const CLREX = a64({
  bits: '11010101000000110011 CRm:4 010 11111',
  asm: 'clrex {CRm:OptionalHex4}',
  doc: 'Clears the local exclusive monitor.',
  exec: (o, { CRm }) => o.barrier('clrex', CRm),
});

export const DSB = a64({
  bits: '11010101000000110011 CRm:4 100 11111',
  asm: 'dsb {CRm:DataBarrier}',
  doc: 'Waits until memory accesses and maintenance operations before it are complete.',
  exec: (o, { CRm }) => o.barrier(CRm === 0 ? 'ssbb' : CRm === 4 ? 'pssbb' : 'dsb', CRm),
});

export const SSBB = alias(DSB, {
  asm: 'ssbb',
  fix: { CRm: 0 },
  doc: 'Keeps loads from bypassing stores to the same virtual address.',
});
export const PSSBB = alias(DSB, {
  asm: 'pssbb',
  fix: { CRm: 4 },
  doc: 'Keeps loads from bypassing stores to the same physical address.',
});
export const DFB = alias(DSB, { asm: 'dfb', fix: { CRm: 12 }, use: 'assemble' });

export const DSB_nXS = a64({
  bits: '11010101000000110011 imm2:2 10 001 11111',
  asm: 'dsb {imm2:NxsBarrier}',
  doc: 'Waits as DSB does, but not for accesses with the XS attribute.',
  feature: 'FEAT_XS',
  exec: (o, { imm2 }) => o.barrier('dsb-nxs', imm2),
});

export const DMB = a64({
  bits: '11010101000000110011 CRm:4 101 11111',
  asm: 'dmb {CRm:DataBarrier}',
  doc: 'Orders memory accesses before it with those after.',
  exec: (o, { CRm }) => o.barrier('dmb', CRm),
});

export const ISB = a64({
  bits: '11010101000000110011 CRm:4 110 11111',
  asm: 'isb {CRm:IsbOption}',
  doc: 'Flushes the pipeline: what follows is fetched anew, with the effects of what came before.',
  exec: (o, { CRm }) => o.barrier('isb', CRm),
});

export const SB = a64({
  bits: '11010101000000110011 0000 111 11111',
  asm: 'sb',
  doc: 'Keeps what follows from being executed speculatively.',
  feature: 'FEAT_SB',
  exec: (o) => o.barrier('sb', 0),
});

export const TCOMMIT = a64({
  bits: '11010101000000110011 0000 011 11111',
  asm: 'tcommit',
  doc: 'Commits the transaction.',
  feature: 'FEAT_TME',
  notModelled: 'transactional memory (FEAT_TME) was withdrawn from the architecture',
});
