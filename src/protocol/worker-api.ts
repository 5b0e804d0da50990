// The requests that the worker answers. Every method is asynchronous on the page's side (Comlink).
import type { Answer, AnswerRule, ProgramImage, Project, Recording } from '#project';
import type { HypervisorApi } from './hypervisor.ts';
import type { InspectApi } from './inspect.ts';
import type {
  AnswerPreview,
  BoardChoices,
  ExitDetail,
  ExitRow,
  MachineUpdate,
  ProgramFormat,
  ProgramView,
  Reply,
  RunControl,
} from './messages.ts';

export interface WorkerApi extends InspectApi, HypervisorApi {
  /** Calls `listener` with each batched update from now on. */
  subscribe(listener: (update: MachineUpdate) => void): void;
  /** Assembles, and makes a machine at reset from it; with errors in the source the machine stays as it is. */
  load(project: Project): Reply<{ readonly epoch: number; readonly program: ProgramView }>;
  /** Reads a program that came as a file, without running it: the listing of its code. */
  readImage(name: string, image: ProgramImage): Reply<{ readonly listing: string }>;
  /** The program of a text as a file. */
  exportProgram(project: Project, format: ProgramFormat): Reply<Uint8Array>;
  /** The files that the guest has made by semihosting, in the order in which it made them. */
  guestFiles(): Reply<readonly { readonly name: string; readonly bytes: Uint8Array }[]>;
  /** What a board can be made of. */
  boardChoices(): Reply<BoardChoices>;
  reset(): Reply<{ readonly epoch: number }>;
  control(control: RunControl): Reply<null>;
  pause(): Reply<null>;
  /** Views show this CPU from now on, until another stops the run. */
  showCpu(cpu: number): Reply<null>;
  /** Answers the exit that waits; `always` also appends a rule that answers the same question so from now on. */
  answer(answer: Answer, options: { readonly exit: number; readonly always: boolean }): Reply<null>;
  previewAnswer(answer: Answer, exit: number): Reply<AnswerPreview>;
  /** Replaces the answer rules; the error names the rule that makes no sense, and then nothing changes. */
  setRules(rules: readonly AnswerRule[]): Reply<null>;
  /** Rules from the text of an answers file; the error has line and column. */
  readRules(text: string): Reply<readonly AnswerRule[]>;
  setBreakpoints(lines: readonly number[]): Reply<{ readonly lines: readonly number[] }>;
  writeRegister(cpu: number, register: string, value: bigint): Reply<null>;
  consoleInput(bytes: Uint8Array): Reply<null>;
  /** Rows first … first+count-1 of the log, exits numbered from 1. */
  exitRows(first: number, count: number): Reply<readonly ExitRow[]>;
  exitDetail(n: number): Reply<ExitDetail>;
  recording(): Reply<Recording>;
  /** Loads the project, replays the recording, and stops at its end. */
  replay(project: Project, recording: Recording): Reply<{ readonly epoch: number; readonly program: ProgramView }>;
  /** Hash of all state bytes, hex. */
  stateHash(): Reply<string>;
}
