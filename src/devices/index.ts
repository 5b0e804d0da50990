export { BOARD, type BoardRange, type BoardRangeName, type BoardSize, boardMap, PPI, rangeAt, spiIntid } from './board.ts';
export { type Bus, makeBus, type Placed } from './bus.ts';
export type { Device, DeviceOutputs, DeviceRegister, DeviceType, Refused, TimedDevice } from './device.ts';
export { type BoardDescription, deviceTree, deviceTreeOf } from './device-tree.ts';
export type { FdtNode, FdtProperty } from './fdt.ts';
export {
  type Accessor,
  affinityOf,
  type CpuInterfaceRegister,
  GIC_STATE_SIZE,
  type GicCpuInterface,
  type GicOutput,
  type GicOutputs,
  type GicParameters,
  type GicV3,
  type InterruptState,
  MAX_CPUS,
  makeGic,
} from './gic/index.ts';
export { PL011, type Pl011, type Pl011Outputs } from './pl011.ts';
export { PL031, type Pl031Surroundings } from './pl031.ts';
export { PL061, type Pl061, type Pl061Outputs } from './pl061.ts';
