// The answer rules: answers in advance, tried from the top, the first that matches counts. They can be written, changed, moved, taken away, and
// carried in and out as the text that the command line takes. Devices answer before any rule, a person after all of them.

import { type FormEvent, useState } from 'react';
import { exportRules, importRules, setRules, useClient } from '#client';
import { type AnswerRule, RULE_ACCESSES, RULE_ANSWERS } from '#project';
import { announce, Button, Empty, IconButton, Select, TextField } from '#ui';
import './answer-rules.css';
import {
  DO_WORDS,
  type Draft,
  draftOf,
  KIND_WORDS,
  NEW_DRAFT,
  RULE_KINDS,
  ruleOf,
  ruleWords,
  withKind,
  withMoved,
} from './view-model.ts';

/** See the head of this file. */
export function AnswerRulesView() {
  const rules = useClient((s) => s.program.rules);
  // The rule that is open: its index, or the length of the list for a new one.
  const [open, setOpen] = useState<number>();
  const [trouble, setTrouble] = useState<string>();

  const take = async (next: readonly AnswerRule[], said: string): Promise<boolean> => {
    const wrong = await setRules(next);
    setTrouble(wrong);
    if (wrong === undefined) announce(said);
    return wrong === undefined;
  };
  const keep = async (at: number, rule: AnswerRule) => {
    const next = at < rules.length ? rules.with(at, rule) : [...rules, rule];
    if (await take(next, `Rule ${at + 1} kept`)) setOpen(undefined);
  };
  const form = (at: number, draft: Draft) => (
    <RuleForm
      number={at + 1}
      from={draft}
      trouble={trouble}
      onKeep={(rule) => void keep(at, rule)}
      onWrong={setTrouble}
      onCancel={() => {
        setTrouble(undefined);
        setOpen(undefined);
      }}
    />
  );
  return (
    <div className="rules">
      <p className="rules-order">
        Tried from the top; the first that matches answers. Devices come before all rules, you after the last.{' '}
        <i>Always answer so</i> adds one here.
      </p>
      {rules.length === 0 && open === undefined && <Empty>No rule yet: every exit that no device answers asks you.</Empty>}
      <ol className="rules-list" aria-label="Answer rules, in order">
        {rules.map((rule, index) => {
          const { kind, on, answer } = ruleWords(rule);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
            <li key={index}>
              <div className="rules-row">
                <span className="rules-number">{index + 1}</span>
                <button
                  type="button"
                  className="rules-open"
                  aria-expanded={open === index}
                  aria-label={`Rule ${index + 1}: ${kind} ${on}, ${answer}`}
                  onClick={() => {
                    setTrouble(undefined);
                    setOpen(open === index ? undefined : index);
                  }}
                >
                  <span className="rules-kind">{kind}</span>
                  <code>{on}</code>
                  <span aria-hidden="true">→</span>
                  <b>{answer}</b>
                </button>
                <IconButton
                  icon="up"
                  label={`Move rule ${index + 1} up`}
                  unavailable={index === 0}
                  onClick={() => void take(withMoved(rules, index, -1), `Rule ${index + 1} is now rule ${index}`)}
                />
                <IconButton
                  icon="down"
                  label={`Move rule ${index + 1} down`}
                  unavailable={index + 1 === rules.length}
                  onClick={() => void take(withMoved(rules, index, 1), `Rule ${index + 1} is now rule ${index + 2}`)}
                />
                <IconButton
                  icon="close"
                  label={`Delete rule ${index + 1}`}
                  onClick={() => {
                    setOpen(undefined);
                    void take(rules.toSpliced(index, 1), `Rule ${index + 1} deleted`);
                  }}
                />
              </div>
              {open === index && form(index, draftOf(rule))}
            </li>
          );
        })}
        {open === rules.length && (
          <li>
            <div className="rules-row">
              <span className="rules-number">{rules.length + 1}</span>
              <b>a new rule</b>
            </div>
            {form(rules.length, NEW_DRAFT)}
          </li>
        )}
      </ol>
      <div className="rules-tools">
        <Button unavailable={open === rules.length} onClick={() => setOpen(rules.length)}>
          Add a rule
        </Button>
        <span className="push" />
        <Button look="quiet" onClick={chooseFile((text) => importRules(text).then(setTrouble))}>
          Open a file…
        </Button>
        <Button look="quiet" icon="export" unavailable={rules.length === 0} onClick={saveFile}>
          Save as a file
        </Button>
      </div>
      {trouble !== undefined && open === undefined && (
        <p className="rules-wrong" role="alert">
          {trouble}
        </p>
      )}
      <AsText key={JSON.stringify(rules)} />
    </div>
  );
}

/** What stands at the right of the pane's head. */
export function AnswerRulesHead() {
  const count = useClient((s) => s.program.rules.length);
  return <span className="rules-count">{count === 1 ? '1 rule' : `${count} rules`}</span>;
}

function RuleForm({
  number,
  from,
  trouble,
  onKeep,
  onWrong,
  onCancel,
}: {
  number: number;
  from: Draft;
  trouble: string | undefined;
  onKeep: (rule: AnswerRule) => void;
  onWrong: (message: string) => void;
  onCancel: () => void;
}) {
  const [draft, setDraft] = useState(from);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const rule = ruleOf(draft);
    if (typeof rule === 'string') onWrong(rule);
    else onKeep(rule);
  };
  const { on } = draft;
  const hasAccess = on === 'mmio' || on === 'sysreg';
  return (
    <form
      className="rules-form"
      aria-label={`Rule ${number}`}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <span className="label">for</span>
      <div>
        <Select
          label="What it is for"
          value={on}
          options={RULE_KINDS.map((value) => ({ value, word: KIND_WORDS[value] }))}
          onChange={(next) => setDraft(withKind(draft, next))}
        />
        {hasAccess && (
          <Select
            label="Access"
            value={draft.access}
            options={RULE_ACCESSES.map((value) => ({ value, word: value === 'any' ? 'read or write' : value }))}
            onChange={(access) => change({ access })}
          />
        )}
        {on !== 'nisv' && (
          <TextField
            className="rules-place"
            label={on === 'mmio' ? 'Address' : on === 'sysreg' ? 'Register, or * for any' : 'Function'}
            text={draft.place}
            onText={(place) => change({ place })}
          />
        )}
        {on === 'mmio' && (
          <TextField
            className="rules-size"
            label="Bytes"
            inputMode="numeric"
            text={draft.size}
            onText={(size) => change({ size })}
            trail={<span className="sub">bytes</span>}
          />
        )}
      </div>
      <span className="label">answer</span>
      <div>
        {on !== 'hypercall' && (
          <Select
            label="Answer"
            value={draft.do}
            options={RULE_ANSWERS[on].map((value) => ({ value, word: DO_WORDS[value] }))}
            onChange={(next) => change({ do: next })}
          />
        )}
        {(draft.do === 'value' || on === 'hypercall') && (
          <TextField
            className="rules-place"
            label={on === 'hypercall' ? 'Values for x0 to x3' : 'Value'}
            placeholder={on === 'hypercall' ? '0x0, 0x1' : '0x2a'}
            text={draft.value}
            onText={(value) => change({ value })}
          />
        )}
      </div>
      <span />
      <div>
        <Button submit>Keep</Button>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <span className="rules-wrong" role="status">
          {trouble}
        </span>
      </div>
    </form>
  );
}

/** The rules as the text that `--answers` takes; what is typed here takes their place. */
function AsText() {
  const [text, setText] = useState(exportRules);
  const [trouble, setTrouble] = useState<string>();
  return (
    <details className="rules-text">
      <summary>As text, for --answers</summary>
      <textarea
        aria-label="Answer rules as JSON"
        rows={Math.min(16, text.split('\n').length + 1)}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="rules-tools">
        <Button unavailable={text === exportRules()} onClick={() => void importRules(text).then(setTrouble)}>
          Take these rules
        </Button>
        <Button look="quiet" onClick={() => void navigator.clipboard.writeText(text).then(() => announce('Copied'))}>
          Copy
        </Button>
      </div>
      {trouble !== undefined && (
        <p className="rules-wrong" role="alert">
          {trouble}
        </p>
      )}
    </details>
  );
}

function chooseFile(then: (text: string) => void): () => void {
  return () => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('change', () => void input.files?.[0]?.text().then(then));
    input.click();
  };
}

function saveFile(): void {
  const { name } = useClient.getState().program;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([exportRules()], { type: 'application/json' }));
  link.download = `${name.replace(/\.[sS]$/, '')}.answers.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
