// A number edited in its own place: the field takes the focus with the number chosen, Enter or leaving writes what is in it, Escape leaves the
// number as it was.
import { useState } from 'react';
import { NumberField } from './field.tsx';
import { readNumber } from './number.ts';

/** `text` is the number as it stands there; `width` in bits. A text that is no such number changes nothing. */
export function NumberEditor({
  className,
  name,
  value,
  text: first,
  width,
  onValue,
  onDone,
}: {
  className: string;
  name: string;
  value: bigint;
  text: string;
  width: number;
  onValue: (value: bigint) => void;
  onDone: () => void;
}) {
  const [text, setText] = useState(first);
  const leave = () => {
    const reading = readNumber(text, width);
    if (reading.kind === 'value' && reading.value !== value) onValue(reading.value);
    onDone();
  };
  return (
    <NumberField
      className={className}
      label={`${name}, ${width} bits`}
      text={text}
      onText={setText}
      width={width}
      autoFocus
      onFocus={(event) => event.target.select()}
      onBlur={leave}
      onEnter={leave}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone();
      }}
    />
  );
}
