// What a person has written and done, as data. Types and codecs only; it knows nothing of machines.
export {
  type BoardConfig,
  DEFAULT_BOARD,
  DEFAULT_FEATURES,
  type HypervisorName,
  type MachineConfig,
  type Policy,
  type ProgramImage,
  type Project,
  type ScriptedWrite,
} from './config.ts';
export { type JsonMistake, readConfig, readRules } from './read-json.ts';
export type { Moment, OutsideInput, RecordedInput, Recording } from './recording.ts';
export { type Answer, type AnswerRule, RULE_ACCESSES, RULE_ANSWERS, type RuleAccess } from './rules.ts';
