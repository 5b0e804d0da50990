// What the editor can ask about the text as it stands. Each question goes to the language worker with the text's version (and the text, when
// it is new there); an answer about text that has changed since is dropped: the question then has no answer, and whoever still wants one asks
// again.
import type { Remote } from 'comlink';
import { err, type Result } from '#base';
import type {
  AccessHintView,
  Asked,
  CompletionView,
  FoldingView,
  HoverAnswer,
  LanguageApi,
  OutlineEntry,
  ProgramView,
  RequestError,
  SignaturesView,
  SourceDiagnostic,
  TextEdit,
  TextPosition,
  TextRange,
} from '#protocol';
import { type Connection, connectLanguage } from './connection.ts';
import { useClient } from './store.ts';

let connection: Connection<LanguageApi> | undefined;
/** The text that the worker has. */
let opened: string | undefined;
let version = 0;

type Question<T> = (api: Remote<LanguageApi>, version: number) => Promise<Asked<T>>;

/** Asks; undefined when the answer came too late, or none at all (a bug, which is shown). */
async function ask<T>(question: Question<T>): Promise<T | undefined> {
  const { source } = useClient.getState().program;
  const reply = await put(question);
  const late = reply?.kind !== 'answer' || useClient.getState().program.source !== source;
  return late ? undefined : reply.value;
}

/** Asks about the text as it stands now, whatever becomes of it meanwhile; undefined when there is no answer at all. */
async function put<T>(question: Question<T>): Promise<Asked<T> | undefined> {
  const { source, image } = useClient.getState().program;
  // A listing is no source text: its words stand where the file has them, not where an assembler would put them.
  if (image !== undefined) return undefined;
  connection ??= connectLanguage(lost);
  const { api } = connection;
  try {
    if (source !== opened) {
      version += 1;
      opened = source;
      void api.open(version, source).catch(broken);
    }
    return await question(api, version);
  } catch (error) {
    broken(error);
    return undefined;
  }
}

function broken(error: unknown): void {
  const message = `The language service met an internal error: ${error instanceof Error ? error.message : String(error)}`;
  useClient.setState((s) => ({ notice: { ...s.notice, error: message } }));
}

/** The next question starts another worker. */
function lost(message: string): void {
  connection?.terminate();
  connection = undefined;
  opened = undefined;
  broken(message);
}

/** The text assembled: diagnostics, addresses and machine code of lines. */
export const askProgram = (): Promise<ProgramView | undefined> => ask((api, v) => api.program(v));

/** The mistakes on these lines (inclusive) that can be mended by themselves. */
export const askMendable = (first: number, last: number): Promise<readonly SourceDiagnostic[] | undefined> =>
  ask((api, v) => api.mendable(v, first, last));

/** Accesses of devices that KVM could not emulate; `met` are lines where a run has met one. */
export const askAccessHints = (met: readonly number[]): Promise<readonly AccessHintView[] | undefined> =>
  ask((api, v) => api.accessHints(v, met));

/**
 * What may stand at a position; `typed` is the letter that asked by being typed, '' when the person did. Who types on while it is worked out
 * still gets it, as long as it is `wanted`: the letters behind the position narrow it down, and are not what it would replace.
 */
export async function askCompletion(at: TextPosition, typed: string, wanted: () => boolean): Promise<CompletionView | undefined> {
  let reply = await put((api, v) => api.completion(v, at, typed));
  if (reply?.kind !== 'stale') return reply?.value;
  while (reply?.kind === 'stale' && wanted()) reply = await put((api, v) => api.completion(v, at, typed));
  if (reply?.kind !== 'answer' || reply.value === undefined) return undefined;
  return { ...reply.value, range: { ...reply.value.range, endColumn: at.column } };
}

/** The ways to write the statement at a position. */
export const askSignatures = (at: TextPosition): Promise<SignaturesView | undefined> => ask((api, v) => api.signatures(v, at));

/** What stands at a position. */
export const askHover = (at: TextPosition): Promise<HoverAnswer | undefined> => ask((api, v) => api.hover(v, at));

/** Where the name at a position is defined. */
export const askDefinitions = (at: TextPosition): Promise<readonly TextRange[] | undefined> =>
  ask((api, v) => api.definitions(v, at));

/** Where the name at a position stands. */
export const askReferences = (at: TextPosition): Promise<readonly TextRange[] | undefined> =>
  ask((api, v) => api.references(v, at));

/** The name at a position that can be changed, or why it cannot. */
export const askRenameable = (at: TextPosition): Promise<Result<{ range: TextRange; name: string }, RequestError> | undefined> =>
  ask((api, v) => api.renameable(v, at));

/** The edits that give the name at a position another one, or why not: a refusal is also shown to the person. */
export async function askRename(at: TextPosition, to: string): Promise<Result<readonly TextEdit[], RequestError>> {
  const done = (await ask((api, v) => api.rename(v, at, to))) ?? err({ message: 'The text has changed meanwhile.' });
  if (!done.ok) useClient.setState((s) => ({ notice: { ...s.notice, error: done.error.message } }));
  return done;
}

/** What can be folded away. */
export const askFoldings = (): Promise<readonly FoldingView[] | undefined> => ask((api, v) => api.foldings(v));

/** The names that the text defines. */
export const askOutline = (): Promise<readonly OutlineEntry[] | undefined> => ask((api, v) => api.outline(v));
