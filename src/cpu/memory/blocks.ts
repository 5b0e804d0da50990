// Accesses of 64 bytes at once (FEAT_LS64; Arm ARM C3.2.6 and the pseudocode MemLoad64B, MemStore64B): to Normal non-cacheable and Device
// memory that is RAM. Whether another location supports them is left to the implementation: here none does. Knows no instruction.
import type { Core } from '../core.ts';
import { abortData, alignmentAbort, unsupportedAbort } from '../exceptions/aborts.ts';
import { readData, translationRequest, writeData } from './access.ts';

const BYTES = 64;
const WORDS = 8;

/** Aborts unless the 64 bytes may be accessed at once. */
function check(core: Core, va: bigint, write: boolean): void {
  if ((va & BigInt(BYTES - 1)) !== 0n) alignmentAbort(core, va, write, 'block');
  const request = translationRequest(core.dataContext, va, write ? 'write' : 'read', true);
  const result = core.tlbEntries.translate(request);
  if (result.kind === 'fault') abortData(core, va, result.fault);
  const { device, inner, outer } = result.attributes;
  const cached = !device && (inner !== 0 || outer !== 0);
  if (cached || core.memory.locate(Number(result.pa)) < 0) unsupportedAbort(core, va, write);
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
  if ((va & BigInt(BYTES - 1)) !== 0n) alignmentAbort(core, va, true, 'block');
  const result = core.tlbEntries.translate(translationRequest(core.dataContext, va, 'write', true));
  if (result.kind === 'fault') abortData(core, va, result.fault);
  return NO_STATUS;
}
