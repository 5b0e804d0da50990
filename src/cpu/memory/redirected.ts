// Registers that FEAT_NV2 keeps in memory: 8 bytes in the page at VNCR_EL2.BADDR, accessed with the translation of EL2 whatever level asks
// (Arm ARM DDI 0487, D8.11.3; J1.1.3 AArch64.NVMem, NVMemRead and NVMemWrite). PAN does not apply, no general register is reported, and every
// fault is EL2's. Knows nothing of which registers are redirected.

import { CONTEXT, type Core, SCTLR } from '../core.ts';
import { checkWatchpoints } from '../debug/units.ts';
import { abortData, externalAbort } from '../exceptions/aborts.ts';
import { SLOT } from '../registers/slots.ts';
import { translationRequest } from './access.ts';

const PAGE = 0xfffn;

/** Where the 8 bytes at this offset of the page are: virtual and physical. */
function locate(core: Core, offset: number, write: boolean): { readonly va: bigint; readonly physical: number } {
  const va = (core.reg(SLOT.VNCR_EL2) & ~PAGE) | BigInt(offset);
  const context = core.e2h ? CONTEXT.el20 : CONTEXT.el2;
  const walk = core.tlbEntries.translate(translationRequest(context, va, write ? 'write' : 'read', true));
  if (walk.kind === 'fault') return abortData(core, va, walk.fault, 'vncr');
  checkWatchpoints(core, va, 8, write, 2, 'vncr');
  return { va, physical: Number(walk.pa) };
}

// Data of EL2: in its byte order.
function ordered(core: Core, value: bigint): bigint {
  if (!core.has.mixedEnd || (core.reg(SLOT.SCTLR_EL2) & SCTLR.EE) === 0n) return value;
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigUint64(0, value, true);
  return bytes.getBigUint64(0, false);
}

/** What MRS of a redirected register gives. */
export function readRedirected(core: Core, offset: number): bigint {
  const { va, physical } = locate(core, offset, false);
  const value = core.tables.read64(physical);
  return value === undefined ? externalAbort(core, va, false, 'vncr') : ordered(core, value);
}

/** MSR to a redirected register. */
export function writeRedirected(core: Core, offset: number, value: bigint): void {
  const { va, physical } = locate(core, offset, true);
  if (!core.tables.write64(physical, ordered(core, value))) externalAbort(core, va, true, 'vncr');
}
