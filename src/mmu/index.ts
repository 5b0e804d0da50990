export { type Cacheability, type MemoryAttributes, parAttributes, type Shareability } from './attributes.ts';
export {
  HCR,
  hostState,
  type MmuFeatures,
  maxTxsz,
  mmuFeatures,
  type Regime,
  regimeOf,
  SCTLR,
  type Stage1Registers,
  stage1MinTxsz,
  stage1Parameters,
  type TranslationControls,
} from './controls.ts';
export {
  createStage2Tables,
  createTablePages,
  type Stage2Attributes,
  type Stage2Tables,
  type TablePages,
} from './tables.ts';
export { translate } from './translate.ts';
export type {
  FaultedWalk,
  Permissions,
  StageOff,
  TableMemory,
  Translation,
  TranslationFault,
  TranslationReason,
  TranslationRequest,
  Walk,
  WalkStep,
} from './walk.ts';
