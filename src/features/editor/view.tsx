// The code view: the store's facts into the editor, the person's edits back. Monaco arrives after the first paint; until then the
// text itself stands there, readable.
import { useEffect, useMemo, useRef, useState } from 'react';
import { editSource, moveBreakpoints, toggleBreakpoint, useClient } from '#client';
import { Checkbox, useCell, viewRequest } from '#ui';
import type { CodeEditor } from './code-editor.ts';
import { act, cursor, showBadges, showMachineCode } from './settings.ts';
import './editor.css';
import { codeByLine, currentLine, hintProblem, levelOfLine, withHints } from './view-model.ts';

/** Monaco's chunk; asked for as soon as this view is, not when it first stands. */
let editorChunk: Promise<typeof import('./code-editor.ts')> | undefined;
function loadEditor(): Promise<typeof import('./code-editor.ts')> {
  editorChunk ??= import('./code-editor.ts').catch((error: unknown) => {
    editorChunk = undefined;
    throw error;
  });
  return editorChunk;
}
loadEditor().catch(() => undefined);

/** See the head of this file. */
export function View() {
  const host = useRef<HTMLDivElement>(null);
  const [code, setCode] = useState<CodeEditor>();
  const [failure, setFailure] = useState<Error>();
  if (failure) throw failure;

  useEffect(() => {
    let gone = false;
    let made: CodeEditor | undefined;
    loadEditor().then(
      ({ createCodeEditor }) => {
        if (gone || !host.current) return;
        made = createCodeEditor(host.current, {
          onText: editSource,
          onToggleBreakpoint: (line) => void toggleBreakpoint(line),
          onBreakpoints: (lines) => {
            const { breakpoints } = useClient.getState().program;
            if (lines.join() !== breakpoints.join()) moveBreakpoints(lines);
          },
          onCursor: cursor.set,
        });
        setCode(made);
        act.set(made.act);
      },
      (error: unknown) => setFailure(error instanceof Error ? error : new Error(String(error))),
    );
    return () => {
      gone = true;
      made?.dispose();
      act.set(undefined);
      setCode(undefined);
    };
  }, []);

  return (
    <div className="code-view">
      {code ? <Facts code={code} /> : <Preview />}
      <div ref={host} className="code-host" />
    </div>
  );
}

/** The text while Monaco is on its way. */
function Preview() {
  const source = useClient((state) => state.program.source);
  return <pre className="code-preview">{source}</pre>;
}

/** Feeds the editor; draws nothing itself. Facts of lines are the loaded text's: they are given while that is the text shown. */
function Facts({ code }: { code: CodeEditor }) {
  const source = useClient((state) => state.program.source);
  const assembled = useClient((state) => state.program.assembled);
  const loaded = useClient((state) => state.program.loaded);
  const breakpoints = useClient((state) => state.program.breakpoints);
  const status = useClient((state) => state.machine.status);
  const line = useClient((state) => state.machine.line);
  const el = useClient((state) => state.machine.el);
  const levels = useClient((state) => state.machine.lineLevels);
  const badges = useClient((state) => state.machine.badges);
  const withCode = useCell(showMachineCode);
  const withBadges = useCell(showBadges);
  const request = useCell(viewRequest);

  const listing = useClient((state) => state.program.image !== undefined);
  useEffect(() => code.setText(source), [code, source]);
  useEffect(() => code.setReadOnly(listing), [code, listing]);
  const hints = useClient((state) => state.program.hints);
  useEffect(() => code.setProblems('assembler', assembled?.diagnostics ?? []), [code, assembled]);
  useEffect(() => code.setProblems('hypervisor', hints.map(hintProblem)), [code, hints]);
  useEffect(() => {
    if (!withCode) code.setCode(undefined);
    else if (assembled) code.setCode(codeByLine(assembled.lines));
  }, [code, assembled, withCode]);
  useEffect(() => code.setBreakpoints(breakpoints), [code, breakpoints]);
  useEffect(() => {
    if (loaded) code.setLevels((of) => levelOfLine(levels, of));
  }, [code, levels, loaded]);
  useEffect(() => {
    if (loaded) code.setCurrent(currentLine({ status, line, el }));
  }, [code, status, line, el, loaded]);
  useEffect(() => {
    if (loaded || !withBadges) code.setBadges(withBadges ? withHints(badges, hints) : []);
  }, [code, badges, hints, withBadges, loaded]);
  useEffect(() => {
    if (request?.view === 'editor' && request.place !== undefined) code.reveal(request.place);
    else if (request?.view === 'editor') code.focus();
  }, [code, request]);
  return null;
}

/** The program's name. */
export function Title() {
  const name = useClient((state) => state.program.name);
  const listing = useClient((state) => state.program.image !== undefined);
  return (
    <span className="data">
      {name}
      {listing && <span className="sub"> listing</span>}
    </span>
  );
}

/** How much of the program has run, and what stands beside it. */
export function Head() {
  const source = useClient((state) => state.program.source);
  const levels = useClient((state) => state.machine.lineLevels);
  const lines = useMemo(() => source.split('\n').length, [source]);
  const ran = useMemo(() => levels.reduce((sum, level) => sum + (level > 0 ? 1 : 0), 0), [levels]);
  const withCode = useCell(showMachineCode);
  const withBadges = useCell(showBadges);
  return (
    <>
      <span className="sub code-extent">
        {lines} {lines === 1 ? 'line' : 'lines'}
        {ran > 0 && ` · ${ran} have run`}
      </span>
      <span className="push" />
      <span className="sub code-options">
        <Checkbox checked={withCode} onChange={showMachineCode.set} hint="Address and machine code beside the lines">
          machine code
        </Checkbox>
        <Checkbox checked={withBadges} onChange={showBadges.set} hint="Exits beside the lines">
          exits
        </Checkbox>
      </span>
    </>
  );
}
