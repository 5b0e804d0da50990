// System instructions: AT, DC, IC, TLBI and the like, once they are allowed (Arm ARM J1.1.3, AArch64.AT, AArch64.DC, AArch64.MemZero). There
// are no caches that software could see, so their maintenance is the translation it does and the fault that this can give, and else nothing.
// Knows nothing of encodings or traps.
import { bit, type FieldRange, fieldRange, getFieldNumber, setField } from '#arch/field';
import { type SystemOperation, storageIndex, sysreg } from '#arch/sysreg';
import { parAttributes, type Regime, type TranslationRequest, translate, type Walk } from '#mmu';
import type { Core } from '../core.ts';
import { checkWatchpoints } from '../debug/units.ts';
import { abortData } from '../exceptions/aborts.ts';
import { storeBlock, translationRequest } from '../memory/access.ts';
import { storeBlockTags } from '../memory/tags.ts';
import { invalidationOf } from '../memory/tlb-invalidate.ts';
import type { CpuChoices } from '../models/index.ts';
import { PSTATE, SLOT } from './slots.ts';

/** What a system operation does, by its name in the tables. Absent: nothing that can be seen. */
export function systemOperation(core: Core, row: SystemOperation, value: bigint): void {
  const [kind, what] = row.name.split(' ') as [string, string];
  if (kind === 'AT') addressTranslation(core, what, value);
  else if (kind === 'TLBI') invalidateTlb(core, what, value);
  else if (what === 'ZVA' || what === 'GVA' || what === 'GZVA') fillBlock(core, what, value);
  else if ((kind === 'DC' || kind === 'IC') && row.operand === 'VA') maintain(core, what, value);
}

// Here, and with IS, OS or, from EL1, HCR_EL2.FB on the other processors too.
function invalidateTlb(core: Core, what: string, value: bigint): void {
  const invalidation = invalidationOf(core, what, value);
  if (invalidation === undefined) return;
  core.tlbEntries.invalidate(invalidation);
  const forced = core.el === 1 && (core.reg(SLOT.HCR_EL2) & HCR_FB) !== 0n;
  if (forced || /(IS|OS)(NXS)?$/.test(what)) core.options.broadcastTlbi?.(invalidation);
}

const HCR_FB = bit('HCR_EL2', 'FB');

// DC ZVA, GVA, GZVA: zeroes, tags, or both.
function fillBlock(core: Core, what: 'ZVA' | 'GVA' | 'GZVA', va: bigint): void {
  const size = 4 << Number(core.reg(SLOT.DCZID_EL0) & 0xfn);
  const start = storeBlock(core, va, size, what !== 'GVA', what === 'ZVA');
  if (what !== 'ZVA') storeBlockTags(core, start, size);
}

const CTR = storageIndex(sysreg('CTR_EL0')) as number;
const DMINLINE = fieldRange('CTR_EL0', 'DminLine');

// By virtual address: invalidation needs write permission, cleaning at EL0 read permission; CMOW counts IC IVAU among what does both.
function maintain(core: Core, what: string, va: bigint): void {
  const both = what.startsWith('CI') || what === 'IVAU';
  const kind: TranslationRequest['kind'] = both ? 'clean-invalidate' : what.startsWith('I') ? 'invalidate' : 'clean';
  // PAN is for loads and stores only (AArch64.S1DirectBasePermissions).
  const request = { ...translationRequest(core.dataContext, va, kind, true), pan: false };
  const walk = core.tlbEntries.translate(request);
  if (walk.kind === 'fault') abortData(core, va, walk.fault, 'maintenance');
  // Invalidation is watched as a store of its block (AArch64.DC).
  if (kind !== 'invalidate' || core.watchpoints.length === 0 || !core.model.choices.invalidationWatched) return;
  const size = 4 << getFieldNumber(core.reg(CTR), DMINLINE);
  checkWatchpoints(core, va & ~BigInt(size - 1), size, true, core.el, 'maintenance', va);
}

// ---- AT

const PAR = {
  F: bit('PAR_EL1', 'F'),
  NS: bit('PAR_EL1', 'NS'),
  FST: field('FST'),
  PTW: field('PTW'),
  S: field('S'),
  SH: field('SH'),
  ATTR: field('ATTR'),
};
const PAR_RES1 = 1n << 11n;
const OUTER_SHAREABLE = 2;
const PAR_PA = ((1n << 44n) - 1n) << 12n;

function field(name: string): FieldRange {
  return fieldRange('PAR_EL1', name);
}

/** `what`: S1E1R, S12E0W, S1E1RP, … */
function addressTranslation(core: Core, what: string, va: bigint): void {
  const match = /^S(12|1)E([012])([RWA])(P?)$/.exec(what);
  if (match === null) return;
  const both = match[1] === '12';
  const el = Number(match[2]) as 0 | 1 | 2;
  const host = core.e2h && core.tge;
  // With HCR_EL2.{E2H,TGE} = {1,1} stage 1 operations for EL1 and EL0 use the EL2&0 regime.
  const regime: Regime = el === 2 ? (core.e2h ? 'EL2&0' : 'EL2') : host && !both ? 'EL2&0' : 'EL1&0';
  const walk = translate(core.translation(), core.tables, {
    va,
    el: el === 1 && host && !both ? 2 : el,
    // No permissions are asked of a privileged clean, and none for A (FEAT_ATS1A).
    kind: match[3] === 'W' ? 'write' : match[3] === 'A' ? 'clean' : 'read',
    pan: match[4] === 'P' && (core.pstate & PSTATE.PAN) !== 0,
    aligned: true,
    regime,
    stage1Only: !both,
    probe: !core.model.choices.translationDirties,
  });
  if (walk.kind === 'fault') {
    const external = walk.fault.kind === 'external-on-walk';
    if (external || (core.el === 1 && walk.fault.s1ptw)) abortData(core, va, walk.fault, 'maintenance');
  }
  core.setReg(SLOT.PAR_EL1, parOf(walk, core.model.choices.parShareability));
}

/** PAR_EL1 in its 64-bit format (AArch64.EncodePAR). */
function parOf(walk: Walk, shown: CpuChoices['parShareability']): bigint {
  if (walk.kind === 'fault') {
    let par = PAR.F | PAR_RES1;
    par = setField(par, PAR.FST, walk.fault.code);
    par = setField(par, PAR.PTW, walk.fault.s1ptw ? 1 : 0);
    return setField(par, PAR.S, walk.fault.stage === 2 ? 1 : 0);
  }
  // NS is UNKNOWN outside Secure state; 1 is what the address space is.
  let par = PAR_RES1 | PAR.NS | (walk.pa & PAR_PA);
  // PAREncodeShareability: outer shareable for Device and Non-cacheable memory, whatever a descriptor says.
  const { device, outer, inner, shareability } = walk.attributes;
  const effective = device || (outer === 0 && inner === 0) ? OUTER_SHAREABLE : shareability;
  par = setField(par, PAR.SH, shown === 'descriptor' ? shareability : effective);
  return setField(par, PAR.ATTR, parAttributes(walk.attributes));
}
