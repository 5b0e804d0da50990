// The PMU's registers (Arm ARM D24.5) over the counters. Knows nothing of who may access them: that is decided before.
import { bits, fieldRange, getFieldNumber, setField } from '#arch/field';
import { storageIndex, sysreg } from '#arch/sysreg';
import type { Core } from '../core.ts';
import { allocatedBits, type Effect } from '../registers/effect.ts';
import { SLOT } from '../registers/slots.ts';
import {
  CYCLE,
  changeCounters,
  countEvent,
  counterSlot,
  counterValue,
  eventCounters,
  guestCounters,
  PMCR,
  typeSlot,
  visibleCounters,
} from './counters.ts';

const N = fieldRange('PMCR_EL0', 'N');
const SEL = fieldRange('PMSELR_EL0', 'SEL');
const TYPE = bits('PMEVTYPER0_EL0', ['P', 'U', 'NSH']);
const EVENT = bits('PMEVTYPER0_EL0', ['evtCount[15:10]', 'evtCount[9:0]']);

type MaskRegister = 'PMCNTENSET_EL0' | 'PMINTENSET_EL1' | 'PMOVSSET_EL0';

/** Two registers over one mask: what is written as 1 is set by one and cleared by the other. */
function pair(set: MaskRegister, clear: string): Readonly<Record<string, Effect>> {
  const slot = SLOT[set];
  const read = (core: Core): bigint => core.reg(slot) & visibleCounters(core);
  const write = (change: (old: bigint, value: bigint) => bigint) => (core: Core, value: bigint) =>
    changeCounters(core, () => core.setReg(slot, change(core.reg(slot), value & visibleCounters(core))));
  return {
    [set]: { read, write: write((old, value) => old | value) },
    [clear]: { view: true, read: (core) => core.reg(slot), write: write((old, value) => old & ~value) },
  };
}

function counter(number: (core: Core) => number | undefined): Effect {
  return {
    view: true,
    read(core) {
      const n = number(core);
      return n === undefined ? 0n : counterValue(core, n);
    },
    write(core, value) {
      const n = number(core);
      if (n === undefined) return;
      changeCounters(core, () => core.setReg(counterSlot(n), n === CYCLE || core.has.pmuv3p5 ? value : value & 0xffff_ffffn));
    },
  };
}

function type(number: (core: Core) => number | undefined): Effect {
  return {
    view: true,
    read(core) {
      const n = number(core);
      return n === undefined ? 0n : core.reg(typeSlot(n));
    },
    write(core, value) {
      const n = number(core);
      if (n === undefined) return;
      const wide = core.model.features.has('FEAT_PMUv3p1') ? EVENT['evtCount[15:10]'] : 0n;
      const mask = TYPE.P | TYPE.U | (core.has.el2 ? TYPE.NSH : 0n) | (n === CYCLE ? 0n : EVENT['evtCount[9:0]'] | wide);
      changeCounters(core, () => core.setReg(typeSlot(n), value & mask));
    },
  };
}

/** The counter that PMSELR_EL0 selects; undefined (zero, and writes go nowhere) for one that there is not. */
function selected(core: Core): number | undefined {
  const n = getFieldNumber(core.reg(SLOT.PMSELR_EL0), SEL);
  return n < eventCounters(core) ? n : undefined;
}

/** Storage whose change the counters must know of. */
function control(name: string): Effect {
  const row = sysreg(name);
  const slot = storageIndex(row) as number;
  return {
    write(core, value) {
      changeCounters(core, () => core.setReg(slot, value & allocatedBits(row)));
    },
  };
}

function writePmcr(core: Core, value: bigint): void {
  changeCounters(core, () => {
    const stored = PMCR.E | PMCR.DP | (core.has.pmuv3p5 ? PMCR.LP : 0n);
    core.setReg(SLOT.PMCR_EL0, (core.reg(SLOT.PMCR_EL0) & ~stored) | (value & stored) | PMCR.LC);
    if (value & PMCR.C) core.setReg(SLOT.PMCCNTR_EL0, 0n);
    // P: the event counters of the level that writes.
    const count = core.el === 2 ? eventCounters(core) : guestCounters(core);
    if (value & PMCR.P) for (let n = 0; n < count; n += 1) core.setReg(counterSlot(n), 0n);
  });
}

/** By register name. */
export const PMU_EFFECTS: Readonly<Record<string, Effect>> = {
  PMCR_EL0: {
    // EL1 and EL0 are told of the counters that EL2 leaves them. LC is RES1 without AArch32.
    read: (core) => (core.el < 2 ? setField(core.reg(SLOT.PMCR_EL0), N, guestCounters(core)) : core.reg(SLOT.PMCR_EL0)) | PMCR.LC,
    write: writePmcr,
  },
  ...pair('PMCNTENSET_EL0', 'PMCNTENCLR_EL0'),
  ...pair('PMINTENSET_EL1', 'PMINTENCLR_EL1'),
  ...pair('PMOVSSET_EL0', 'PMOVSCLR_EL0'),
  PMSWINC_EL0: {
    view: true,
    write: (core, value) => changeCounters(core, () => countEvent(core, 'SW_INCR', Number(value & visibleCounters(core)))),
  },
  PMCCNTR_EL0: counter(() => CYCLE),
  PMCCFILTR_EL0: type(() => CYCLE),
  PMXEVCNTR_EL0: counter(selected),
  PMXEVTYPER_EL0: type((core) => (getFieldNumber(core.reg(SLOT.PMSELR_EL0), SEL) === CYCLE ? CYCLE : selected(core))),
  ...Object.fromEntries(
    Array.from({ length: CYCLE }, (_, n) => [
      [`PMEVCNTR${n}_EL0`, counter(() => n)],
      [`PMEVTYPER${n}_EL0`, type(() => n)],
    ]).flat(),
  ),
  MDCR_EL2: control('MDCR_EL2'),
};
