// Pointer authentication as the processor sees it: which keys are enabled where, who traps it, how much of a pointer is address (Arm ARM
// J1.1.3, AddPAC, Auth, Strip and the IsAPxKeyEnabled functions). The cipher and the placing of its bits are #isa's helpers.
import { bits } from '#arch/field';
import {
  authenticatePac,
  computePac,
  insertPac,
  joinModifiers,
  type PacKey,
  type PacKeyValue,
  type PacLevel,
  type PointerLayout,
  stripPac as stripped,
} from '#isa';
import { maxTxsz, type Regime, stage1MinTxsz, stage1Parameters } from '#mmu';
import type { Core } from './core.ts';
import { obey, raise } from './exceptions/instructions.ts';
import { SLOT } from './registers/slots.ts';

const ENABLE = bits('SCTLR_EL1', ['EnIA', 'EnIB', 'EnDA', 'EnDB']);
const KEYS = {
  IA: { low: SLOT.APIAKeyLo_EL1, high: SLOT.APIAKeyHi_EL1 },
  IB: { low: SLOT.APIBKeyLo_EL1, high: SLOT.APIBKeyHi_EL1 },
  DA: { low: SLOT.APDAKeyLo_EL1, high: SLOT.APDAKeyHi_EL1 },
  DB: { low: SLOT.APDBKeyLo_EL1, high: SLOT.APDBKeyHi_EL1 },
  GA: { low: SLOT.APGAKeyLo_EL1, high: SLOT.APGAKeyHi_EL1 },
} as const;
const { TBI0, TBI1, TBID0, TBID1 } = bits('TCR_EL1', ['TBI0', 'TBI1', 'TBID0', 'TBID1']);

function keyValue(core: Core, key: keyof typeof KEYS): PacKeyValue {
  return { low: core.reg(KEYS[key].low), high: core.reg(KEYS[key].high) };
}

/** Whether the key is enabled at this level; takes the trap of HCR_EL2.API when it is and EL2 wants to know. */
function enabled(core: Core, key: PacKey): boolean {
  // Without the feature the hints are NOPs, whatever stands in SCTLR_ELx; the other instructions are UNDEFINED before.
  if (!core.has.pauth || (core.sctlr & ENABLE[`En${key}`]) === 0n) return false;
  obey(core, core.traps.instruction(core, { kind: 'PAC' }));
  return true;
}

function regime(core: Core): Regime {
  if (core.el === 2) return core.e2h ? 'EL2&0' : 'EL2';
  return core.el === 0 && core.e2h && core.tge ? 'EL2&0' : 'EL1&0';
}

/** How a pointer divides; `data`: as an address of data (tags of instruction addresses have a control of their own). */
function layoutOf(core: Core, pointer: bigint, data: boolean): PointerLayout {
  const p = stage1Parameters(core.translation(), regime(core), pointer);
  const txsz = Math.min(Math.max(p.txsz, stage1MinTxsz(p, core.mmu)), maxTxsz(p.granule, core.mmu));
  return { bottom: 64 - txsz, tbi: p.tbi && (data || !p.tbid) };
}

/** The bit that says which half a pointer belongs to (AddPAC): bit 55 where tags are in use or FEAT_CONSTPACFIELD says so, else bit 63. */
function selectBit(core: Core, pointer: bigint, data: boolean, tbi: boolean): 0n | 1n {
  const { features } = core.model;
  let tagged = tbi || (features.has('FEAT_CONSTPACFIELD') && features.has('FEAT_PAuth2'));
  if (!tagged && regime(core) !== 'EL2') {
    const tcr = core.reg(regime(core) === 'EL1&0' ? SLOT.TCR_EL1 : SLOT.TCR_EL2);
    const uses = (tag: bigint, notInstructions: bigint): boolean =>
      (tcr & tag) !== 0n && (data || (tcr & notInstructions) === 0n);
    tagged = uses(TBI1, TBID1) || uses(TBI0, TBID0);
  }
  return ((pointer >> (tagged ? 55n : 63n)) & 1n) as 0n | 1n;
}

function level(core: Core): PacLevel {
  const { features } = core.model;
  return features.has('FEAT_PAuth2') ? 'pauth2' : features.has('FEAT_EPAC') ? 'epac' : 'pauth';
}

/** The code of a pointer under a key. An IMPLEMENTATION DEFINED algorithm is QARMA5 here. */
function compute(core: Core, key: keyof typeof KEYS, modifier: bigint, second: bigint | undefined): (pointer: bigint) => bigint {
  const algorithm = core.model.features.has('FEAT_PACQARMA3') ? 'qarma3' : 'qarma5';
  const combined = second === undefined ? modifier : joinModifiers(modifier, second);
  return (pointer) => computePac(pointer, combined, keyValue(core, key), algorithm);
}

/** PACIA and the like: the pointer with its code. */
export function addPac(core: Core, key: PacKey, pointer: bigint, modifier: bigint, second?: bigint): bigint {
  if (!enabled(core, key)) return pointer;
  const data = key === 'DA' || key === 'DB';
  const { tbi } = layoutOf(core, pointer, data);
  const select = selectBit(core, pointer, data, tbi);
  // The size of the address is that of the half that the pointer is taken to belong to.
  const layout = { bottom: layoutOf(core, select << 55n, data).bottom, tbi };
  return insertPac(pointer, select, layout, level(core), compute(core, key, modifier, second));
}

/** AUTIA and the like: the plain pointer, or one that faults when it is used, or (FEAT_FPAC) a PAC Fail exception. */
export function authenticate(
  core: Core,
  key: PacKey,
  pointer: bigint,
  modifier: bigint,
  combined: boolean,
  second?: bigint,
): bigint {
  if (!enabled(core, key)) return pointer;
  const data = key === 'DA' || key === 'DB';
  const b = key === 'IB' || key === 'DB';
  const result = authenticatePac(
    pointer,
    layoutOf(core, pointer, data),
    level(core),
    b ? 1 : 0,
    compute(core, key, modifier, second),
  );
  const { features } = core.model;
  if (!result.ok && features.has(combined ? 'FEAT_FPACCOMBINE' : 'FEAT_FPAC')) {
    raise(core, { kind: 'pac-failure', iss: (data ? 2 : 0) | (b ? 1 : 0) });
  }
  return result.pointer;
}

/** XPACI, XPACD: the pointer without its code. */
export function stripPac(core: Core, pointer: bigint, data: boolean): bigint {
  return core.has.pauth ? stripped(pointer, layoutOf(core, pointer, data)) : pointer;
}

/** PACGA: a 32-bit code in the high half. */
export function genericPac(core: Core, value: bigint, modifier: bigint): bigint {
  obey(core, core.traps.instruction(core, { kind: 'PAC' }));
  return compute(core, 'GA', modifier, undefined)(value) & 0xffff_ffff_0000_0000n;
}
