// Allocation tags as instructions see them (FEAT_MTE; Arm ARM D10, pseudocode AArch64.MemTag): drawn, loaded, stored. They are kept only of
// Tagged memory, and only where tags may be accessed; else a tag reads as zero, and storing one checks the address and does nothing more.
// Knows no instruction.
import { bits } from '#arch/field';
import { chooseTag, stepTagSeed } from '#isa';
import type { Core } from '../core.ts';
import { alignmentAbort } from '../exceptions/aborts.ts';
import { undefinedBecause } from '../exceptions/instructions.ts';
import { SLOT } from '../registers/slots.ts';
import { locateGranule, writeZeroes } from './access.ts';
import { GRANULE, logicalTag, tagAccessEnabled } from './tag-check.ts';

const { RRND, Exclude } = bits('GCR_EL1', ['RRND', 'Exclude']);
const { SEED, TAG } = bits('RGSR_EL1', ['SEED', 'TAG']);
const SEED_SHIFT = 8n;
const ALL = 0xffffn;
/** GMID_EL1.BS and DCZID_EL0.BS: log2 of the words of a block. */
const BS = 15n;

/** GCR_EL1.Exclude, or all of them where tags may not be accessed. */
export function excludedTags(core: Core): bigint {
  return tagAccessEnabled(core, core.dataContext) ? core.reg(SLOT.GCR_EL1) & Exclude : ALL;
}

/** The tag that IRG draws from those not in `exclude`, by the shift register of RGSR_EL1, which goes on. */
export function randomTag(core: Core, exclude: bigint): bigint {
  if (!tagAccessEnabled(core, core.dataContext)) return 0n;
  const state = core.reg(SLOT.RGSR_EL1);
  const { offset, seed } = stepTagSeed(Number((state & SEED) >> SEED_SHIFT));
  // With RRND the choice is the implementation's: it is the same one here, except that its start is not the last tag.
  const start = (core.reg(SLOT.GCR_EL1) & RRND) === 0n ? state & TAG : 0n;
  const tag = chooseTag(start, BigInt(offset), exclude);
  core.setReg(SLOT.RGSR_EL1, (state & ~(SEED | TAG)) | (BigInt(seed) << SEED_SHIFT) | tag);
  return tag;
}

/** LDG: checked as a load of the granule. */
export function loadTag(core: Core, va: bigint): bigint {
  const context = core.dataContext;
  const offset = locateGranule(core, context, va & ~(GRANULE - 1n), false);
  return BigInt(offset >= 0 && tagAccessEnabled(core, context) ? core.memory.allocationTag(offset) : 0);
}

/** STG and its kin: each granule is checked as a store, and zeroed as well when asked. */
export function storeTag(core: Core, va: bigint, tag: bigint, granules: 1 | 2, zero: boolean, unprivileged = false): void {
  if ((va & (GRANULE - 1n)) !== 0n) alignmentAbort(core, va, true, 'tags');
  storeTags(core, va, granules, () => Number(tag), zero, unprivileged ? core.userContext : core.dataContext);
}

// All of them must be allowed before the first changes.
function storeTags(core: Core, va: bigint, count: number, tag: (n: number) => number, zero: boolean, context: number): void {
  const granule = (n: number): bigint => BigInt.asUintN(64, va + GRANULE * BigInt(n));
  for (let n = 0; n < count; n += 1) locateGranule(core, context, granule(n), true);
  const enabled = tagAccessEnabled(core, context);
  for (let n = 0; n < count; n += 1) {
    const offset = locateGranule(core, context, granule(n), true);
    if (offset >= 0 && enabled) core.memory.setAllocationTag(offset, tag(n));
    if (zero) writeZeroes(core, context, granule(n), Number(GRANULE));
  }
}

/** LDGM, STGM and STZGM are UNDEFINED at EL0, before anything else is looked at. */
export function requireTagBlocks(core: Core): void {
  if (core.el === 0) undefinedBecause(core, 'MTE block', 'The tags of a block are not accessed at EL0.');
}

/** LDGM: each tag of the block around an address, at the place in the result that address bits 7:4 say. */
export function loadTagBlock(core: Core, va: bigint): bigint {
  const { start, granules } = blockAround(core, va, 'GMID_EL1');
  let tags = 0n;
  for (let n = 0; n < granules; n += 1) {
    const at = start + GRANULE * BigInt(n);
    tags |= loadTag(core, at) << place(at);
  }
  return tags;
}

/** STGM: the tags of a block, each from its place; STZGM (`zero`): the lowest one to all granules of a DC ZVA block, which is zeroed. */
export function storeTagBlock(core: Core, va: bigint, tags: bigint, zero: boolean): void {
  const { start, granules } = blockAround(core, va, zero ? 'DCZID_EL0' : 'GMID_EL1');
  const tag = (n: number): number => Number((tags >> (zero ? 0n : place(start + GRANULE * BigInt(n)))) & 15n);
  storeTags(core, start, granules, tag, zero, core.dataContext);
}

/** Four bits for each granule of 256 bytes. */
function place(va: bigint): bigint {
  return ((va / GRANULE) & 15n) * 4n;
}

/** The tags of DC GVA and DC GZVA: the address's own, for the `size` bytes from `start`, which have been checked as one store. */
export function storeBlockTags(core: Core, start: bigint, size: number): void {
  const tag = logicalTag(start);
  storeTags(core, start, size / Number(GRANULE), () => tag, false, core.dataContext);
}

function blockAround(
  core: Core,
  va: bigint,
  register: 'GMID_EL1' | 'DCZID_EL0',
): { readonly start: bigint; readonly granules: number } {
  // A granule is the least that a block can be.
  const size = BigInt(Math.max(16, 4 << Number((core.model.registers.get(register) ?? 0n) & BS)));
  return { start: va & ~(size - 1n), granules: Number(size / GRANULE) };
}
