export { type Completion, type CompletionItem, type CompletionKind, complete } from './completion.ts';
export { type Document, openDocument, type Position, type Range } from './document.ts';
export type { FlagUse, PossibleTrap } from './effects.ts';
export {
  type BitSpan,
  bitSpans,
  type Hover,
  type HoverContent,
  hover,
  type InstructionHover,
  type SystemRegisterHover,
} from './hover.ts';
export { definitions, type Rename, references, rename, renameable } from './navigation.ts';
export { type HintOptions, type NoSyndromeHint, noSyndromeHints } from './no-syndrome.ts';
export { type CodeHint, codeHints, type Folding, foldings, type OutlineItem, outline } from './outline.ts';
export { type SignatureHelp, signatureHelp } from './signature-help.ts';
