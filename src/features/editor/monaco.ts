// Monaco, cut to what the code view uses, with its worker from our own origin, our language and a theme made of the app's tokens.
// The only file that names Monaco's parts; it is loaded when the code view first stands on screen.
import { editor, languages } from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/lineSelection/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/placeholderText/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import { isDark, isHighContrast, onThemeChange, token } from '#ui';
import { A64, a64Configuration, a64Grammar } from './a64-monarch.ts';

export { editor, MarkerSeverity, Range } from 'monaco-editor/editor';

const THEME = 'trapscope';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

languages.register({ id: A64, extensions: ['.s', '.S', '.asm'] });
languages.setLanguageConfiguration(A64, a64Configuration);
languages.setMonarchTokensProvider(A64, a64Grammar);

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
      'peekViewTitle.background': raised,
      'input.background': inset,
      'input.foreground': ink,
      'input.border': control,
      'inputOption.activeBorder': focus,
      'inputOption.activeBackground': token('--bg-current'),
      'inputOption.activeForeground': ink,
      focusBorder: focus,
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
