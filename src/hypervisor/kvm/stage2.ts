// The VM's stage 2 as KVM programs it (arch/arm64/kvm/mmu.c, kvm_init_stage2_mmu; hyp/pgtable.c, kvm_get_vtcr): tables of #mmu in pages of the host,
// VTCR_EL2 and VTTBR_EL2. 4 KiB granule and no LPA2, so 48 bits at most. Knows nothing of slots and faults.
import { bits } from '#arch/field';
import { assert } from '#base';
import { createStage2Tables, createTablePages, type Stage2Tables } from '#mmu';
import type { Stage2, Vm } from './context.ts';

/** Largest IPA space of these tables. */
export const STAGE2_MAX_IPA_BITS = 48;

const VTCR = bits('VTCR_EL2', ['VS', 'HA']);
/** Bits 63:48 of VTTBR_EL2. One VM lives on a host at a time. */
const VMID = 1n << 48n;
const ADDRESS = 0xffff_ffff_fffen;

/** A view on the VM's tables, which are in the host's table pages. */
export function makeStage2(vm: Vm): Stage2 {
  const { memory, tables } = vm.host;
  let opened: Stage2Tables | undefined;

  function open(fresh: boolean): Stage2Tables {
    const pages = createTablePages(memory, tables.base, BigInt(tables.size), fresh);
    const made = createStage2Tables(memory, pages, {
      ipaBits: vm.state.ipa_bits,
      paBits: Math.min(vm.hostPaBits, STAGE2_MAX_IPA_BITS),
      forceWriteBack: vm.hostFeature('FEAT_S2FWB'),
      ...(!fresh && { base: vm.state.vttbr & ADDRESS }),
    });
    assert(made, 'the table pages hold the start level');
    opened = made;
    return made;
  }

  // __kvm_tlb_flush_vmid: one VM lives here, so its entries are all that is not the host's, which has none.
  function flush(): void {
    for (let index = 0; index < vm.host.processors; index += 1) vm.host.processor(index).invalidateTlb();
  }

  return {
    get vtcr() {
      return vm.state.vtcr;
    },
    get vttbr() {
      return vm.state.vttbr;
    },
    create() {
      const made = open(true);
      flush();
      vm.state.vtcr =
        made.vtcr |
        (vm.hostField('ID_AA64MMFR1_EL1', 'VMIDBits') === 2 ? VTCR.VS : 0n) |
        (vm.hostField('ID_AA64MMFR1_EL1', 'HAFDBS') >= 1 ? VTCR.HA : 0n);
      vm.state.vttbr = VMID | made.base;
    },
    map(ipa, physical, size, { write }) {
      const mapped = (opened ?? open(false)).map(ipa, physical, size, { read: true, write, execute: true });
      flush();
      return mapped;
    },
    unmap(ipa, size) {
      (opened ?? open(false)).unmap(ipa, size);
      flush();
    },
  };
}
