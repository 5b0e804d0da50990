import { expect, test } from 'vitest';
import { KVM_CAP, type KvmCap, VCPU_FEATURES } from './constants.ts';
import { bench } from './machine.fixture.ts';
import { CAPABILITY_SWITCHES, FEATURE_SWITCHES } from './switches.ts';

/** It takes a size, which a switch has not. */
const WITH_ARGUMENT: KvmCap = 'KVM_CAP_ARM_EAGER_SPLIT_CHUNK_SIZE';

test('the capabilities with a switch are those that KVM_ENABLE_CAP takes where the host has them', () => {
  bench('_start: nop\n', {
    before(vm) {
      for (const name of Object.keys(KVM_CAP) as KvmCap[]) {
        if (name === WITH_ARGUMENT) continue;
        const taken = vm.enableCap(KVM_CAP[name]).ok;
        const offered = vm.checkExtension(KVM_CAP[name]) > 0 && name in CAPABILITY_SWITCHES;
        expect({ name, taken }).toEqual({ name, taken: offered });
      }
    },
  });
});

test('every vCPU feature has a switch', () => {
  expect(new Set(Object.keys(FEATURE_SWITCHES))).toEqual(new Set(Object.keys(VCPU_FEATURES)));
});
