export type { AccessDecision, CauseFact } from '#trap';
export type { TimerName } from './core.ts';
export { createMemory, createProcessor, type ProcessorOptions } from './create-processor.ts';
export { CPU_MODEL_NAMES, type CpuModel, cpuModel, modelOf } from './models/index.ts';
export type {
  DeviceAccess,
  DeviceBus,
  ExceptionLevel,
  ExceptionRecord,
  InterruptLine,
  Processor,
  ProcessorObserver,
  RegisterLook,
  Stop,
  TagLook,
} from './processor.ts';
export { CPU, HEADER, LINES } from './state/layout.ts';
export type { MachineMemory, MemoryWatcher, Region, RegionRequest } from './state/memory.ts';
export { restoreSnapshot, type Snapshot, stateHash, takeSnapshot } from './state/snapshot.ts';
