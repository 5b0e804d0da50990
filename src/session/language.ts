// The editor's questions about a text, answered: keeps the newest text and what was learned of it, asks the language service, and puts its
// answers into the words of the protocol. A question waits for its turn once, so that text which came meanwhile is seen and what it has
// overtaken is not worked on. Knows no machine: it can live on a thread of its own.

import { exceptionClass } from '#arch/syndrome';
import { err, ok } from '#base';
import {
  complete,
  type Document,
  definitions,
  foldings,
  type Hover,
  hover,
  type NoSyndromeHint,
  noSyndromeHints,
  openDocument,
  outline,
  type PossibleTrap,
  references,
  rename,
  renameable,
  signatureHelp,
} from '#language';
import type {
  AccessHintView,
  Asked,
  CompletionEntry,
  CompletionView,
  HoverAnswer,
  HoverView,
  LanguageApi,
  SignaturesView,
  TextPosition,
  TrapView,
} from '#protocol';
import { LOAD_ADDRESS, programView, RAM_BASE, RAM_MOST } from './program-views.ts';

/** What it needs from the thread that it lives on. */
export interface LanguageHost {
  /** Calls back soon, after messages that are here already had their turn. */
  defer(callback: () => void): void;
}

const byName = new Intl.Collator('en', { numeric: true });

/** Makes the service; its methods are the requests of the protocol. */
export function createLanguage(host: LanguageHost): LanguageApi {
  let version = 0;
  let source = '';
  let document: Document | undefined;

  const ask = <T>(about: number, answer: (document: Document) => T): Promise<Asked<T>> =>
    new Promise((resolve, reject) => {
      host.defer(() => {
        if (about !== version) return resolve({ kind: 'stale' });
        try {
          document ??= openDocument(source, { base: LOAD_ADDRESS });
          resolve({ kind: 'answer', value: answer(document) });
        } catch (bug) {
          reject(bug);
        }
      });
    });

  return {
    open(next, text) {
      if (next <= version) return;
      version = next;
      source = text;
      document = undefined;
    },
    program: (about) => ask(about, ({ inspection }) => programView(inspection.result)),
    mendable: (about, first, last) =>
      ask(about, ({ inspection }) =>
        inspection.result.diagnostics.filter(({ line, fixes }) => fixes !== undefined && line >= first && line <= last),
      ),
    accessHints: (about, met) => ask(about, (text) => noSyndromeHints(text, { isDevice, met: new Set(met) }).map(hintView)),
    completion: (about, at, typed) => ask(about, (text) => completionView(text, at, typed)),
    signatures: (about, at) => ask(about, (text) => signaturesView(signatureHelp(text, at))),
    hover: (about, at) => ask(about, (text) => hoverAnswer(hover(text, at))),
    definitions: (about, at) => ask(about, (text) => definitions(text, at)),
    references: (about, at) => ask(about, (text) => references(text, at)),
    renameable: (about, at) =>
      ask(about, (text) => {
        const found = renameable(text, at);
        return typeof found === 'string' ? err({ message: found }) : ok(found);
      }),
    rename: (about, at, to) =>
      ask(about, (text) => {
        const done = rename(text, at, to);
        return done.ok ? ok(done.edits) : err({ message: done.reason });
      }),
    foldings: (about) => ask(about, foldings),
    outline: (about) => ask(about, outline),
  };
}

function isDevice(address: bigint): boolean {
  return address < RAM_BASE || address >= RAM_BASE + RAM_MOST;
}

function hintView({ range, message, what, fix }: NoSyndromeHint): AccessHintView {
  return { ...range, message, what, fix: fix && { ...range, ...fix } };
}

function completionView(text: Document, at: TextPosition, typed: string): CompletionView | undefined {
  const completion = complete(text, at, typed);
  if (completion === undefined) return undefined;
  const { range, items } = completion;
  // What the letters before the cursor rule out need not cross: the editor narrows the rest down as more are typed.
  const word = (text.lines[at.line - 1] ?? '').slice(range.column - 1, at.column - 1).toLowerCase();
  const entries = items.filter(({ label }) => hasInOrder(label.toLowerCase(), word)).sort(inOrder);
  return entries.length === 0 ? undefined : { range, entries };
}

/** True when a text has these letters in their order, with any others between. */
function hasInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const found = text.indexOf(letter, from);
    if (found < 0) return false;
    from = found + 1;
  }
  return true;
}

/** Registers stand in the order that the service gives them, the rest of a rank by name. */
function inOrder(a: CompletionEntry, b: CompletionEntry): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  return a.kind === 'register' ? 0 : byName.compare(a.label, b.label);
}

function signaturesView(help: ReturnType<typeof signatureHelp>): SignaturesView | undefined {
  if (help === undefined) return undefined;
  const signatures = help.signatures.map(({ text, doc, parameters, activeParameter }) => ({
    text,
    doc,
    parameters: parameters.map(({ start, end, doc: of }) => ({ start, end, doc: of })),
    active: activeParameter,
  }));
  return { signatures, active: help.active };
}

function hoverAnswer(found: Hover | undefined): HoverAnswer | undefined {
  return found && { range: found.range, view: hoverView(found) };
}

function hoverView({ content }: Hover): HoverView {
  switch (content.kind) {
    case 'instruction': {
      const { address, word, group, doc, feature, notModelled, operation, unpredictable, flags } = content;
      const [mnemonic = '', operands = ''] = content.text.split('\t');
      return {
        kind: 'instruction',
        mnemonic,
        operands,
        address,
        word,
        spans: content.bits.map(({ msb, lsb, name, kind }) => ({ msb, lsb, name, kind })),
        group,
        doc,
        feature,
        notModelled,
        operation,
        flagsRead: flags.reads.join(''),
        flagsWritten: flags.writes.join(''),
        unpredictable,
        traps: trapViews(content.traps),
      };
    }
    case 'system-register':
      return { ...content, traps: trapViews(content.traps) };
    case 'symbol': {
      const { kind, name, what, value, section, definition, uses } = content;
      return { kind, name, what, value, section, line: definition?.line, uses };
    }
    default:
      return content;
  }
}

const LEVELS = ['EL0', 'EL1', 'EL2'] as const;

function trapViews(traps: readonly PossibleTrap[]): TrapView[] {
  return traps.map(({ rule, from, to, ec }) => ({
    from: LEVELS[from],
    to: to === 'undefined' ? 'UNDEFINED' : LEVELS[to],
    // A rule is called by what it traps, how, and when.
    when: rule.replace(/^.*? (?:read|write|execute) /, ''),
    ec,
    ecName: exceptionClass(ec)?.name ?? 'Reserved',
  }));
}
