// The one thing on the page that asks: the person is the device, or the register. Enter sends what is typed; the line below says, worked
// out by the machine itself, where it will land. A width that does not fit is said on that same line, which never moves.

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { hex } from '#base';
import type { AnswerPreview, Ask } from '#client';
import { answerExit, previewAnswer, useClient } from '#client';
import type { Answer } from '#project';
import { Button, Checkbox, groupHex, Mark, NumberField, numberTrouble, readNumber } from '#ui';
import { otherAnswers, plainAnswer } from './view-model.ts';

/** See the head of this file. */
export function AnswerBox({ ask }: { ask: Ask }) {
  const wantsNumber = ask.access === 'read' && ask.bytes > 0 && ask.permitted.includes('value');
  const [text, setText] = useState(ask.last === undefined ? '' : hex(ask.last));
  const [always, setAlways] = useState(false);
  const [preview, setPreview] = useState<AnswerPreview>();
  const [trouble, setTrouble] = useState<string>();
  const rules = useClient((s) => s.program.rules.length);
  const input = useRef<HTMLInputElement>(null);
  const go = useRef<HTMLButtonElement>(null);
  const width = ask.bytes * 8;
  const reading = readNumber(text, width || 64);
  const value = wantsNumber && reading.kind === 'value' ? reading.value : undefined;

  useEffect(() => {
    // The answer is what the person is here for; but a hand that is typing somewhere keeps its focus.
    if (!document.activeElement?.matches('input, textarea, select, [contenteditable]')) (input.current ?? go.current)?.focus();
  }, []);

  useEffect(() => {
    if (value === undefined) {
      setPreview(undefined);
      return;
    }
    let late = false;
    void previewAnswer({ do: 'value', value: hex(value) }, ask.exit).then((reply) => {
      if (late) return;
      setPreview(reply.ok ? reply.value : undefined);
      setTrouble(reply.ok ? undefined : reply.error.message);
    });
    return () => {
      late = true;
    };
  }, [value, ask.exit]);

  const give = (answer: Answer) => void answerExit(answer, ask.exit, always);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value !== undefined) {
      give({ do: 'value', value: hex(value) });
    } else if (!wantsNumber) {
      const answer = plainAnswer(ask);
      if (answer) give(answer);
    } else {
      setTrouble(numberTrouble(reading));
      input.current?.focus();
    }
  };
  const wrong = wantsNumber
    ? reading.kind === 'value'
      ? trouble
      : reading.kind === 'empty'
        ? trouble
        : numberTrouble(reading)
    : undefined;
  const plain = plainAnswer(ask);

  return (
    <form className="answer" aria-label={`Answer for exit ${ask.exit}`} onSubmit={submit}>
      <div className="answer-for">
        Answer
        <span>{ask.bytes > 0 ? (ask.bytes === 1 ? '1 byte' : `${ask.bytes} bytes`) : ask.access}</span>
      </div>
      {wantsNumber ? (
        <NumberField
          ref={input}
          className="answer-number"
          look="answer"
          label={`Value, ${ask.bytes === 1 ? '1 byte' : `${ask.bytes} bytes`}`}
          placeholder="0x…"
          text={text}
          onText={(next) => {
            setText(next);
            setTrouble(undefined);
          }}
          width={width}
        />
      ) : (
        <div className="answer-given">{ask.value === undefined ? ask.what : `${ask.what} ← ${groupHex(ask.value)}`}</div>
      )}
      {(wantsNumber || plain) && (
        <button ref={go} type="submit" className="answer-go">
          {wantsNumber ? 'Answer' : 'Accept'} <kbd>Enter</kbd>
        </button>
      )}
      <div className="answer-lands" role="status">
        {wrong ? (
          <span className="answer-wrong">{wrong}</span>
        ) : preview?.register ? (
          <>
            <Mark by="answer" /> {preview.register} <span className="was">{groupHex(preview.before ?? 0n)}</span> →{' '}
            <b>{groupHex(preview.after ?? 0n)}</b> <span className="exit-plain">{preview.why}</span>
          </>
        ) : (
          <span className="exit-plain">{preview?.why ?? (wantsNumber ? 'Hex, decimal or binary.' : hintFor(ask))}</span>
        )}
      </div>
      <div className="answer-others">
        {otherAnswers(ask).map(({ word, hint, answer }) => (
          <Button key={word} title={hint} onClick={() => give(answer)}>
            {word}
          </Button>
        ))}
        <span className="answer-gap" />
        <Checkbox checked={always} onChange={setAlways}>
          Always answer so <span className="exit-plain">→ rule {rules + 1}</span>
        </Checkbox>
      </div>
    </form>
  );
}

function hintFor(ask: Ask): string {
  if (ask.refused !== undefined) return `Its rule cannot be carried out: ${ask.refused}.`;
  if (ask.kind === 'nisv' && ask.bytes > 0)
    return 'KVM leaves an access of 64 bytes to you: decode makes eight of it, of 8 bytes each.';
  if (ask.kind === 'nisv') return 'The syndrome does not say what was to be stored or loaded. You decide what becomes of it.';
  return ask.access === 'write' ? 'Accept: the guest goes on, the value goes nowhere.' : '';
}
