// One deterministic machine: board, scheduler, recording, log. Composes everything below; knows nothing of pages and terminals.
export type { AnsweredBy, Emulated, EventLog, LogEntry, LoggedAnswer } from './log/event-log.ts';
export { createMachine, MOST_CPUS, replayInto } from './machine.ts';
export { type MemoryFiles, memoryFiles } from './memory-files.ts';
export { dumpedRegisters } from './registers.ts';
export type {
  AnswerEffect,
  CpuSleep,
  LoadImage,
  Machine,
  MachineOptions,
  MachineState,
  Question,
  RunLimits,
  RunStop,
  SemihostingFiles,
} from './types.ts';
