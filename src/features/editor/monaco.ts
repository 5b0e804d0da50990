// Monaco, cut to what the code view uses, with its worker from our own origin, our language and a theme made of the app's tokens.
// The only file that names Monaco's parts; it is loaded when the code view first stands on screen.
import { editor, languages, type Range as MonacoRange } from 'monaco-editor/editor';
// @ts-expect-error Monaco publishes no types for this part
import { HoverParticipantRegistry as registry } from 'monaco-editor/editor/contrib/hover/browser/hoverTypes';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/gotoLine/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/lineSelection/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/parameterHints/register';
import 'monaco-editor/features/placeholderText/register';
import 'monaco-editor/features/quickOutline/register';
import 'monaco-editor/features/referenceSearch/register';
import 'monaco-editor/features/rename/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
// No feature brings these two.
import 'monaco-editor/editor/contrib/gotoSymbol/browser/goToCommands';
import 'monaco-editor/editor/contrib/gotoSymbol/browser/link/goToDefinitionAtPosition';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import { isDark, isHighContrast, onThemeChange, token } from '#ui';
import { A64, a64Configuration, a64Grammar } from './a64-monarch.ts';

export { editor, languages, MarkerSeverity, Range } from 'monaco-editor/editor';
export type { MonacoRange };

/** Where a hover is asked for: a range of the text (1), or something of Monaco's own. */
export type HoverAnchor = { readonly type: 1; readonly range: MonacoRange } | { readonly type: 2; readonly range: MonacoRange };

/** One thing that a hover says. */
export interface HoverPart {
  readonly owner: unknown;
  readonly range: MonacoRange;
  readonly isValidForHoverAnchor: (anchor: HoverAnchor) => boolean;
}

/** What a participant draws into. */
export interface HoverContext {
  readonly fragment: DocumentFragment;
}

/** Whoever contributes to hovers; Monaco makes one for each editor. */
export interface HoverParticipant<Part extends HoverPart> {
  readonly hoverOrdinal: number;
  computeSync(): Part[];
  computeAsync(anchor: HoverAnchor): AsyncIterable<Part>;
  renderHoverParts(
    context: HoverContext,
    parts: readonly Part[],
  ): {
    readonly renderedHoverParts: readonly { readonly hoverPart: Part; readonly hoverElement: HTMLElement }[];
    dispose(): void;
  };
  getAccessibleContent(part: Part): string;
}

/** Monaco's own list of them. Not part of its published interface: the version of Monaco is pinned, and a test reads the hover. */
export const HoverParticipantRegistry = registry as {
  register<Part extends HoverPart>(participant: new () => HoverParticipant<Part>): void;
};

const THEME = 'trapscope';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

languages.register({ id: A64, extensions: ['.s', '.S', '.asm'] });
languages.setLanguageConfiguration(A64, a64Configuration);
languages.setMonarchTokensProvider(A64, a64Grammar);

/** Of the kinds that providers.ts gives; an icon is a sign, not a hue. */
const SYMBOL_ICONS = [
  'method',
  'keyword',
  'snippet',
  'variable',
  'property',
  'enumeratorMember',
  'reference',
  'constant',
  'file',
  'function',
  'key',
];

/** Syntax by weight: mnemonics bold, operands quieter, comments and directives quietest. Hue stays free for the worlds. */
function defineTheme(): void {
  const ink = token('--ink');
  const two = token('--ink-2');
  const three = token('--ink-3');
  const pane = token('--bg-pane');
  const inset = token('--bg-inset');
  const raised = token('--bg-raised');
  const line = token('--line');
  const control = token('--line-control');
  const focus = token('--focus');
  const clear = `${pane}00`;
  editor.defineTheme(THEME, {
    base: isHighContrast() ? (isDark() ? 'hc-black' : 'hc-light') : isDark() ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      { token: '', foreground: two.slice(1) },
      { token: 'mnemonic', foreground: ink.slice(1), fontStyle: 'bold' },
      { token: 'label', foreground: ink.slice(1) },
      { token: 'register', foreground: two.slice(1) },
      { token: 'number', foreground: two.slice(1) },
      { token: 'string', foreground: two.slice(1) },
      { token: 'directive', foreground: three.slice(1) },
      { token: 'comment', foreground: three.slice(1) },
    ],
    colors: {
      'editor.background': pane,
      'editor.foreground': two,
      'editorCursor.foreground': ink,
      'editorLineNumber.foreground': three,
      'editorLineNumber.activeForeground': two,
      'editor.selectionBackground': token('--selection'),
      'editor.inactiveSelectionBackground': token('--bg-current'),
      'editor.wordHighlightBackground': token('--bg-hover'),
      'editor.wordHighlightStrongBackground': token('--bg-hover'),
      'editor.selectionHighlightBackground': token('--bg-hover'),
      'editor.findMatchBackground': token('--selection'),
      'editor.findMatchHighlightBackground': token('--bg-hover'),
      'editor.findMatchBorder': focus,
      'editorBracketMatch.background': clear,
      'editorBracketMatch.border': control,
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, two])),
      'editorBracketHighlight.unexpectedBracket.foreground': two,
      'editorWhitespace.foreground': line,
      'editorError.foreground': token('--say-bad'),
      'editorWarning.foreground': token('--say-warn'),
      'editorInfo.foreground': three,
      'editorOverviewRuler.border': clear,
      'editorOverviewRuler.errorForeground': token('--say-bad'),
      'editorOverviewRuler.warningForeground': token('--say-warn'),
      'editorHoverWidget.background': raised,
      'editorHoverWidget.foreground': ink,
      'editorHoverWidget.border': control,
      'editorWidget.background': raised,
      'editorWidget.foreground': ink,
      'editorWidget.border': control,
      'editorMarkerNavigation.background': raised,
      'editorMarkerNavigationError.background': token('--say-bad'),
      'editorMarkerNavigationWarning.background': token('--say-warn'),
      'editorHoverWidget.highlightForeground': ink,
      'editorHoverWidget.statusBarBackground': raised,
      'editorSuggestWidget.background': raised,
      'editorSuggestWidget.border': control,
      'editorSuggestWidget.foreground': two,
      'editorSuggestWidget.selectedBackground': token('--bg-current'),
      'editorSuggestWidget.selectedForeground': ink,
      'editorSuggestWidget.focusOutline': focus,
      'editorSuggestWidget.highlightForeground': ink,
      'editorSuggestWidget.focusHighlightForeground': ink,
      'menu.background': raised,
      'menu.foreground': ink,
      'list.hoverForeground': ink,
      descriptionForeground: three,
      'editorActionList.background': raised,
      'editorActionList.foreground': ink,
      'editorActionList.focusBackground': token('--bg-current'),
      'editorActionList.focusForeground': ink,
      'editorLightBulb.foreground': two,
      'editorLightBulbAutoFix.foreground': two,
      'editorGutter.foldingControlForeground': three,
      'editor.foldBackground': token('--bg-current'),
      'editor.foldPlaceholderForeground': three,
      'editorLink.activeForeground': ink,
      'editor.rangeHighlightBackground': token('--bg-hover'),
      'editor.symbolHighlightBackground': token('--bg-hover'),
      'quickInput.background': raised,
      'quickInput.foreground': ink,
      'quickInputList.focusBackground': token('--bg-current'),
      'quickInputList.focusForeground': ink,
      'quickInputList.focusHighlightForeground': ink,
      'pickerGroup.border': line,
      'pickerGroup.foreground': three,
      'list.focusBackground': token('--bg-current'),
      'list.focusForeground': ink,
      'list.focusOutline': focus,
      'list.hoverBackground': token('--bg-hover'),
      'list.highlightForeground': ink,
      'list.focusHighlightForeground': ink,
      'list.activeSelectionBackground': token('--bg-current'),
      'list.activeSelectionForeground': ink,
      'list.inactiveSelectionBackground': token('--bg-current'),
      ...Object.fromEntries(SYMBOL_ICONS.map((icon) => [`symbolIcon.${icon}Foreground`, three])),
      'peekView.border': control,
      'peekViewEditor.background': pane,
      'peekViewEditorGutter.background': pane,
      'peekViewEditor.matchHighlightBackground': token('--selection'),
      'peekViewResult.background': raised,
      'peekViewResult.fileForeground': ink,
      'peekViewResult.lineForeground': two,
      'peekViewResult.matchHighlightBackground': token('--selection'),
      'peekViewResult.selectionBackground': token('--bg-current'),
      'peekViewResult.selectionForeground': ink,
      'peekViewTitle.background': raised,
      'peekViewTitleLabel.foreground': ink,
      'peekViewTitleDescription.foreground': three,
      'input.background': inset,
      'input.foreground': ink,
      'input.border': control,
      'inputValidation.infoBackground': raised,
      'inputValidation.infoForeground': ink,
      'inputValidation.infoBorder': control,
      'inputOption.activeBorder': focus,
      'inputOption.activeBackground': token('--bg-current'),
      'inputOption.activeForeground': ink,
      focusBorder: focus,
      'textLink.foreground': ink,
      'textLink.activeForeground': ink,
      'widget.border': control,
      'widget.shadow': '#00000000',
      'scrollbar.shadow': '#00000000',
      'scrollbarSlider.background': `${token('--line-strong')}80`,
      'scrollbarSlider.hoverBackground': token('--line-strong'),
      'scrollbarSlider.activeBackground': control,
      'toolbar.hoverBackground': token('--bg-hover'),
      'toolbar.hoverOutline': clear,
      'editor.placeholder.foreground': three,
    },
  });
  editor.setTheme(THEME);
}

defineTheme();
onThemeChange(defineTheme);

/** The one text model: it outlives the view, so that undo does too. */
export const model = editor.createModel('', A64);
