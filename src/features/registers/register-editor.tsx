// The field in a register's place while it is edited.
import { writeRegister } from '#client';
import { groupHex, NumberEditor } from '#ui';

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
  return (
    <NumberEditor
      className="register-editor"
      name={name}
      value={value}
      text={groupHex(value)}
      width={width}
      onValue={(next) => void writeRegister(file, next)}
      onDone={onDone}
    />
  );
}
