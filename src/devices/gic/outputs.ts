// What a GIC tells its CPUs, derived from its state after every change: physical and virtual interrupts, and the maintenance interrupt, which
// goes back in as a PPI. Remembers only what was told last.
import { setLevel, signalled } from './interrupts.ts';
import { type Gic, type GicOutput, MAINTENANCE, OUTPUT } from './state.ts';
import { maintenanceInterrupt, signalledVirtual } from './virtual-interface.ts';

const OUTPUTS = Object.entries(OUTPUT) as readonly [GicOutput, number][];

/** Tells every CPU what has changed for it. */
export function updateOutputs(gic: Gic): void {
  const { cpus } = gic.parameters;
  for (let cpu = 0; cpu < cpus; cpu += 1) {
    if (gic.parameters.virtual) setLevel(gic, cpu, MAINTENANCE, maintenanceInterrupt(gic, cpu));
    const physical = signalled(gic, cpu);
    const virtual = signalledVirtual(gic, cpu);
    const now =
      bitOf(physical?.group, OUTPUT.fiq, OUTPUT.irq) |
      bitOf(virtual?.group, OUTPUT.vfiq, OUTPUT.virq) |
      (physical?.nmi ? OUTPUT.nmi : 0) |
      (virtual?.nmi ? OUTPUT.vnmi : 0);
    const changed = gic.s.outputs.get(cpu) ^ now;
    if (changed === 0) continue;
    gic.s.outputs.set(cpu, now);
    for (const [output, bit] of OUTPUTS) if (changed & bit) gic.outputs.line(cpu, output, now & bit ? 1 : 0);
  }
}

/** Group 0 is signalled as FIQ, group 1 as IRQ (IHI 0069, 4.6.2), an NMI as IRQ with Superpriority (4.6.3). */
function bitOf(group: 0 | 1 | undefined, group0: number, group1: number): number {
  return group === undefined ? 0 : group === 0 ? group0 : group1;
}
