// Accesses of 64 bytes at once (FEAT_LS64; Arm ARM C3.2.8 and the pseudocode MemLoad64B, MemStore64B, MemStore64BWithRet). Three choices are the
// implementation's. The memory type is checked as it is after all stages of translation, and the fault reported for the first stage that
// gives a wrong one. RAM takes LD64B and ST64B, no other location does: they are stage 1 Data Aborts. No location answers a store with a
// status: ST64BV and ST64BV0 store nothing and say so. Knows no instruction.
import type { MemoryAttributes, Walk } from '#mmu';
import type { Core } from '../core.ts';
import { abortData, alignmentAbort, unsupportedAbort } from '../exceptions/aborts.ts';
import { readData, translationRequest, writeData } from './access.ts';

const BYTES = 64;
const WORDS = 8;

type Translation = Extract<Walk, { kind: 'translation' }>;

/** The translation of an access of 64 bytes. Aborts where alignment, rights or memory type forbid it. */
function translated(core: Core, va: bigint, write: boolean): Translation {
  if ((va & BigInt(BYTES - 1)) !== 0n) alignmentAbort(core, va, write, 'block');
  const request = translationRequest(core.dataContext, va, write ? 'write' : 'read', true);
  const result = core.tlbEntries.translate(request);
  if (result.kind === 'fault') abortData(core, va, result.fault);
  const { attributes, stage1Attributes, off, ipa } = result;
  if (!cached(attributes)) return result;
  // Stage 1 that is off gives no type: with HCR_EL2.DC it is stage 2 that made it cacheable.
  const stage1 = cached(stage1Attributes) && off.every(({ stage }) => stage !== 1);
  const stage2 = result.regime === 'EL1&0' && core.has.el2 && off.every(({ stage }) => stage !== 2);
  return unsupportedAbort(core, va, write, stage2 && !stage1 ? { stage: 2, ipa } : { stage: 1 });
}

/** Normal memory that is not Inner and Outer Non-cacheable. */
function cached({ device, inner, outer }: MemoryAttributes): boolean {
  return !device && (inner !== 0 || outer !== 0);
}

/** Aborts unless the 64 bytes may be accessed at once, and are where that can be. */
function check(core: Core, va: bigint, write: boolean): void {
  const { pa } = translated(core, va, write);
  if (core.memory.locate(Number(pa)) < 0) unsupportedAbort(core, va, write);
}

/** LD64B: eight doublewords, the lowest address first. */
export function readBlock(core: Core, va: bigint): readonly bigint[] {
  check(core, va, false);
  return Array.from({ length: WORDS }, (_, i) => readData(core, va + BigInt(8 * i), 8));
}

/** ST64B. */
export function writeBlock(core: Core, va: bigint, words: readonly bigint[]): void {
  check(core, va, true);
  for (const [i, word] of words.entries()) writeData(core, va + BigInt(8 * i), 8, word);
}

/** The status of ST64BV and ST64BV0 where nothing answers with one. */
const NO_STATUS = 0xffff_ffff_ffff_ffffn;

/** ST64BV, ST64BV0: no memory and no device of this machine answers a store with a status, so nothing is stored. */
export function writeBlockWithStatus(core: Core, va: bigint): bigint {
  translated(core, va, true);
  return NO_STATUS;
}
