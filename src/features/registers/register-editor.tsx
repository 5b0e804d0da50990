// The field in a register's place while it is edited: Enter or leaving writes it, Escape leaves it as it was.
import { useState } from 'react';
import { writeRegister } from '#client';
import { groupHex, NumberField, readNumber } from '#ui';

/** `file` is the register that is written: 32 bits go into the whole with zeros above, as a write of W does. */
export function RegisterEditor({
  name,
  file,
  value,
  width,
  onDone,
}: {
  name: string;
  file: string;
  value: bigint;
  width: 32 | 64 | 128;
  onDone: () => void;
}) {
  const [text, setText] = useState(groupHex(value));
  const leave = () => {
    const reading = readNumber(text, width);
    if (reading.kind === 'value' && reading.value !== value) void writeRegister(file, reading.value);
    onDone();
  };
  return (
    <NumberField
      className="register-editor"
      label={`${name}, ${width} bits`}
      text={text}
      onText={setText}
      width={width}
      autoFocus
      onFocus={(event) => event.target.select()}
      onBlur={leave}
      onEnter={leave}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          onDone();
        }
      }}
    />
  );
}
