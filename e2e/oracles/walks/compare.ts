// What two engines made of a batch, but for what QEMU 7.2 does otherwise than the Arm ARM says.
import type { Batch, Case } from './cases.ts';
import type { Outcome } from './run.ts';

export type Difference = { readonly at: number; readonly one: Case; readonly text: string };

/** PAR_EL1: F, and of a fault FST, PTW, S; of an address SH and ATTR. */
const F = 1n;
const LEVEL = 3n << 1n;
const PTW = 1n << 8n;
const S = 1n << 9n;
const SH = 3n << 7n;
const ATTR_SHIFT = 56n;
/** ESR_EL2: ISS.S1PTW; the level in DFSC. */
const S1PTW = 1n << 7n;
const DFSC_LEVEL = 3n;
const DEVICE_KIND = 0xfn << ATTR_SHIFT;
const NON_CACHEABLE = 0x44n;
const SCTLR_M = 1n;
const SCTLR_C = 1n << 2n;
const HCR_VM = 1n;
const HCR_DC = 1n << 12n;

export function compare({ cases }: Batch, a: Outcome, b: Outcome): readonly Difference[] {
  return cases.flatMap((one, at) => {
    const [x, y] = [a, b].map(({ results }) => [results[2 * at] as bigint, results[2 * at + 1] as bigint] as const) as [
      Result,
      Result,
    ];
    const [left, right] = [counts(x, one), counts(y, one)];
    return left === right ? [] : [{ at, one, text: `${said(x)} / ${said(y)}` }];
  });
}

type Result = readonly [par: bigint, esr: bigint];

function counts([par, esr]: Result, { sctlr, hcr, operation }: Case): string {
  // The level of a stage 2 fault on a stage 1 walk is that of the stage 2 walk; QEMU gives the other.
  if (esr !== 0n) return `${esr & S1PTW ? esr & ~DFSC_LEVEL : esr}`;
  if (par & F) return `${(par & (PTW | S)) === (PTW | S) ? par & ~LEVEL : par}`;
  // Where one stage says Device and the other Normal with inner Non-cacheable memory, QEMU takes the latter for nGnRE.
  const isDevice = par >> (ATTR_SHIFT + 4n) === 0n;
  const kind = isDevice && hcr & HCR_VM && operation.startsWith('s12') ? DEVICE_KIND : 0n;
  const attr = par >> ATTR_SHIFT;
  // Stage 1 that is off gives outer shareable memory, in QEMU memory that is not shareable: it shows where FEAT_S2FWB makes it Normal.
  const off = (sctlr & SCTLR_M) === 0n && (hcr & HCR_DC) === 0n;
  const open = isDevice || attr === NON_CACHEABLE || (sctlr & SCTLR_C) === 0n || off;
  // QEMU does not say outer shareable for Device and Non-cacheable memory, nor mind SCTLR_EL1.C.
  return `${par & ~(open ? SH : 0n) & ~kind & ~transience(attr) & (sctlr & SCTLR_C ? ~0n : ~(0xffn << ATTR_SHIFT))}`;
}

// What stage 2 makes write-through is as transient as stage 1 says, in QEMU never (S2CombineS1AttrHints): bit 3 of a half that is write-through.
function transience(attr: bigint): bigint {
  if (attr >> 4n === 0n) return 0n;
  const halves = [4n, 0n].filter((lsb) => ((attr >> lsb) & 0b0100n) === 0n);
  return halves.reduce((all, lsb) => all | (1n << (ATTR_SHIFT + lsb + 3n)), 0n);
}

function said([par, esr]: Result): string {
  return esr === 0n ? `PAR ${par.toString(16)}` : `ESR ${esr.toString(16)}`;
}
