// A GICv3 put together: distributor, redistributors and CPU interfaces over one range of bytes. Who wires it gives it the CPUs' interrupt inputs
// and takes the devices and the system registers.
import { assert, type Bytes } from '#base';
import type { Device } from '../device.ts';
import { cpuInterface, type GicCpuInterface, resetCpuInterface } from './cpu-interface.ts';
import { distributor } from './distributor.ts';
import { type InterruptState, interruptState, setLevel } from './interrupts.ts';
import { updateOutputs } from './outputs.ts';
import { redistributor } from './redistributor.ts';
import { FIRST_SPI, Gic, type GicOutputs, type GicParameters, VIRT_GIC } from './state.ts';

export interface GicV3 {
  readonly parameters: GicParameters;
  readonly distributor: Device;
  /** One for each CPU, to be placed one after the other. */
  readonly redistributors: readonly Device[];
  /** One for each CPU. */
  readonly cpuInterfaces: readonly GicCpuInterface[];
  /** The input line of a PPI (INTID 16 to 31, of `cpu`) or an SPI (INTID 32 and up). */
  setLine(intid: number, level: 0 | 1, cpu?: number): void;
  /** Where an interrupt stands; `cpu` matters for SGIs and PPIs. */
  interrupt(intid: number, cpu: number): InterruptState;
  /** Power-on state of every part; lines keep their level. */
  reset(): void;
}

/** Makes a GIC over `GIC_STATE_SIZE` bytes that hold all of its state; they may already hold some. */
export function makeGic(
  state: Bytes,
  outputs: GicOutputs,
  parameters: Partial<GicParameters> & Pick<GicParameters, 'cpus'>,
): GicV3 {
  const gic = new Gic(state, { ...VIRT_GIC, ...parameters }, outputs);
  const cpus = Array.from({ length: parameters.cpus }, (_, cpu) => cpu);
  const dist = distributor(gic);
  const redistributors = cpus.map((cpu) => redistributor(gic, cpu));
  return {
    parameters: gic.parameters,
    distributor: dist,
    redistributors,
    cpuInterfaces: cpus.map((cpu) => cpuInterface(gic, cpu)),
    setLine(intid, level, cpu = 0) {
      assert(intid >= 16 && gic.exists(intid) && cpu < parameters.cpus, `interrupt line ${intid} of CPU ${cpu}`);
      setLevel(gic, intid < FIRST_SPI ? cpu : 0, intid, level === 1);
      updateOutputs(gic);
    },
    interrupt(intid, cpu) {
      assert(gic.exists(intid) && cpu < parameters.cpus, `interrupt ${intid} of CPU ${cpu}`);
      return interruptState(gic, intid, cpu);
    },
    reset() {
      for (const cpu of cpus) resetCpuInterface(gic, cpu);
      for (const device of [dist, ...redistributors]) device.reset();
    },
  };
}
