// TLBI: which entries of the TLB an operation is for (Arm ARM D8.17.4, C5.5; J1.1.3 AArch64.TLBI). Nothing is dropped beyond that, and what
// is for stage 2 alone leaves entries that hold both stages. Knows nothing of traps and of who else hears of it.
import { fieldRange, getFieldNumber } from '#arch/field';
import type { Regime } from '#mmu';
import type { Core } from '../core.ts';
import { SLOT } from '../registers/slots.ts';
import { currentVmid, cutAsid, type TlbInvalidation } from './tlb-entries.ts';

/** VA, VA+ASID and IPA operands: VA[55:12] is in bits 43:0, the ASID in 63:48. */
const ADDRESS = (1n << 44n) - 1n;
/** Range operands: BaseADDR 36:0, NUM 43:39, SCALE 45:44, TG 47:46. */
const BASE = (1n << 37n) - 1n;
const GRANULE_SHIFT: readonly (number | undefined)[] = [undefined, 12, 14, 16];
const DS1 = fieldRange('TCR_EL1', 'DS');
const DS2 = fieldRange('TCR_EL2', 'DS');

const FORM = /^(R?)(VMALLE1|VMALLS12E1|ALLE1|ALLE2|ASIDE1|VAAL?E1|VAL?E1|VAL?E2|IPAS2L?E1)(IS|OS)?(NXS)?$/;

/** What `what` (VAE1IS, RVAAE1, ALLE2NXS, …) with this operand drops; undefined for what has nothing to drop here. */
export function invalidationOf(core: Core, what: string, value: bigint): TlbInvalidation | undefined {
  const match = FORM.exec(what);
  if (match === null) return undefined;
  const [, ranged, scope] = match as unknown as [string, string, string];
  const regime = regimeOf(core, scope);
  const vmid = regime === 'EL1&0' && scope !== 'ALLE1' ? currentVmid(core) : undefined;
  const asid = cutAsid(core.reg(regime === 'EL1&0' ? SLOT.TCR_EL1 : SLOT.TCR_EL2), Number(value >> 48n));
  const range = (): TlbInvalidation['range'] => (ranged ? operandRange(core, regime, value) : operandPage(value));
  switch (scope) {
    case 'VMALLE1':
    case 'VMALLS12E1':
    case 'ALLE1':
    case 'ALLE2':
      return { regime, vmid };
    case 'ASIDE1':
      return { regime, vmid, asid };
    case 'IPAS2E1':
    case 'IPAS2LE1':
      return { regime, vmid, range: range(), stage2: true };
    case 'VAAE1':
    case 'VAALE1':
      return { regime, vmid, range: range() };
    default:
      return { regime, vmid, range: range(), asid: regime === 'EL2' ? undefined : asid };
  }
}

// With HCR_EL2.{E2H,TGE} = {1,1} what names stage 1 of EL1 is for EL2&0.
function regimeOf(core: Core, scope: string): Regime {
  if (scope.endsWith('2')) return core.e2h ? 'EL2&0' : 'EL2';
  const stage1 = scope === 'VMALLE1' || scope === 'ASIDE1' || scope.startsWith('VA');
  return stage1 && core.e2h && core.tge ? 'EL2&0' : 'EL1&0';
}

function operandPage(value: bigint): NonNullable<TlbInvalidation['range']> {
  const from = (value & ADDRESS) << 12n;
  return { from, to: from + 0x1000n };
}

// TG = 0b00 is reserved: nothing.
function operandRange(core: Core, regime: Regime, value: bigint): TlbInvalidation['range'] {
  const shift = GRANULE_SHIFT[Number((value >> 46n) & 3n)];
  if (shift === undefined) return { from: 0n, to: 0n };
  const wide = getFieldNumber(core.reg(regime === 'EL1&0' ? SLOT.TCR_EL1 : SLOT.TCR_EL2), regime === 'EL2' ? DS2 : DS1) !== 0;
  const base = BigInt.asUintN(56, BigInt.asIntN(37, value & BASE) << BigInt(wide ? 16 : shift));
  const pages = (((value >> 39n) & 31n) + 1n) << (5n * ((value >> 44n) & 3n) + 1n);
  return { from: base, to: base + (pages << BigInt(shift)) };
}
