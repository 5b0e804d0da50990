export type { Abort, DataAccess, Fault, GprAccess } from './aborts.ts';
export { isExternal } from './aborts.ts';
export type { Cause, CauseFact } from './cause.ts';
export type { ControlView, StateReader } from './control-view.ts';
export type { DecideInstruction, Instruction, InstructionDecision } from './instructions.ts';
export type { Route, Routes } from './route.ts';
export type { AccessDecision, AccessTarget, DecideAccess, ImplementationDefinedAtEl0, SystemAccess } from './system-access.ts';
export { createTraps, type Traps } from './traps.ts';
