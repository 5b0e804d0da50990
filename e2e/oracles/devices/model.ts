// Plays the probe's lists on the device models: the same steps, the same kind of answers.
import { ownBytes } from '#base';
import { BOARD, GIC_STATE_SIZE, makeBus, makeGic, PL011, PL031, PL061, PPI, spiIntid } from '#devices';
import { EPOCH, type Seen, type Step } from './probe.ts';

const FMO_IMO = 0x18n;
const IMO = 0x10n;
const FMO = 0x08n;

/** Timers of a CPU by control register: the PPI that each drives. Their compare values stay 0, so that they are always due. */
const TIMERS: ReadonlyMap<string, number> = new Map([
  ['CNTHP_CTL_EL2', PPI.hypervisorTimer],
  ['CNTV_CTL_EL0', PPI.virtualTimer],
  ['CNTP_CTL_EL0', PPI.physicalTimer],
]);

/** What an UNDEFINED register gives. */
const UNDEFINED = 0x200_0000n;

/** A board at power-on that takes one step after the other. */
export function player(cpus = 1): (step: Step) => Seen {
  const gic = makeGic(ownBytes(GIC_STATE_SIZE), { line: () => undefined }, { cpus });
  gic.reset();
  // The whole list is over within the first second.
  const clock = PL031.make(ownBytes(PL031.stateSize), {
    irq: (level) => gic.setLine(spiIntid(BOARD.pl031.spi), level),
    now: () => 0n,
    epoch: EPOCH,
  });
  const uart = PL011.make(ownBytes(PL011.stateSize), {
    irq: (level) => gic.setLine(spiIntid(BOARD.pl011.spi), level),
    transmit: () => undefined,
  });
  const gpio = PL061.make(ownBytes(PL061.stateSize), {
    irq: (level) => gic.setLine(spiIntid(BOARD.pl061.spi), level),
    pins: () => undefined,
  });
  uart.reset();
  clock.reset();
  gpio.reset();
  const bus = makeBus([
    { base: BOARD.pl011.base, device: uart },
    { base: BOARD.pl031.base, device: clock },
    { base: BOARD.pl061.base, device: gpio },
    { base: BOARD.distributor.base, device: gic.distributor },
    ...gic.redistributors.map((device, cpu) => ({
      base: BOARD.redistributors.base + BigInt(cpu) * BOARD.redistributors.size,
      device,
    })),
  ]);
  const hcr = Array.from({ length: cpus }, () => 0x8000_0000n);
  const timers = Array.from({ length: cpus }, () => new Map<string, bigint>());

  function act(step: Step, cpu: number): { value: bigint; fault?: bigint } {
    if (step.kind === 'load' || step.kind === 'store') {
      const at = bus.find(BigInt(step.address), step.bytes);
      if (at === undefined) throw new Error(`nothing at 0x${step.address.toString(16)}`);
      const { device } = at.placed;
      const done = step.kind === 'load' ? device.read(at.offset, step.bytes) : device.write(at.offset, step.bytes, step.value);
      if (!done.ok) throw new Error(done.error.message);
      return { value: done.value ?? 0n };
    }
    const { register } = step;
    if (register === 'HCR_EL2') {
      if (step.kind === 'msr') hcr[cpu] = step.value;
      return { value: step.kind === 'msr' ? 0n : (hcr[cpu] as bigint) };
    }
    const ppi = TIMERS.get(register);
    if (ppi !== undefined) {
      const control = timers[cpu] as Map<string, bigint>;
      if (step.kind === 'mrs') return { value: control.get(register) ?? 0n };
      control.set(register, step.value);
      gic.setLine(ppi, (step.value & 3n) === 1n ? 1 : 0, cpu);
      return { value: 0n };
    }
    const known = gic.cpuInterfaces[cpu]?.registers.get(register);
    const by = { el: step.el, hcr: hcr[cpu] as bigint, nmi: false };
    if (step.kind === 'mrs') return known?.read ? { value: known.read(by) } : { value: 0n, fault: UNDEFINED };
    if (known?.write === undefined) return { value: 0n, fault: UNDEFINED };
    known.write(by, step.value);
    return { value: 0n };
  }

  /** As the probe does it: with interrupts that EL2 takes, the priority mask is closed on the way to EL1. */
  function atEl1<T>(cpu: number, action: () => T): T {
    const pmr = gic.cpuInterfaces[cpu]?.registers.get('ICC_PMR_EL1');
    const by = { el: 2, hcr: hcr[cpu] as bigint, nmi: false } as const;
    const closed = ((hcr[cpu] as bigint) & FMO_IMO) !== 0n;
    const old = pmr?.read?.(by) ?? 0n;
    if (closed) pmr?.write?.(by, 0n);
    const result = action();
    if (closed) pmr?.write?.(by, old);
    return result;
  }

  return (step) => {
    const cpu = step.cpu ?? 0;
    const lines = gic.cpuInterfaces[cpu];
    if (lines === undefined) throw new Error(`no CPU ${cpu}`);
    const el1 = (step.kind === 'mrs' || step.kind === 'msr') && step.el === 1;
    const seen = el1 ? atEl1(cpu, () => act(step, cpu)) : act(step, cpu);
    const isr2 = (lines.irqLine ? 0x80 : 0) | (lines.fiqLine ? 0x40 : 0);
    const isr1 = atEl1(cpu, () => {
      const now = hcr[cpu] as bigint;
      return (
        ((now & IMO ? lines.virqLine : lines.irqLine) ? 0x80 : 0) | ((now & FMO ? lines.vfiqLine : lines.fiqLine) ? 0x40 : 0)
      );
    });
    return { ...seen, isr2, isr1 };
  };
}
