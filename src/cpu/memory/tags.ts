// Allocation tags as instructions see them (FEAT_MTE; Arm ARM D10, pseudocode AArch64.MemTag and AArch64.AllocationTagAccessIsEnabled). No
// memory of this machine is Tagged: the tag of every granule reads as zero, and storing one checks the address and does nothing else. What
// FEAT_MTE2 adds to that is which tags are generated. Knows no instruction.
import { bits } from '#arch/field';
import { chooseTag, stepTagSeed } from '#isa';
import { translate } from '#mmu';
import type { Core } from '../core.ts';
import { abortData, alignmentAbort } from '../exceptions/aborts.ts';
import { undefinedBecause } from '../exceptions/instructions.ts';
import { SLOT } from '../registers/slots.ts';
import { translationRequest, writeData } from './access.ts';

const GRANULE = 16n;
const HCR_ATA = bits('HCR_EL2', ['ATA']).ATA;
const { ATA, ATA0 } = bits('SCTLR_EL1', ['ATA', 'ATA0']);
const { RRND, Exclude } = bits('GCR_EL1', ['RRND', 'Exclude']);
const { SEED, TAG } = bits('RGSR_EL1', ['SEED', 'TAG']);
const SEED_SHIFT = 8n;
const ALL = 0xffffn;
/** GMID_EL1.BS and DCZID_EL0.BS: log2 of the words of a block. */
const BS = 15n;

/** AArch64.AllocationTagAccessIsEnabled at the current level. */
function enabled(core: Core): boolean {
  if (!core.model.features.has('FEAT_MTE2')) return false;
  const host = core.e2h && core.tge;
  if (core.el < 2 && core.has.el2 && !host && (core.reg(SLOT.HCR_EL2) & HCR_ATA) === 0n) return false;
  return (core.sctlr & (core.el === 0 ? ATA0 : ATA)) !== 0n;
}

/** GCR_EL1.Exclude, or all of them where tags may not be accessed. */
export function excludedTags(core: Core): bigint {
  return enabled(core) ? core.reg(SLOT.GCR_EL1) & Exclude : ALL;
}

/** The tag that IRG draws from those not in `exclude`, by the shift register of RGSR_EL1, which goes on. */
export function randomTag(core: Core, exclude: bigint): bigint {
  if (!enabled(core)) return 0n;
  const state = core.reg(SLOT.RGSR_EL1);
  const { offset, seed } = stepTagSeed(Number((state & SEED) >> SEED_SHIFT));
  // With RRND the choice is the implementation's: it is the same one here, except that its start is not the last tag.
  const start = (core.reg(SLOT.GCR_EL1) & RRND) === 0n ? state & TAG : 0n;
  const tag = chooseTag(start, BigInt(offset), exclude);
  core.setReg(SLOT.RGSR_EL1, (state & ~(SEED | TAG)) | (BigInt(seed) << SEED_SHIFT) | tag);
  return tag;
}

/** LDG: checked as a load of the granule. An address tag is kept only where tags may be accessed, so what is there is cleared. */
export function loadTag(core: Core, va: bigint): bigint {
  probe(core, va & ~(GRANULE - 1n), false);
  return 0n;
}

/** STG and its kin: each granule is checked as a store, and zeroed before when asked. */
export function storeTag(core: Core, va: bigint, granules: 1 | 2, zero: boolean, unprivileged = false): void {
  if ((va & (GRANULE - 1n)) !== 0n) alignmentAbort(core, va, true, 'tags');
  for (let n = 0n; n < BigInt(granules); n += 1n) {
    const granule = BigInt.asUintN(64, va + n * GRANULE);
    probe(core, granule, true, unprivileged);
    if (!zero) continue;
    writeData(core, granule, 8, 0n);
    writeData(core, granule + 8n, 8, 0n);
  }
}

/** LDGM, STGM and STZGM are UNDEFINED at EL0, before anything else is looked at. */
export function requireTagBlocks(core: Core): void {
  if (core.el === 0) undefinedBecause(core, 'MTE block', 'The tags of a block are not accessed at EL0.');
}

/** LDGM (which gives no tags) and STGM: the block around an address, checked. */
export function checkTagBlock(core: Core, va: bigint, write: boolean): void {
  probe(core, alignBlock(core, va, 'GMID_EL1').start, write);
}

/** STZGM: zeroes the block around an address. */
export function zeroTagBlock(core: Core, va: bigint): void {
  const { start, size } = alignBlock(core, va, 'DCZID_EL0');
  for (let at = start; at < start + size; at += GRANULE) storeTag(core, at, 1, true);
}

function alignBlock(
  core: Core,
  va: bigint,
  register: 'GMID_EL1' | 'DCZID_EL0',
): { readonly start: bigint; readonly size: bigint } {
  const size = 4n << ((core.model.registers.get(register) ?? 0n) & BS);
  return { start: va & ~(size - 1n), size };
}

function probe(core: Core, va: bigint, write: boolean, unprivileged = false): void {
  const context = unprivileged ? core.userContext : core.dataContext;
  const result = translate(core.translation(), core.tables, translationRequest(context, va, write ? 'write' : 'read', true));
  if (result.kind === 'fault') abortData(core, va, result.fault);
}
