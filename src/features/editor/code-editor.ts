// The code view's Monaco editor, with everything the machine draws into it. Facts go in (text, diagnostics, code, breakpoints,
// levels, the current line, badges); what the person does comes out (text, breakpoints, the cursor). It owns the Monaco objects
// and knows no store. Facts about lines follow the text while it is edited, until newer facts come.
import { onThemeChange, type World, worldClass } from '#ui';
import { type Badge, createBadgeLayer } from './badges.ts';
import './hover-participant.ts';
import { editor, MarkerSeverity, model, Range } from './monaco.ts';
import './providers.ts';
import { type GutterShape, gutterLetters, gutterShape, gutterText, type LineCode, shiftLines } from './view-model.ts';

/** What the editor tells. */
export interface CodeEditorEvents {
  readonly onText: (text: string) => void;
  readonly onToggleBreakpoint: (line: number) => void;
  /** Breakpoints moved with an edit. */
  readonly onBreakpoints: (lines: readonly number[]) => void;
  readonly onCursor: (line: number) => void;
}

/** A diagnostic; columns from 1, `endColumn` exclusive. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

/** The editor as the view uses it. */
export interface CodeEditor {
  readonly setText: (text: string) => void;
  /** A text that is no program's source: it can be read, and nothing else. */
  readonly setReadOnly: (fixed: boolean) => void;
  /** All that one of those who find them finds now. */
  readonly setProblems: (from: 'assembler' | 'hypervisor', problems: readonly Problem[]) => void;
  /** Address and machine code by line; undefined hides the columns. */
  readonly setCode: (code: ReadonlyMap<number, LineCode> | undefined) => void;
  readonly setBreakpoints: (lines: readonly number[]) => void;
  readonly setLevels: (world: (line: number) => World | undefined) => void;
  readonly setCurrent: (current: { readonly line: number; readonly world: World } | undefined) => void;
  readonly setBadges: (badges: readonly Badge[]) => void;
  readonly reveal: (line: number) => void;
  /** Runs one of Monaco's actions at the cursor. */
  readonly act: (action: string) => void;
  readonly focus: () => void;
  readonly dispose: () => void;
}

const FONT_SIZE = 12;
const GUTTER_FONT_SIZE = 11;
/** Below this width the text needs the room: no addresses. */
const NARROW = 420;

/** Makes the editor inside `host`. */
export function createCodeEditor(host: HTMLElement, events: CodeEditorEvents): CodeEditor {
  const touch = matchMedia('(pointer: coarse)').matches;
  const style = getComputedStyle(host);
  const code = editor.create(host, {
    model,
    theme: 'trapscope',
    ariaLabel: 'Program, A64 assembly',
    accessibilitySupport: 'auto',
    placeholder: 'Write A64 assembly here, or open an example.',
    automaticLayout: true,
    fontFamily: style.getPropertyValue('--face-data'),
    fontSize: FONT_SIZE,
    lineHeight: touch ? 20 : 18,
    fontLigatures: false,
    tabSize: 8,
    insertSpaces: true,
    detectIndentation: false,
    glyphMargin: true,
    lineDecorationsWidth: 8,
    lineNumbersMinChars: 3,
    folding: true,
    foldingHighlight: false,
    showFoldingControls: 'mouseover',
    minimap: { enabled: false },
    overviewRulerBorder: false,
    overviewRulerLanes: 2,
    hideCursorInOverviewRuler: true,
    scrollBeyondLastLine: false,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
    padding: { top: 4, bottom: 4 },
    renderLineHighlight: 'none',
    roundedSelection: false,
    guides: { indentation: false, bracketPairs: false },
    bracketPairColorization: { enabled: false },
    matchBrackets: 'near',
    occurrencesHighlight: 'singleFile',
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
    stickyScroll: { enabled: false },
    quickSuggestions: { other: 'on', comments: 'off', strings: 'off' },
    quickSuggestionsDelay: 50,
    wordBasedSuggestions: 'off',
    // Enter ends a line: it takes a suggestion only where that changes the text.
    acceptSuggestionOnEnter: 'smart',
    acceptSuggestionOnCommitCharacter: false,
    suggest: {
      showIcons: false,
      showStatusBar: false,
      insertMode: 'replace',
      localityBonus: false,
      shareSuggestSelections: false,
    },
    suggestSelection: 'first',
    suggestFontSize: FONT_SIZE,
    suggestLineHeight: 20,
    parameterHints: { enabled: true, cycle: true },
    hover: { enabled: 'on', delay: 300, sticky: true, above: true },
    // What can be mended is said by the hover of the mistake.
    lightbulb: { enabled: editor.ShowLightbulbIconMode.Off },
    definitionLinkOpensInPeek: false,
    gotoLocation: { multipleDefinitions: 'peek', multipleReferences: 'peek' },
    links: false,
    contextmenu: false,
    dragAndDrop: false,
    fixedOverflowWidgets: true,
    cursorBlinking: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'solid' : 'blink',
    // Set in light text on dark ground and the reverse: the face needs no smoothing tricks.
    disableLayerHinting: true,
  });

  const breakpoints = code.createDecorationsCollection();
  const levels = code.createDecorationsCollection();
  const current = code.createDecorationsCollection();
  const badgeLayer = createBadgeLayer(code);
  const badgeLines = code.createDecorationsCollection();
  let badges: readonly Badge[] = [];
  let lineCode: ReadonlyMap<number, LineCode> | undefined;
  let shown: ReadonlyMap<number, LineCode> | undefined;
  let shape: GutterShape = { numberWidth: 0, addressWidth: 0 };
  let settingText = false;
  let hintLine = 0;
  const hint = code.createDecorationsCollection();

  const wholeLine = (line: number) => new Range(line, 1, line, 1);
  const inText = (line: number) => line >= 1 && line <= model.getLineCount();

  /** Fits the gutter to what it shows. Monaco asks for a line's text whenever it draws the line; `anew` makes it draw all of them. */
  const drawGutter = (anew: boolean) => {
    shown = code.getLayoutInfo().width >= NARROW ? lineCode : undefined;
    const next = gutterShape(model.getLineCount(), shown);
    if (!anew && next.numberWidth === shape.numberWidth && next.addressWidth === shape.addressWidth) return;
    shape = next;
    const info = code.getOption(editor.EditorOption.fontInfo);
    const letter = (info.typicalHalfwidthCharacterWidth * GUTTER_FONT_SIZE) / FONT_SIZE;
    const left = code.getLayoutInfo().lineNumbersLeft;
    host.style.setProperty('--gutter-left', `${left}px`);
    host.style.setProperty('--level-left', `${left + shape.numberWidth * letter + 5}px`);
    code.updateOptions({
      lineNumbers: (line) => gutterText(line, shape, shown?.get(line)),
      lineNumbersMinChars: Math.ceil((gutterLetters(shape) * letter + 10) / info.maxDigitWidth),
    });
  };

  const drawBreakpoints = (lines: readonly number[]) => {
    breakpoints.set(
      lines.filter(inText).map((line) => ({
        range: wholeLine(line),
        options: {
          glyphMarginClassName: !lineCode || lineCode.has(line) ? 'code-break' : 'code-break code-break-off',
          glyphMarginHoverMessage: {
            value: lineCode && !lineCode.has(line) ? 'Breakpoint on a line without code' : 'Breakpoint',
          },
          overviewRuler: { color: { id: 'editorOverviewRuler.errorForeground' }, position: editor.OverviewRulerLane.Left },
          stickiness: editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
        },
      })),
    );
  };
  const breakpointLines = () => [...new Set(breakpoints.getRanges().map((range) => range.startLineNumber))].sort((a, b) => a - b);

  const drawBadges = () => {
    const lines = badgeLines.getRanges();
    badgeLayer.set(
      badges.flatMap((badge, index) => {
        const range = lines[index];
        return range ? [{ ...badge, line: range.startLineNumber }] : [];
      }),
    );
  };

  const subscriptions = [
    model.onDidChangeContent((event) => {
      if (!settingText) {
        if (lineCode) {
          // From the bottom up, as each change counts lines of the text before it.
          for (const change of event.changes.toSorted((a, b) => b.range.startLineNumber - a.range.startLineNumber))
            lineCode = shiftLines(lineCode, {
              first: change.range.startLineNumber,
              last: change.range.endLineNumber,
              lines: change.text.split('\n').length,
            });
        }
        events.onText(model.getValue());
        events.onBreakpoints(breakpointLines());
      }
      drawGutter(false);
      drawBadges();
    }),
    code.onDidScrollChange(badgeLayer.place),
    code.onDidContentSizeChange(badgeLayer.place),
    code.onDidLayoutChange(() => {
      drawGutter(false);
      badgeLayer.place();
    }),
    code.onDidChangeCursorPosition((event) => events.onCursor(event.position.lineNumber)),
    code.onMouseDown((event) => {
      const { type, position } = event.target;
      const inMargin = type === editor.MouseTargetType.GUTTER_GLYPH_MARGIN || type === editor.MouseTargetType.GUTTER_LINE_NUMBERS;
      if (inMargin && position && event.event.leftButton) events.onToggleBreakpoint(position.lineNumber);
    }),
    code.onMouseMove((event) => {
      const over =
        event.target.type === editor.MouseTargetType.GUTTER_GLYPH_MARGIN ? (event.target.position?.lineNumber ?? 0) : 0;
      if (over === hintLine) return;
      hintLine = over;
      hint.set(over > 0 ? [{ range: wholeLine(over), options: { glyphMarginClassName: 'code-break-hint' } }] : []);
    }),
    code.onMouseLeave(() => {
      hintLine = 0;
      hint.clear();
    }),
  ];
  // The face is measured by Monaco: once more when it is here.
  void document.fonts.load(`${FONT_SIZE}px "IBM Plex Mono"`).then(() => {
    editor.remeasureFonts();
    drawGutter(true);
    drawBadges();
  });
  const stopTheme = onThemeChange(() => badgeLayer.place());
  drawGutter(true);

  return {
    setText: (text) => {
      if (text === model.getValue()) return;
      settingText = true;
      // Another program: what was known of the lines went with the old one.
      lineCode &&= new Map();
      badges = [];
      model.setValue(text);
      model.setEOL(editor.EndOfLineSequence.LF);
      settingText = false;
    },
    setReadOnly: (readOnly) =>
      code.updateOptions({
        readOnly,
        domReadOnly: readOnly,
        readOnlyMessage: { value: 'This is a listing of a file: its text cannot be edited.' },
      }),
    setProblems: (from, problems) =>
      editor.setModelMarkers(
        model,
        from,
        problems.map((problem) => ({
          startLineNumber: problem.line,
          endLineNumber: problem.line,
          startColumn: problem.column,
          endColumn: Math.max(problem.endColumn, problem.column + 1),
          message: problem.message,
          severity: { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, info: MarkerSeverity.Info }[problem.severity],
        })),
      ),
    setCode: (next) => {
      lineCode = next;
      drawGutter(true);
      drawBreakpoints(breakpointLines());
    },
    setBreakpoints: drawBreakpoints,
    setLevels: (world) => {
      const list: editor.IModelDeltaDecoration[] = [];
      for (let line = 1; line <= model.getLineCount(); line++) {
        const ran = world(line);
        if (ran) list.push({ range: wholeLine(line), options: { marginClassName: `code-level ${worldClass(ran)}` } });
      }
      levels.set(list);
    },
    setCurrent: (next) => {
      if (!next || !inText(next.line)) {
        current.clear();
        badgeLayer.setCurrent(undefined);
        return;
      }
      const className = `code-now ${worldClass(next.world)}`;
      badgeLayer.setCurrent({ line: next.line, className });
      current.set([
        {
          range: wholeLine(next.line),
          options: { isWholeLine: true, className, marginClassName: className, zIndex: -10 },
        },
      ]);
      code.revealLineInCenterIfOutsideViewport(next.line, editor.ScrollType.Immediate);
    },
    setBadges: (next) => {
      badges = next.filter((badge) => inText(badge.line));
      badgeLines.set(badges.map((badge) => ({ range: wholeLine(badge.line), options: {} })));
      drawBadges();
    },
    reveal: (line) => {
      if (!inText(line)) return;
      code.setPosition({ lineNumber: line, column: model.getLineFirstNonWhitespaceColumn(line) || 1 });
      code.revealLineInCenter(line, editor.ScrollType.Immediate);
      code.focus();
    },
    act: (action) => {
      code.focus();
      code.trigger('command', action, {});
    },
    focus: () => code.focus(),
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
      stopTheme();
      badgeLayer.dispose();
      code.dispose();
    },
  };
}
