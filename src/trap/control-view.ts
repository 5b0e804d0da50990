// What a decision about traps looks at: the Exception level, PSTATE.SP and the stored control registers. Owns the effective values of HCR_EL2
// (bits of absent features count as 0, all of them without EL2); knows nothing of where registers are stored beyond their slots.
import type { FeatureSet } from '#arch/features';
import { fieldsNamed, type StateName, storageIndex, sysreg } from '#arch/sysreg';
import { assert } from '#base';

/** The processor as a decision sees it. */
export interface ControlView {
  readonly el: 0 | 1 | 2;
  /** PSTATE.SP. */
  readonly sp: 0 | 1;
  /** 32 bits of register storage: word 2s is the low half of slot s, 2s + 1 the high half. Either sign. */
  word(index: number): number;
}

/** One bit of a register by name, ready to be read: the storage word and the bit in it. */
export interface BitAt {
  readonly word: number;
  readonly bit: number;
}

/** Where a field's lowest bit is stored. */
export function bitAt(register: string, field: string): BitAt {
  const row = sysreg(register);
  const slot = storageIndex(row);
  const lsb = fieldsNamed(row, field)[0]?.parts[0]?.lsb;
  assert(slot !== undefined && lsb !== undefined, `no stored field ${register}.${field}`);
  return { word: 2 * slot + (lsb >>> 5), bit: lsb & 31 };
}

/** Reads one bit. */
export function readBit(view: ControlView, at: BitAt): 0 | 1 {
  return ((view.word(at.word) >>> at.bit) & 1) as 0 | 1;
}

/** An effective bit of HCR_EL2 on this processor, as a function of its state. */
export type StateReader = (view: ControlView) => 0 | 1;

/** The readers of the effective bits, for a processor with these features. */
export function stateReaders(features: FeatureSet): Readonly<Record<StateName, StateReader>> {
  const never: StateReader = () => 0;
  const bit = (field: string, feature: string): StateReader => {
    if (!features.has('EL2') || !features.has(feature)) return never;
    const at = bitAt('HCR_EL2', field);
    return (view) => readBit(view, at);
  };
  const e2h = bit('E2H', 'FEAT_VHE');
  const tge = bit('TGE', 'EL2');
  const nv = bit('NV', 'FEAT_NV');
  const nv1 = bit('NV1', 'FEAT_NV');
  const nv2 = bit('NV2', 'FEAT_NV2');
  // NV1 and NV2 count only together with NV (Arm ARM DDI 0487, HCR_EL2.NV1, HCR_EL2.NV2).
  const withNv =
    (other: StateReader): StateReader =>
    (view) =>
      (nv(view) & other(view)) as 0 | 1;
  const host: StateReader = (view) => (e2h(view) & tge(view)) as 0 | 1;
  return {
    E2H: e2h,
    TGE: tge,
    EL0host: host,
    NV: nv,
    NV1: withNv(nv1),
    NV2: withNv(nv2),
    // Without EL3 this machine is Non-secure throughout, and nothing puts it into Debug state.
    Secure: never,
    Realm: never,
    Debug: never,
  };
}
