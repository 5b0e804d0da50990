// Where branches, returns and vectors really lead when address tags are ignored (Arm ARM J1.1.3, AArch64.BranchAddr).
import { stage1Parameters } from '#mmu';
import type { Core } from '../core.ts';

/** The address that a branch to `target` at the current level leads to: tag bits that are ignored do not get into PC. */
export function branchAddress(core: Core, target: bigint): bigint {
  if (!core.branchTagged) return target;
  const regime = core.fetchContext <= 2 ? 'EL1&0' : core.el === 2 && !core.e2h ? 'EL2' : 'EL2&0';
  const p = stage1Parameters(core.translation(), regime, target);
  if (!p.tbi || p.tbid) return target;
  const address = target & 0xff_ffff_ffff_ffffn;
  return p.unprivileged && p.upper ? address | 0xff00_0000_0000_0000n : address;
}
