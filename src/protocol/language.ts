// What the editor asks about a text, and what it gets: plain data. Each question names the version of the text that it is about. A question
// that newer text has overtaken is answered `stale`, so nobody waits for it and nobody shows it. Lines and columns count from 1.

import type { Result } from '#base';
import type { ProgramView, RequestError, SourceDiagnostic, SourceFix } from './messages.ts';

/** A place between two letters: before the one at `column`. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Letters of one line; `endColumn` is exclusive. */
export interface TextRange extends TextPosition {
  readonly endColumn: number;
}

/** Something to be put in the place of a range. */
export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}

export type CompletionKind =
  | 'instruction'
  | 'directive'
  | 'macro'
  | 'register'
  | 'system-register'
  | 'word'
  | 'label'
  | 'constant'
  | 'header';

export interface CompletionEntry {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Beside the label: a signature, a value, what it is. */
  readonly detail: string;
  /** One sentence; '' when there is none. */
  readonly doc: string;
  /** Smaller comes first. */
  readonly rank: number;
}

/** A load or store of a device whose abort carries no syndrome. */
export interface AccessHintView extends TextRange {
  readonly message: string;
  /** In a word: `write-back`, `a pair`. */
  readonly what: string;
  /** The form that has one. */
  readonly fix: SourceFix | undefined;
}

/** What may stand at a position. */
export interface CompletionView {
  /** The text that an entry replaces. */
  readonly range: TextRange;
  readonly entries: readonly CompletionEntry[];
}

/** One way to write a statement. */
export interface SignatureView {
  readonly text: string;
  readonly doc: string;
  /** Pieces of `text`; `end` is exclusive. */
  readonly parameters: readonly { readonly start: number; readonly end: number; readonly doc: string }[];
  /** Index into `parameters`; -1 for none. */
  readonly active: number;
}

/** The ways to write the statement at a position, and the one that fits best. */
export interface SignaturesView {
  readonly signatures: readonly SignatureView[];
  readonly active: number;
}

/** Bits of an encoding that belong together. */
export interface EncodingSpan {
  readonly msb: number;
  readonly lsb: number;
  /** '' where the bits have no name. */
  readonly name: string;
  /** Fixed by the instruction; a field; written but not looked at; or a copy of a field. */
  readonly kind: 'fixed' | 'field' | 'should-be' | 'repeat';
}

/** A rule by which something may be trapped. */
export interface TrapView {
  readonly from: 'EL0' | 'EL1' | 'EL2';
  readonly to: 'EL1' | 'EL2' | 'UNDEFINED';
  /** What must hold: `HCR_EL2.TVM=1`. */
  readonly when: string;
  /** Exception class, and its name. */
  readonly ec: number;
  readonly ecName: string;
}

/** What stands at a position. */
export type HoverView =
  | {
      readonly kind: 'instruction';
      /** As a disassembler writes it, mnemonic and operands apart. */
      readonly mnemonic: string;
      readonly operands: string;
      readonly address: bigint;
      readonly word: number;
      readonly spans: readonly EncodingSpan[];
      /** The manual's title of its group. */
      readonly group: string;
      readonly doc: string;
      /** FEAT_ name, when it is newer than Armv8.0. */
      readonly feature: string | undefined;
      /** Why the model does not execute it. */
      readonly notModelled: string | undefined;
      /** What it does, a step a line. */
      readonly operation: readonly string[];
      readonly flagsRead: string;
      readonly flagsWritten: string;
      readonly unpredictable: readonly { readonly doc: string; readonly choice: string; readonly source: string }[];
      readonly traps: readonly TrapView[];
    }
  | {
      readonly kind: 'system-register';
      readonly name: string;
      readonly encoding: string;
      readonly doc: string;
      readonly access: string;
      readonly feature: string | undefined;
      readonly fields: readonly { readonly name: string; readonly msb: number; readonly lsb: number }[];
      readonly traps: readonly TrapView[];
    }
  | {
      readonly kind: 'symbol';
      readonly name: string;
      readonly what: 'label' | 'constant' | 'undefined';
      readonly value: bigint | undefined;
      readonly section: string | undefined;
      readonly line: number | undefined;
      readonly uses: number;
    }
  | { readonly kind: 'directive'; readonly name: string; readonly syntax: string; readonly doc: string }
  | { readonly kind: 'macro'; readonly name: string; readonly formals: readonly string[]; readonly body: readonly string[] }
  | { readonly kind: 'register-name'; readonly name: string; readonly register: string }
  | { readonly kind: 'number'; readonly value: bigint };

export interface HoverAnswer {
  readonly range: TextRange;
  readonly view: HoverView;
}

/** Lines `line` to `endLine` (inclusive) that can be folded away behind the first. */
export interface FoldingView {
  readonly line: number;
  readonly endLine: number;
  readonly kind: 'region' | 'comment';
}

/** A name that the text defines. */
export interface OutlineEntry {
  readonly name: string;
  readonly kind: 'function' | 'label' | 'object' | 'constant' | 'macro';
  /** Address or value; undefined for macros. */
  readonly value: bigint | undefined;
  readonly range: TextRange;
}

/** An answer, or word that the text has changed since. */
export type Asked<T> = { readonly kind: 'answer'; readonly value: T } | { readonly kind: 'stale' };

/** The questions about a text. Every method is asynchronous on the page's side (Comlink). */
export interface LanguageApi {
  /** Takes the text of a version; versions only grow. */
  open(version: number, source: string): void;
  /** Assembles it: diagnostics, addresses and machine code of lines. */
  program(version: number): Promise<Asked<ProgramView>>;
  /** The mistakes on lines `first` to `last` (inclusive) that can be mended by themselves. */
  mendable(version: number, first: number, last: number): Promise<Asked<readonly SourceDiagnostic[]>>;
  /** Accesses of devices that KVM could not emulate; `met` are lines where a run has met one. */
  accessHints(version: number, met: readonly number[]): Promise<Asked<readonly AccessHintView[]>>;
  /** What may stand at a position. `typed` is the letter that asked by being typed, '' when a person did. */
  completion(version: number, at: TextPosition, typed: string): Promise<Asked<CompletionView | undefined>>;
  signatures(version: number, at: TextPosition): Promise<Asked<SignaturesView | undefined>>;
  hover(version: number, at: TextPosition): Promise<Asked<HoverAnswer | undefined>>;
  definitions(version: number, at: TextPosition): Promise<Asked<readonly TextRange[]>>;
  /** Definitions among them. */
  references(version: number, at: TextPosition): Promise<Asked<readonly TextRange[]>>;
  /** The name at a position that can be changed, or why it cannot. */
  renameable(version: number, at: TextPosition): Promise<Asked<Result<{ range: TextRange; name: string }, RequestError>>>;
  /** The edits that change it. */
  rename(version: number, at: TextPosition, to: string): Promise<Asked<Result<readonly TextEdit[], RequestError>>>;
  foldings(version: number): Promise<Asked<readonly FoldingView[]>>;
  outline(version: number): Promise<Asked<readonly OutlineEntry[]>>;
}
