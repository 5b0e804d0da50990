export { type Bus, makeBus, type Placed } from './bus.ts';
export type { Device, DeviceOutputs, DeviceRegister, DeviceType, Refused } from './device.ts';
export { PL011, type Pl011, type Pl011Outputs } from './pl011.ts';
