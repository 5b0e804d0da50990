// The debug registers that are more than storage (Arm ARM D24.3, H9): what units and locks hang on, claim tags, and the channel to an external
// debugger that never answers. There is none: nobody reads what is sent, sets a request, or enables debug from outside.
import { bits, fieldRange, setField } from '#arch/field';
import { storageIndex, sysreg } from '#arch/sysreg';
import type { Core } from '../core.ts';
import { allocatedBits, type Effect } from '../registers/effect.ts';
import { SLOT } from '../registers/slots.ts';
import { debugChanged } from './units.ts';

const MDSCR = bits('MDSCR_EL1', ['RXfull', 'TXfull', 'RXO', 'TXU', 'INTdis', 'TDA', 'HDE', 'ERR']);
// The external debugger's side of MDSCR_EL1: only whoever saves and restores it, under the OS lock, may write it.
const EXTERNAL = Object.values(MDSCR).reduce((all, bit) => all | bit);
const { OSLK } = bits('OSLSR_EL1', ['OSLK']);
const AUTHENTICATION = { NSNID: fieldRange('DBGAUTHSTATUS_EL1', 'NSNID'), NSID: fieldRange('DBGAUTHSTATUS_EL1', 'NSID') };
/** Of both fields: implemented and disabled, implemented and enabled. */
const DISABLED = 2;
const ENABLED = 3;
const CLAIM = allocatedBits(sysreg('DBGCLAIMSET_EL1'));
const WORD = 0xffff_ffffn;

function slot(name: string): number {
  return storageIndex(sysreg(name)) as number;
}

const CLAIMED = slot('DBGCLAIMCLR_EL1');
const RECEIVED = slot('OSDTRRX_EL1');
const SENT = slot('OSDTRTX_EL1');

/** Storage that units or locks are read off. */
function watched(name: string, mask = allocatedBits(sysreg(name))): Effect {
  const at = slot(name);
  return {
    write(core, value) {
      if (core.reg(at) === (value & mask)) return;
      core.setReg(at, value & mask);
      debugChanged(core);
    },
  };
}

function units(): readonly string[] {
  return ['BVR', 'BCR', 'WVR', 'WCR'].flatMap((kind) => Array.from({ length: 16 }, (_, n) => `DBG${kind}${n}_EL1`));
}

function send(core: Core, value: bigint): void {
  core.setReg(SENT, value & WORD);
  core.setReg(SLOT.MDSCR_EL1, core.reg(SLOT.MDSCR_EL1) | MDSCR.TXfull);
}

function receive(core: Core): bigint {
  core.setReg(SLOT.MDSCR_EL1, core.reg(SLOT.MDSCR_EL1) & ~MDSCR.RXfull);
  return core.reg(RECEIVED);
}

const mdscr = allocatedBits(sysreg('MDSCR_EL1'));

/** By register name. */
export const DEBUG_EFFECTS: Readonly<Record<string, Effect>> = {
  ...Object.fromEntries([...units(), 'DBGPRCR_EL1'].map((name) => [name, watched(name)])),
  MDSCR_EL1: {
    write(core, value) {
      const kept = core.reg(SLOT.OSLSR_EL1) & OSLK ? 0n : EXTERNAL;
      core.setReg(SLOT.MDSCR_EL1, (core.reg(SLOT.MDSCR_EL1) & kept) | (value & mdscr & ~kept));
      debugChanged(core);
    },
  },
  OSLAR_EL1: {
    view: true,
    write(core, value) {
      const before = core.reg(SLOT.OSLSR_EL1);
      core.setReg(SLOT.OSLSR_EL1, value & 1n ? before | OSLK : before & ~OSLK);
      debugChanged(core);
    },
  },
  // Without FEAT_DoubleLock the register reads as zero and takes nothing.
  OSDLR_EL1: {
    write(core, value) {
      if (core.has.doubleLock) watched('OSDLR_EL1').write?.(core, value);
    },
  },
  DBGCLAIMSET_EL1: {
    view: true,
    read: () => CLAIM,
    write: (core, value) => core.setReg(CLAIMED, core.reg(CLAIMED) | (value & CLAIM)),
  },
  DBGCLAIMCLR_EL1: { write: (core, value) => core.setReg(CLAIMED, core.reg(CLAIMED) & ~value) },
  DBGAUTHSTATUS_EL1: {
    view: true,
    // Nothing enables external debug. From Armv8.4 on, non-invasive debug of Non-secure state needs no enabling.
    read: (core) =>
      setField(
        setField(0n, AUTHENTICATION.NSID, DISABLED),
        AUTHENTICATION.NSNID,
        core.model.features.has('FEAT_Debugv8p4') ? ENABLED : DISABLED,
      ),
  },
  MDCCSR_EL0: { view: true, read: (core) => core.reg(SLOT.MDSCR_EL1) & (MDSCR.RXfull | MDSCR.TXfull) },
  // One encoding with DBGDTRTX_EL0, and so one row.
  DBGDTRRX_EL0: { read: receive, write: send },
  // Both words at once: the channel is then used in one direction at a time.
  DBGDTR_EL0: {
    read: (core) => (core.reg(SENT) << 32n) | receive(core),
    write(core, value) {
      core.setReg(RECEIVED, value >> 32n);
      send(core, value);
    },
  },
};
