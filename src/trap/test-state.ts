// A processor's control registers for tests: settings by name over storage laid out as the tables say.
import { FEATURE_ROWS, type FeatureSet } from '#arch/features';
import { fieldsNamed, SYSREG_SLOTS, storageIndex, sysreg } from '#arch/sysreg';
import { assert } from '#base';
import type { ControlView } from './control-view.ts';

// Every feature except those of EL3, the Secure state and AArch32: each control is there.
export const ALL: FeatureSet = new Set(
  FEATURE_ROWS.map((row) => row.name).filter(
    (name) => !['EL3', 'FEAT_SEL2', 'FEAT_RME', 'FEAT_AA32EL1', 'FEAT_AA32EL0', 'FEAT_AA32'].includes(name),
  ),
);
export const BASE: FeatureSet = new Set(['EL0', 'EL1', 'EL2', 'FEAT_FP', 'FEAT_AdvSIMD', 'FEAT_PMUv3', 'FEAT_GICv3']);

export class State implements ControlView {
  readonly words = new Uint32Array(2 * SYSREG_SLOTS);
  el: 0 | 1 | 2 = 1;
  sp: 0 | 1 = 1;

  constructor(el: 0 | 1 | 2, settings: Readonly<Record<string, number>> = {}) {
    this.el = el;
    // What a usable system has: no enable of EL0 missing, no timer closed.
    for (const [register, value] of Object.entries({
      CNTHCTL_EL2: 0xc03,
      CNTKCTL_EL1: 0x303,
      CPACR_EL1: 0x300000,
    })) {
      this.set(register, '', value);
    }
    for (const [name, value] of Object.entries(settings)) {
      const [register, field] = name.split('.') as [string, string | undefined];
      this.set(register, field ?? '', value);
    }
  }

  set(register: string, field: string, value: number): void {
    const row = sysreg(register);
    const slot = storageIndex(row)!;
    if (field === '') {
      this.words[2 * slot] = value;
      return;
    }
    const variants = fieldsNamed(row, field);
    assert(variants.length > 0, `no field ${register}.${field}`);
    for (const { parts } of variants) {
      const { msb, lsb } = parts[0]!;
      const mask = (2 ** (msb - lsb + 1) - 1) << (lsb & 31);
      const word = 2 * slot + (lsb >>> 5);
      this.words[word] = (this.words[word]! & ~mask) | ((value << (lsb & 31)) & mask);
    }
  }

  word(index: number): number {
    return this.words[index]!;
  }
}
