export type { Accessor, CpuInterfaceRegister, GicCpuInterface } from './cpu-interface.ts';
export { type GicV3, makeGic } from './gic.ts';
export type { InterruptState } from './interrupts.ts';
export {
  affinityOf,
  GIC_STATE_SIZE,
  type GicOutput,
  type GicOutputs,
  type GicParameters,
  MAINTENANCE,
  MAX_CPUS,
} from './state.ts';
