// The in-kernel GICv3 of a VM (arch/arm64/kvm/vgic): a device at two places of the guest's address space, interrupt lines that userspace and the
// timers drive, and a CPU interface as system registers. The GIC is that of #devices; here stands what KVM's differs in, and when it may be used.
// Simplified: where hardware gives a guest list registers that KVM refills, the guest's CPU interface works on the vGIC's state directly. A guest
// and userspace cannot tell.
import { encodingName } from '#arch/sysreg';
import { assert, type Bytes, hex, ok } from '#base';
import { type CpuInterfaceRegister, type Device, type GicV3, makeGic } from '#devices';
import { DEFAULT_NR_IRQS } from './constants.ts';
import { affinityWord, type Registers, type Vcpu, type Vgic, type Vm } from './context.ts';
import { fails } from './errno.ts';
import { KVM_ARM_DEV } from './kvm-run.ts';
import { DIST_SIZE, isLastRedistributor, REDIST_SIZE, redistBase } from './redistributors.ts';
import { timerFires } from './timer.ts';

/** Most of what is modelled: the kernel allows 1024 interrupts. */
const MAX_SPIS = 256;
const PRIVATE = 32;
const SGI_COUNT = 16;

/** KVM as an implementer: product 0x4b, revision 3. */
const IIDR = 0x4b00_343b;
const IIDR_REVISION = 0xf000;

const SGI_FRAME = 0x1_0000;

export const GICD = {
  CTLR: 0x0,
  TYPER: 0x4,
  IIDR: 0x8,
  TYPER2: 0xc,
  IGROUPR: 0x80,
  IROUTER: 0x6000,
  IROUTER_END: 0x8000,
} as const;
const GICR = { IIDR: 0x4, TYPER: 0x8, WAKER: 0x14, IGROUPR0: SGI_FRAME + 0x80, ISENABLER0: SGI_FRAME + 0x100 } as const;
const CTLR_ENABLE = 0x2;
/** ARE and DS, fixed. */
const CTLR_FIXED = 0x50;
const ALL = 0xffff_ffffn;
const MASK64 = (1n << 64n) - 1n;
const SGIS = 0xffffn;
const AFF2_TO_AFF0 = 0xff_ffffn;

/** The CPU interface registers that userspace saves and restores. */
const SAVED = /^ICC_(PMR|BPR[01]|AP[01]R\d|CTLR|SRE|IGRPEN[01])_EL1$/;
/** EL2 sees the physical interface. */
const BY_KVM = { el: 2, hcr: 0n, nmi: false } as const;

/**
 * Where the host's CPU interface has NMIs, it answers the guest itself: KVM gives no list register the non-maskable property (vgic_v3_populate_lr),
 * so that there is none to take.
 */
const ICC_NMIAR1: CpuInterfaceRegister = { name: 'ICC_NMIAR1_EL1', read: () => 1023n };

/** Makes a VM's interrupt controller over `GIC_STATE_SIZE` bytes. */
export function makeVgic(vm: Vm, bytes: Bytes): Vgic {
  const { state } = vm;
  let made: GicV3 | undefined;

  function gic(): GicV3 | undefined {
    if (!state.vgic_initialized) return undefined;
    const cpus = state.created_vcpus;
    const spis = Math.min(state.vgic_nr_irqs - PRIVATE, MAX_SPIS);
    if (made?.parameters.cpus !== cpus || made.parameters.spis !== spis) {
      made = makeGic(bytes, { line: tell }, { cpus, spis, iidr: IIDR, oneOfN: false, affinity, virtual: false });
    }
    return made;
  }

  /** By MPIDR_EL1, which follows from the vCPU's id unless userspace has set it. */
  function affinity(index: number): number {
    const vcpu = vm.vcpus()[index];
    return vcpu ? affinityWord(vcpu) : 0;
  }

  /** The guest's interrupts are virtual ones: group 0 as FIQ, group 1 as IRQ. */
  function tell(index: number, output: string, level: 0 | 1): void {
    const line = output === 'irq' ? 'virq' : output === 'fiq' ? 'vfiq' : undefined;
    if (line) vm.host.processor(index).setLine(line, level === 1);
  }

  function frame(ipa: bigint): { readonly frame: Frame; readonly offset: number; readonly name: string } | undefined {
    const it = gic();
    if (!it) return undefined;
    const offset = ipa - state.vgic_dist_base;
    if (offset >= 0n && offset < DIST_SIZE) {
      return { frame: distributorFrame(it, state.vgic_nr_irqs), offset: Number(offset), name: 'distributor' };
    }
    const vcpu = vm.vcpus().find(({ index }) => {
      const base = redistBase(vm, index);
      return base !== undefined && ipa >= base && ipa < base + REDIST_SIZE;
    });
    if (!vcpu) return undefined;
    return {
      frame: redistributorFrame(it, vcpu),
      offset: Number(ipa - (redistBase(vm, vcpu.index) as bigint)),
      name: `redistributor of vCPU ${vcpu.id}`,
    };
  }

  function userRegisters(frameOf: (it: GicV3) => Frame, device: (it: GicV3) => Device): Registers {
    // By words: registers of 8 bytes have two.
    const exists = (it: GicV3, offset: number): boolean =>
      offset % 4 === 0 &&
      device(it).registers.some((r) => r.offset === offset || r.offset === offset - (offset % 8)) &&
      device(it).read(offset, 4).ok;
    return {
      get(offset) {
        const it = gic();
        return it && exists(it, offset) ? frameOf(it).read(offset, 4) : undefined;
      },
      set(offset, value) {
        const it = gic();
        if (!it || !exists(it, offset)) return fails('ENXIO');
        const isIidr = device(it) !== it.distributor && offset === GICR.IIDR;
        if (isIidr && (Number(value) ^ IIDR) & ~IIDR_REVISION) return fails('EINVAL');
        frameOf(it).write(offset, 4, value & ALL);
        return ok(undefined);
      },
    };
  }

  /** Those of the 32 interrupts from `first` on that have a line. */
  function eachLine(first: number, each: (it: GicV3, intid: number, i: number) => void): void {
    const it = gic();
    if (!it) return;
    for (let i = 0; i < 32; i++) {
      const intid = first + i;
      if (intid >= SGI_COUNT && intid < PRIVATE + it.parameters.spis) each(it, intid, i);
    }
  }

  /** vgic_mmio_uaccess_write_v3_misc: GICD_IIDR and GICD_TYPER2, which are there from the beginning. No host here has SGIs without active state. */
  function beforeInitialisation(rest: Registers): Registers {
    return {
      get: (offset) => (offset === GICD.IIDR ? BigInt(IIDR) : offset === GICD.TYPER2 ? 0n : rest.get(offset)),
      set(offset, value) {
        if (offset === GICD.IIDR) return (Number(value) ^ IIDR) & ~IIDR_REVISION ? fails('EINVAL') : ok(undefined);
        if (offset !== GICD.TYPER2) return rest.set(offset, value);
        if ((value & ALL) === 0n) return ok(undefined);
        return fails(state.vgic_initialized ? 'EBUSY' : 'EINVAL');
      },
    };
  }

  /** Without an irqchip in the kernel it is the host's interrupt that brings KVM back from the guest, to tell userspace what it does not know yet. */
  function tellUser(vcpu: Vcpu, timer: 0 | 1): void {
    const bit = timer === 0 ? KVM_ARM_DEV.EL1_VTIMER : KVM_ARM_DEV.EL1_PTIMER;
    if (vcpu.inGuest && !(vcpu.run.sync['s.regs.device_irq_level'] & bit)) vcpu.cpu.requestStop();
  }

  vm.host.wiring?.connect({
    register: (index, name) =>
      name === ICC_NMIAR1.name ? gic() && ICC_NMIAR1 : gic()?.cpuInterfaces[index]?.registers.get(name),
    timer(index, timer, level) {
      const own = timer === 'virtual' ? 0 : timer === 'physical' ? 1 : undefined;
      const vcpu = own === undefined ? undefined : vm.vcpus()[index];
      if (own === undefined || !vcpu) return;
      if (level && !state.vgic_model) tellUser(vcpu, own);
      // Where the processor's comparator is not the guest's, KVM's own reckoning counts.
      gic()?.setLine(state.timer_ppi.get(own), (state.poffset === 0n ? level : timerFires(vcpu, own)) ? 1 : 0, index);
    },
  });

  return {
    get isReady() {
      return state.vgic_initialized !== 0;
    },
    initialise() {
      state.vgic_initialized = 1;
      state.vgic_nr_irqs ||= DEFAULT_NR_IRQS;
      const it = gic();
      assert(it, 'an initialised vGIC');
      it.reset();
      // kvm_vgic_dist_init, kvm_vgic_vcpu_init: everything in group 1, SGIs enabled.
      for (let n = 1; n <= it.parameters.spis / 32; n++) it.distributor.write(GICD.IGROUPR + 4 * n, 4, ALL);
      for (const redistributor of it.redistributors) {
        redistributor.write(GICR.IGROUPR0, 4, ALL);
        redistributor.write(GICR.ISENABLER0, 4, SGIS);
      }
    },
    setLine(vcpu, intid, level) {
      const it = gic();
      if (!it) return fails('EBUSY');
      if (intid >= PRIVATE + it.parameters.spis || (intid < PRIVATE && !vcpu)) return fails('EINVAL');
      it.setLine(intid, level ? 1 : 0, vcpu?.index ?? 0);
      return ok(undefined);
    },
    sendSgi(vcpu, register, value) {
      gic()?.cpuInterfaces[vcpu.index]?.registers.get(register)?.write?.(BY_KVM, value);
      return `${register} = ${hex(value)}: the vGIC makes the SGI pending at its targets`;
    },
    access({ run: { mmio } }, ipa, bytes, isWrite) {
      const place = frame(ipa);
      if (!place) return undefined;
      if (isWrite) {
        let value = 0n;
        for (let i = bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(mmio.data.get(i));
        place.frame.write(place.offset, bytes, value);
      } else {
        const value = place.frame.read(place.offset, bytes);
        for (let i = 0; i < bytes; i++) mmio.data.set(i, Number((value >> BigInt(8 * i)) & 0xffn));
      }
      return `the vGIC's ${place.name}, offset ${hex(BigInt(place.offset))}`;
    },
    pending({ index }) {
      const own = gic()?.cpuInterfaces[index];
      return own !== undefined && (own.irqLine || own.fiqLine);
    },
    distributor: beforeInitialisation(
      userRegisters(
        (it) => distributorFrame(it, state.vgic_nr_irqs),
        (it) => it.distributor,
      ),
    ),
    redistributor: (vcpu) =>
      userRegisters(
        (it) => redistributorFrame(it, vcpu),
        (it) => it.redistributors[vcpu.index] as Device,
      ),
    levels: (vcpu, first) => ({
      // vgic_read_irq_line_level_info, vgic_write_irq_line_level_info: interrupts that do not exist are passed over, and edges have no level to read.
      get() {
        let levels = 0n;
        eachLine(first, (it, intid, i) => {
          const { high, trigger } = it.interrupt(intid, vcpu.index);
          if (high && trigger === 'level') levels |= 1n << BigInt(i);
        });
        return levels;
      },
      set(_, value) {
        eachLine(first, (it, intid, i) => it.setLine(intid, (value >> BigInt(i)) & 1n ? 1 : 0, vcpu.index));
        return ok(undefined);
      },
    }),
    cpuRegisters: ({ index }) => ({
      get(encoding) {
        const name = encodingName(encoding);
        return SAVED.test(name) ? gic()?.cpuInterfaces[index]?.registers.get(name)?.read?.(BY_KVM) : undefined;
      },
      set(encoding, value) {
        const name = encodingName(encoding);
        const register = SAVED.test(name) ? gic()?.cpuInterfaces[index]?.registers.get(name) : undefined;
        if (!register?.write) return fails('ENXIO');
        if (name === 'ICC_SRE_EL1' && !(value & 1n)) return fails('EINVAL');
        register.write(BY_KVM, value);
        return ok(undefined);
      },
    }),
  };
}

/** A frame of KVM's GIC: whatever is not a register of it reads as zero and ignores writes. */
interface Frame {
  read(offset: number, bytes: number): bigint;
  write(offset: number, bytes: number, value: bigint): void;
}

function plain(device: Device): Frame {
  return {
    read(offset, bytes) {
      const read = device.read(offset, bytes);
      return read.ok ? read.value : 0n;
    },
    write(offset, bytes, value) {
      device.write(offset, bytes, value);
    },
  };
}

/** vgic_mmio_read_v3_misc: one enable for both groups, 10-bit INTIDs. */
function distributorFrame({ distributor }: GicV3, nrIrqs: number): Frame {
  const own = plain(distributor);
  return {
    read(offset, bytes) {
      if (bytes !== 4) return own.read(offset, bytes);
      if (offset === GICD.CTLR) return (own.read(offset, 4) & BigInt(CTLR_ENABLE)) | BigInt(CTLR_FIXED);
      if (offset === GICD.TYPER) return BigInt((9 << 19) | (nrIrqs / 32 - 1));
      return own.read(offset, bytes);
    },
    write(offset, bytes, value) {
      if (offset === GICD.CTLR && bytes === 4) own.write(offset, 4, value & BigInt(CTLR_ENABLE) ? 3n : 0n);
      else if (offset >= GICD.IROUTER && offset < GICD.IROUTER_END) routeWrite(own, offset, bytes, value);
      else own.write(offset, bytes, value);
    },
  };
}

/** vgic_mmio_write_irouter: Aff2 to Aff0 and nothing else; the upper word, which has Aff3, ignores writes. */
function routeWrite(own: Frame, offset: number, bytes: number, value: bigint): void {
  if (offset % 8 === 0) own.write(offset, bytes, value & AFF2_TO_AFF0);
}

/** vgic_mmio_read_v3r_typer: whose it is, by its MPIDR_EL1 and its id. */
function redistributorType(vcpu: Vcpu): bigint {
  const affinity = vcpu.cpu.readRegister('VMPIDR_EL2') & 0xff_ffffn;
  return (affinity << 32n) | BigInt((vcpu.id << 8) | (isLastRedistributor(vcpu.vm, vcpu.index) ? 1 << 4 : 0));
}

/** GICR_WAKER is RAZ/WI: a redistributor of KVM's never sleeps. */
function redistributorFrame(gic: GicV3, vcpu: Vcpu): Frame {
  const device = gic.redistributors[vcpu.index];
  assert(device, `the redistributor of vCPU ${vcpu.id}`);
  const own = plain(device);
  return {
    read(offset, bytes) {
      if (offset === GICR.WAKER) return 0n;
      if (offset === GICR.TYPER && bytes >= 4) return redistributorType(vcpu) & (bytes === 4 ? ALL : MASK64);
      if (offset === GICR.TYPER + 4 && bytes === 4) return redistributorType(vcpu) >> 32n;
      return own.read(offset, bytes);
    },
    write(offset, bytes, value) {
      if (offset !== GICR.WAKER) own.write(offset, bytes, value);
    },
  };
}
