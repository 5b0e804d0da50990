export type {
  Answer,
  AnswerEffect,
  AnsweredBy,
  AnswerKind,
  Disposition,
  EmulatedAccess,
  FetchedInstruction,
  Given,
  Piece,
  Question,
  Rule,
  RuleAccess,
} from './answer.ts';
export { fetchInstruction } from './emulate.ts';
export { STORAGE_CELLS } from './storage.ts';
export { VMM_STATE_SIZE, Vmm, type VmmOptions } from './vmm.ts';
