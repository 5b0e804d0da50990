// What the page can ask for. Each action talks to the worker, puts the outcome into the store, and drops answers that come too late
// (another epoch, another text). Saving and restoring the person's work is saved-work.ts.
import type { Answer, AnswerRule, BoardConfig, ProgramImage, Project, Recording } from '#project';
import type {
  AccessHintView,
  AnswerPreview,
  BoardChoices,
  ExitDetail,
  ExitRow,
  MachineUpdate,
  ProgramFormat,
  Reply,
  RunControl,
} from '#protocol';
import { type Connection, connect } from './connection.ts';
import { askAccessHints, askProgram } from './language.ts';
import { type SavedWork, saveWork } from './saved-work.ts';
import { EMPTY_MACHINE, type ProgramSlice, useClient } from './store.ts';

let connection: Connection | undefined;

/** The machine's worker, started when it is first needed. */
export function worker(): Connection {
  connection ??= connect(applyUpdate, (message) => {
    const { machine } = useClient.getState();
    useClient.setState({ machine: { ...machine, status: { kind: 'crashed', message } } });
  });
  return connection;
}

function applyUpdate(update: MachineUpdate): void {
  const state = useClient.getState();
  if (update.epoch < state.machine.epoch) return;
  const fresh = update.epoch !== state.console.epoch;
  const met = metLines().join();
  const console =
    fresh || update.console.length > 0
      ? {
          epoch: update.epoch,
          chunks: appended(fresh ? [] : state.console.chunks, update.console),
          bytes: (fresh ? 0 : state.console.bytes) + update.console.length,
        }
      : state.console;
  const changedRules = update.rules !== undefined;
  useClient.setState({
    console,
    machine: {
      epoch: update.epoch,
      status: update.status,
      moment: update.moment,
      cpu: update.cpu,
      el: update.el,
      cpus: update.cpus,
      registers: update.registers.values,
      changes: update.changes,
      changesSince: update.changesSince,
      line: update.line,
      exits: update.exits,
      badges: update.badges ?? (fresh ? [] : state.machine.badges),
      lineLevels: update.lineLevels ?? (fresh ? new Uint8Array(0) : state.machine.lineLevels),
    },
    ...(changedRules ? { program: { ...state.program, rules: update.rules } } : {}),
    ...(fresh ? { selection: { ...state.selection, exit: undefined } } : {}),
  });
  if (metLines().join() !== met) void lookForHints();
  if (update.status.kind !== 'running') {
    const said = announcement(update);
    if (said !== state.notice.announcement) useClient.setState((s) => ({ notice: { ...s.notice, announcement: said } }));
    void keepRecording();
  }
}

// The list is only ever added to, and whoever reads it remembers how far: so it is added to in place, and the slice around it is new.
function appended(chunks: readonly Uint8Array[], chunk: Uint8Array): readonly Uint8Array[] {
  if (chunk.length > 0) (chunks as Uint8Array[]).push(chunk);
  return chunks;
}

function announcement({ status, line, moment, cpu, cpus }: MachineUpdate): string {
  const where = `${cpus.length > 1 ? `, vCPU ${cpu}` : ''}${line === undefined ? '' : `, line ${line}`}`;
  switch (status.kind) {
    case 'waiting':
      return `Exit ${status.ask.exit}: the guest waits for an answer, ${status.ask.access} of ${status.ask.what}${where}`;
    case 'paused':
      if (status.why === 'asleep') return `vCPU ${cpu} sleeps: step all, or show another`;
      return `Stopped after ${moment.instructions} instructions${where}`;
    case 'ended':
      return `The run ended: ${status.message}`;
    case 'crashed':
      return `Internal error: ${status.message}`;
    case 'running':
    case 'empty':
      return '';
  }
}

/** Changes the program's slice. */
export function setProgram(change: Partial<ProgramSlice>): void {
  useClient.setState((s) => ({ program: { ...s.program, ...change } }));
}

/** Shows what went wrong with a request, if anything did. */
export function report<T>(reply: Reply<T>): reply is Extract<Reply<T>, { ok: true }> {
  useClient.setState((s) => ({ notice: { ...s.notice, error: reply.ok ? undefined : reply.error.message } }));
  return reply.ok;
}

/** The project as it stands. */
export function currentProject(): Project {
  const { name, source, image, board, config, rules, breakpoints } = useClient.getState().program;
  return { version: 1, name, source, ...(image && { image }), board, config, rules, breakpoints };
}

/** Hides the error notice. */
export function dismissError(): void {
  useClient.setState((s) => ({ notice: { ...s.notice, error: undefined } }));
}

let typingTimer: ReturnType<typeof setTimeout> | undefined;
let unsaved = false;

/** Takes the text as typed; it is saved, and assembled for diagnostics, shortly after the last change. */
export function editSource(source: string): void {
  const { source: before, image } = useClient.getState().program;
  if (source === before || image !== undefined) return;
  setProgram({ source, loaded: false });
  unsaved = true;
  clearTimeout(typingTimer);
  typingTimer = setTimeout(() => {
    keepText();
    void assembleNow();
  }, 120);
}

/** Saves what was typed since the last time. */
function keepText(): void {
  if (!unsaved) return;
  unsaved = false;
  saveWork(currentProject(), undefined);
}

// Whoever leaves within a moment of typing loses nothing either.
globalThis.addEventListener?.('pagehide', keepText);
globalThis.addEventListener?.('visibilitychange', keepText);

async function assembleNow(): Promise<void> {
  const assembled = await askProgram();
  if (assembled) setProgram({ assembled });
  await lookForHints();
}

/** Lines where the run of this text has met an access without a syndrome. */
function metLines(): readonly number[] {
  const { machine, program } = useClient.getState();
  return program.loaded ? machine.badges.flatMap(({ line, noSyndrome }) => (noSyndrome ? [line] : [])) : [];
}

/** Accesses in the text as it stands that KVM could not emulate; where there is no KVM there are none. */
export async function askHintsHere(): Promise<readonly AccessHintView[]> {
  const { board, image, hints } = useClient.getState().program;
  if (board.hypervisor === 'none' || image !== undefined) return [];
  return (await askAccessHints(metLines())) ?? hints;
}

async function lookForHints(): Promise<void> {
  const found = await askHintsHere();
  if (found.length > 0 || useClient.getState().program.hints.length > 0) setProgram({ hints: found });
}

/** Replaces the whole project (an example, a file, a link) and resets the machine to it. */
export async function openProject(project: Project): Promise<boolean> {
  takeProject(project);
  saveWork(currentProject(), undefined);
  return loadProgram();
}

function takeProject({ name, source, image, board, config, rules, breakpoints }: Project): void {
  setProgram({ name, source, image, board, config, rules, breakpoints, assembled: undefined, loaded: false });
}

/** The listing of a program that came as a file; undefined when it is none, which is said. */
export async function readImage(name: string, image: ProgramImage): Promise<string | undefined> {
  const reply = await worker().api.readImage(name, image);
  return report(reply) ? reply.value.listing : undefined;
}

/** The program as a file; undefined when its text has errors, which is said. */
export async function exportProgram(format: ProgramFormat): Promise<Uint8Array | undefined> {
  const reply = await worker().api.exportProgram(currentProject(), format);
  return report(reply) ? reply.value : undefined;
}

/** The files that the guest has made by semihosting. */
export async function guestFiles(): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]> {
  const reply = await worker().api.guestFiles();
  return report(reply) ? reply.value : [];
}

/** What boards can be made of. */
export async function boardChoices(): Promise<BoardChoices | undefined> {
  const reply = await worker().api.boardChoices();
  return reply.ok ? reply.value : undefined;
}

/**
 * Takes another board, and goes back to reset on it; `load` is where a flat image goes from now on. False when there is none such: then what was
 * before is kept.
 */
export async function changeBoard(board: BoardConfig, load?: string): Promise<boolean> {
  const { board: boardBefore, image: imageBefore, source: sourceBefore, name } = useClient.getState().program;
  if (load !== undefined && imageBefore !== undefined && load !== imageBefore.load) {
    const image = { ...imageBefore, load };
    const source = await readImage(name, image);
    if (source === undefined) return false;
    setProgram({ image, source });
  }
  setProgram({ board });
  const reply = await worker().api.load(currentProject());
  if (!report(reply)) {
    setProgram({ board: boardBefore, image: imageBefore, source: sourceBefore });
    return false;
  }
  const { config, rules } = useClient.getState().program;
  const { program } = reply.value;
  setProgram({ assembled: program, loaded: program.ok, ...(program.ok && { made: { config, rules } }) });
  saveWork(currentProject(), undefined);
  return true;
}

/** Tells the person that something of theirs cannot be done, in a sentence. */
export function refuse(message: string): void {
  useClient.setState((s) => ({ notice: { ...s.notice, error: message } }));
}

/** Opens a project and brings it back to the end of a recording. */
export async function reopenProject(project: Project, recording: Recording, made: SavedWork['made']): Promise<boolean> {
  const { config, rules } = project;
  takeProject(project);
  const reply = await worker().api.replay({ ...project, ...made }, recording);
  if (!report(reply)) return loadProgram();
  setProgram({ assembled: reply.value.program, loaded: reply.value.program.ok, made: made ?? { config, rules } });
  void lookForHints();
  return true;
}

/** Assembles the text and puts the machine at reset with it. False when the text has errors (the machine stays as it is). */
export async function loadProgram(): Promise<boolean> {
  keepText();
  const project = currentProject();
  const { source, config, rules } = project;
  const reply = await worker().api.load(project);
  if (!report(reply)) return false;
  if (reply.value.program.ok) setProgram({ made: { config, rules } });
  if (source === useClient.getState().program.source)
    setProgram({ assembled: reply.value.program, loaded: reply.value.program.ok });
  void lookForHints();
  return reply.value.program.ok;
}

/** Runs, steps, …: loads the text first when it was changed since. */
export async function control(what: RunControl): Promise<void> {
  if (!useClient.getState().program.loaded && !(await loadProgram())) return;
  report(await worker().api.control(what));
}

/** Stops a running guest at the next slice. */
export async function pause(): Promise<void> {
  report(await worker().api.pause());
}

/** Shows another CPU in the views. */
export async function showCpu(cpu: number): Promise<void> {
  report(await worker().api.showCpu(cpu));
}

/** Back to reset; with a changed text or configuration, the new one is loaded. */
export async function reset(): Promise<void> {
  const { loaded, config, rules, made } = useClient.getState().program;
  if (!loaded || config !== made?.config) await loadProgram();
  else if (report(await worker().api.reset())) setProgram({ made: { config, rules } });
}

/** Starts a new worker after the old one was lost, and brings the program back to reset. */
export async function restart(): Promise<void> {
  connection?.terminate();
  connection = undefined;
  useClient.setState({ machine: EMPTY_MACHINE, console: { epoch: 0, chunks: [], bytes: 0 } });
  await loadProgram();
}

/** Answers the exit that waits. */
export async function answerExit(answer: Answer, exit: number, always = false): Promise<boolean> {
  return report(await worker().api.answer(answer, { exit, always }));
}

/** What an answer would do; asked for while the person types. */
export async function previewAnswer(answer: Answer, exit: number): Promise<Reply<AnswerPreview>> {
  return worker().api.previewAnswer(answer, exit);
}

/** Replaces the answer rules; the error says which of them makes no sense, and then nothing changes. */
export async function setRules(rules: readonly AnswerRule[]): Promise<string | undefined> {
  const reply = await worker().api.setRules(rules);
  if (!reply.ok) return reply.error.message;
  setProgram({ rules });
  keepWork();
  return undefined;
}

/** Sets or clears the breakpoint of a line. */
export async function toggleBreakpoint(line: number): Promise<void> {
  const { breakpoints } = useClient.getState().program;
  const next = breakpoints.includes(line) ? breakpoints.filter((l) => l !== line) : [...breakpoints, line].sort((a, b) => a - b);
  setProgram({ breakpoints: next });
  keepWork();
  report(await worker().api.setBreakpoints(next));
}

/** Breakpoints after lines moved with an edit. */
export function moveBreakpoints(lines: readonly number[]): void {
  setProgram({ breakpoints: lines });
  void worker().api.setBreakpoints(lines);
}

/** Writes a register by hand. */
export async function writeRegister(register: string, value: bigint): Promise<boolean> {
  return report(await worker().api.writeRegister(useClient.getState().machine.cpu, register, value));
}

/** Sends typed bytes to the guest's console. */
export async function typeAtConsole(bytes: Uint8Array): Promise<void> {
  await worker().api.consoleInput(bytes);
}

/** Rows of the exit log, exits numbered from 1. */
export async function fetchExitRows(first: number, count: number): Promise<readonly ExitRow[]> {
  const reply = await worker().api.exitRows(first, count);
  return reply.ok ? reply.value : [];
}

/** One exit in full; undefined when it is gone. */
export async function fetchExitDetail(n: number): Promise<ExitDetail | undefined> {
  const reply = await worker().api.exitDetail(n);
  return reply.ok ? reply.value : undefined;
}

/** Shows an exit in the card; undefined follows the newest. */
export function selectExit(exit: number | undefined): void {
  useClient.setState((s) => ({ selection: { ...s.selection, exit } }));
}

/** Saves the program as it stands, with the run when the machine runs this text. */
export function keepWork(): void {
  if (useClient.getState().program.loaded) void keepRecording();
  else saveWork(currentProject(), undefined);
}

let keeping = false;
let keepAgain = false;

/** Saves the run as it stands; what happens while the machine is asked for it is saved behind it. */
async function keepRecording(): Promise<void> {
  if (!useClient.getState().program.loaded) return;
  keepAgain = keeping;
  if (keeping) return;
  keeping = true;
  try {
    const reply = await worker().api.recording();
    const { loaded, made } = useClient.getState().program;
    if (reply.ok && loaded) saveWork(currentProject(), reply.value, made);
  } finally {
    keeping = false;
    if (keepAgain) void keepRecording();
  }
}
