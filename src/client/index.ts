// The main thread's side of the machine: what is known (useClient with a selector) and what can be asked for (actions).

// What the worker reports, for the views.
export type {
  AnswerPreview,
  Ask,
  CompletionKind,
  EncodingSpan,
  ExitDetail,
  ExitRow,
  HoverAnswer,
  HoverView,
  LineBadge,
  LineImage,
  MachineStatus,
  RegisterChange,
  RunControl,
  SourceDiagnostic,
  SyndromeFieldView,
  TextPosition,
  TextRange,
  TrapView,
  World,
} from '#protocol';
export {
  answerExit,
  control,
  currentProject,
  dismissError,
  editSource,
  fetchExitDetail,
  fetchExitRows,
  loadProgram,
  moveBreakpoints,
  openProject,
  pause,
  previewAnswer,
  reopenProject,
  reset,
  restart,
  selectExit,
  setRules,
  toggleBreakpoint,
  typeAtConsole,
  writeRegister,
} from './actions.ts';
export { useExitRows, useShownExit } from './exits.ts';
export {
  askCompletion,
  askDefinitions,
  askFoldings,
  askHover,
  askMendable,
  askOutline,
  askReferences,
  askRename,
  askRenameable,
  askSignatures,
} from './language.ts';
export { type SavedWork, savedWork } from './saved-work.ts';
export {
  type ClientState,
  type ConsoleSlice,
  type MachineSlice,
  type NoticeSlice,
  type ProgramSlice,
  type SelectionSlice,
  useClient,
} from './store.ts';
