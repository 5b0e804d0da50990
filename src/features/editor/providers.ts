// Monaco's questions about our language, passed on to the language worker, and the answers put into Monaco's words. Nothing is worked out
// here. Text of ours goes in as plain text everywhere: no name in a program can be markup.
import {
  askCompletion,
  askDefinitions,
  askFoldings,
  askHintsHere,
  askMendable,
  askOutline,
  askReferences,
  askRename,
  askRenameable,
  askSignatures,
  type CompletionKind,
  type TextPosition,
  type TextRange,
} from '#client';
import { A64 } from './a64-monarch.ts';
import { type editor, languages, type MonacoRange, Range } from './monaco.ts';

const place = ({ lineNumber, column }: { readonly lineNumber: number; readonly column: number }): TextPosition => ({
  line: lineNumber,
  column,
});

/** A range of ours as Monaco's. */
export const rangeOf = ({ line, column, endColumn }: TextRange): MonacoRange => new Range(line, column, line, endColumn);

const { CompletionItemKind, SymbolKind, FoldingRangeKind } = languages;

const COMPLETION_KINDS: Readonly<Record<CompletionKind, languages.CompletionItemKind>> = {
  instruction: CompletionItemKind.Method,
  directive: CompletionItemKind.Keyword,
  macro: CompletionItemKind.Snippet,
  register: CompletionItemKind.Variable,
  'system-register': CompletionItemKind.Property,
  word: CompletionItemKind.EnumMember,
  label: CompletionItemKind.Reference,
  constant: CompletionItemKind.Constant,
  header: CompletionItemKind.File,
};

const SYMBOL_KINDS = {
  function: SymbolKind.Function,
  label: SymbolKind.Key,
  object: SymbolKind.Variable,
  constant: SymbolKind.Constant,
  macro: SymbolKind.Method,
} as const;

/** Letters that ask by being typed. */
const ASKING = [' ', ',', '['];

languages.registerCompletionItemProvider(A64, {
  triggerCharacters: ASKING,
  async provideCompletionItems(_model, position, { triggerKind, triggerCharacter }, token) {
    const typed = triggerKind === languages.CompletionTriggerKind.TriggerCharacter ? (triggerCharacter ?? '') : '';
    const found = await askCompletion(place(position), typed, () => !token.isCancellationRequested);
    if (!found) return undefined;
    const range = rangeOf(found.range);
    return {
      suggestions: found.entries.map(({ label, kind, detail, doc }, index) => ({
        label: { label, description: doc === '' ? detail : doc },
        kind: COMPLETION_KINDS[kind],
        insertText: label,
        sortText: index.toString().padStart(5, '0'),
        range,
        ...(doc === '' ? {} : { detail, documentation: doc }),
      })),
    };
  },
});

languages.registerSignatureHelpProvider(A64, {
  signatureHelpTriggerCharacters: ASKING,
  signatureHelpRetriggerCharacters: [...ASKING, ']'],
  async provideSignatureHelp(_model, position) {
    const help = await askSignatures(place(position));
    if (!help) return undefined;
    return {
      value: {
        activeSignature: help.active,
        activeParameter: 0,
        signatures: help.signatures.map(({ text, doc, parameters, active }) => ({
          label: text,
          documentation: doc,
          parameters: parameters.map(({ start, end, doc: of }) => ({ label: [start, end], documentation: of })),
          activeParameter: active,
        })),
      },
      dispose: () => undefined,
    };
  },
});

languages.registerDefinitionProvider(A64, {
  async provideDefinition({ uri }, position) {
    const ranges = await askDefinitions(place(position));
    return ranges?.map((range) => ({ uri, range: rangeOf(range) }));
  },
});

languages.registerReferenceProvider(A64, {
  async provideReferences({ uri }, position) {
    const ranges = await askReferences(place(position));
    return ranges?.map((range) => ({ uri, range: rangeOf(range) }));
  },
});

languages.registerRenameProvider(A64, {
  async resolveRenameLocation(_model, position) {
    const found = await askRenameable(place(position));
    const nothing = { range: new Range(position.lineNumber, position.column, position.lineNumber, position.column), text: '' };
    if (!found) return { ...nothing, rejectReason: 'The text has changed meanwhile.' };
    if (!found.ok) return { ...nothing, rejectReason: found.error.message };
    return { range: rangeOf(found.value.range), text: found.value.name };
  },
  async provideRenameEdits(model, position, to) {
    const done = await askRename(place(position), to);
    if (!done.ok) return { edits: [], rejectReason: done.error.message };
    return { edits: done.value.map(({ range, text }) => textEdit(model, range, text)) };
  },
});

languages.registerFoldingRangeProvider(A64, {
  async provideFoldingRanges() {
    const found = await askFoldings();
    return found?.map(({ line, endLine, kind }) => ({
      start: line,
      end: endLine,
      kind: kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region,
    }));
  },
});

languages.registerDocumentSymbolProvider(A64, {
  async provideDocumentSymbols() {
    const found = await askOutline();
    return found?.map(({ name, kind, value, range }) => ({
      name,
      detail: value === undefined ? kind : `${kind} 0x${value.toString(16)}`,
      kind: SYMBOL_KINDS[kind],
      tags: [],
      range: rangeOf(range),
      selectionRange: rangeOf(range),
    }));
  },
});

languages.registerCodeActionProvider(
  A64,
  {
    async provideCodeActions(model, { startLineNumber, endLineNumber }, { markers }) {
      const mistakes = (await askMendable(startLineNumber, endLineNumber)) ?? [];
      const hints = (await askHintsHere()).flatMap(({ fix, ...hint }) =>
        fix && hint.line >= startLineNumber && hint.line <= endLineNumber ? [{ ...hint, fixes: [fix] }] : [],
      );
      return {
        actions: [...mistakes, ...hints].flatMap(({ line, column, message, fixes = [] }) =>
          fixes.map((fix, index) => ({
            title: fix.title,
            kind: 'quickfix',
            diagnostics: markers.filter((m) => m.startLineNumber === line && m.startColumn === column && m.message === message),
            isPreferred: index === 0 && fixes.length === 1,
            edit: { edits: [textEdit(model, fix, fix.text)] },
          })),
        ),
        dispose: () => undefined,
      };
    },
  },
  { providedCodeActionKinds: ['quickfix'] },
);

/** An edit of the text as it stands now. */
function textEdit(model: editor.ITextModel, range: TextRange, text: string): languages.IWorkspaceTextEdit {
  return { resource: model.uri, versionId: model.getVersionId(), textEdit: { range: rangeOf(range), text } };
}
