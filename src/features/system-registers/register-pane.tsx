// One system register in full: value and fields, editable where a hand may write it, and who takes an access to it, by which rules.

import { useState } from 'react';
import { type FieldView, type RegisterDetail, writeRegister } from '#client';
import { BitField, Button, bitItems, fieldText, groupHex, NumberEditor, NumberField, numberTrouble, readNumber } from '#ui';
import { AccessSection } from './access-section.tsx';
import { ChangeMark } from './change-mark.tsx';
import { draftChanges, drafted, position, withField } from './view-model.ts';

const ACCESS = { rw: 'read and write', ro: 'read-only', wo: 'write-only' } as const;

/** `onOpen` shows another register. */
export function RegisterPane({
  detail,
  running,
  onOpen,
}: {
  detail: RegisterDetail;
  running: boolean;
  onOpen: (name: string) => void;
}) {
  const { value, fields } = detail;
  const [selected, setSelected] = useState<string>();
  // What is typed, and the value that it was typed over: a new value of the machine's makes it void.
  const [typed, setTyped] = useState<{ readonly over: bigint; readonly text: string }>();
  const text = typed && typed.over === value ? typed.text : undefined;
  const reading = text === undefined ? undefined : readNumber(text, 64);
  const draft = reading?.kind === 'value' ? reading.value : value;
  const editable = detail.fixed === '' && value !== undefined && !running;
  const shown = draft === undefined ? fields : drafted(fields, draft);
  const changes = draft === undefined ? [] : draftChanges(fields, draft);
  const dirty = draft !== value;

  const edit = (next: bigint) => value !== undefined && setTyped({ over: value, text: groupHex(next, 16) });
  const write = () => {
    if (draft === undefined || !editable || !dirty) return;
    void writeRegister(detail.name, draft).then((done) => done && setTyped(undefined));
  };
  return (
    <div className="sysreg">
      <header>
        <h3 tabIndex={-1}>{detail.name}</h3>
        <span className="sysreg-encoding" title={detail.generic}>
          {detail.encoding}
        </span>
        <span className="sub">
          {ACCESS[detail.access]} · {detail.group}
          {detail.writeName && ` · writes: ${detail.writeName}`}
        </span>
      </header>
      <p className="sysreg-doc">{detail.doc}.</p>
      {detail.aliasOf && (
        <p className="sysreg-doc">
          Another name of{' '}
          <button type="button" className="sysreg-link" onClick={() => onOpen(detail.aliasOf ?? '')}>
            {detail.aliasOf}
          </button>
          .
        </p>
      )}
      {detail.unseen !== '' ? (
        <p className="sysreg-unseen">{detail.unseen}</p>
      ) : (
        value !== undefined && (
          <>
            <div className="sysreg-value">
              {detail.fixed === '' ? (
                <>
                  <NumberField
                    label={`${detail.name}, 64 bits`}
                    text={text ?? groupHex(value, 16)}
                    onText={(next) => setTyped({ over: value, text: next })}
                    width={64}
                    readOnly={!editable}
                    onEnter={write}
                    onKeyDown={(event) => {
                      if (event.key === 'Escape') setTyped(undefined);
                    }}
                  />
                  <Button unavailable={!editable || !dirty} onClick={write}>
                    Write
                  </Button>
                  <Button look="quiet" unavailable={text === undefined} onClick={() => setTyped(undefined)}>
                    Discard
                  </Button>
                </>
              ) : (
                <b className="data">{groupHex(value, 16)}</b>
              )}
              {detail.before !== undefined && (
                <span className="sysreg-was">
                  <ChangeMark value={detail} /> <span className="was">{groupHex(detail.before)}</span>
                </span>
              )}
            </div>
            <p className="sysreg-line" role="status">
              {reading && reading.kind !== 'value' ? (
                <span className="sysreg-wrong">{numberTrouble(reading)}</span>
              ) : dirty ? (
                <>
                  {changes.length === 0 && 'Only reserved bits change: they are kept 0.'}
                  {changes.map(({ name, before, after, width }) => (
                    <span key={name}>
                      {name} <span className="was">{fieldText(before, width)}</span> → <b>{fieldText(after, width)}</b>
                    </span>
                  ))}
                </>
              ) : (
                detail.fixed ||
                (running ? 'The guest runs: pause it to write.' : 'Flip bits, or type a value or a field; Enter writes.')
              )}
            </p>
            <BitField
              label={detail.name}
              items={bitItems(shown)}
              value={draft ?? value}
              selected={selected}
              onSelect={setSelected}
              {...(editable ? { onFlip: (bit: number) => edit((draft ?? value) ^ (1n << BigInt(bit))) } : {})}
            />
          </>
        )
      )}
      {detail.notes.map((note) => (
        <p key={note} className="sysreg-note">
          {note}
        </p>
      ))}
      {fields.length > 0 && (
        <Fields
          fields={shown}
          valueKnown={value !== undefined}
          selected={selected}
          onSelect={setSelected}
          onEdit={editable ? (field, next) => edit(withField(draft ?? value, field, next)) : undefined}
        />
      )}
      <AccessSection access={detail.reads} title="Read, MRS" none={detail.access === 'wo'} />
      <AccessSection access={detail.writes} title="Write, MSR" none={detail.access === 'ro'} />
    </div>
  );
}

function Fields({
  fields,
  valueKnown,
  selected,
  onSelect,
  onEdit,
}: {
  fields: readonly FieldView[];
  valueKnown: boolean;
  selected: string | undefined;
  onSelect: (name: string) => void;
  onEdit: ((field: FieldView, value: bigint) => void) | undefined;
}) {
  const [editing, setEditing] = useState<string>();
  const there = fields.filter((field) => field.absent === '');
  const absent = fields.filter((field) => field.absent !== '');
  return (
    <>
      <table className="field-table sysreg-fields" aria-label="Fields">
        <thead>
          <tr>
            <th>bits</th>
            <th>field</th>
            <th>value</th>
            <th>which means</th>
          </tr>
        </thead>
        <tbody>
          {there.map((field) => {
            const key = `${field.name} ${field.msb}`;
            return (
              <tr key={key} data-selected={field.name === selected || undefined} onClick={() => onSelect(field.name)}>
                <td>{position(field)}</td>
                <td className="sysreg-field">{field.name}</td>
                <td>
                  {!valueKnown ? (
                    ''
                  ) : editing === key && onEdit ? (
                    <FieldEditor field={field} onEdit={(next) => onEdit(field, next)} onDone={() => setEditing(undefined)} />
                  ) : (
                    <FieldValue field={field} onEdit={onEdit} onOpen={() => setEditing(key)} />
                  )}
                </td>
                <td className="sysreg-means">
                  {field.meaning && <b>{field.meaning}</b>} {field.doc}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {absent.length > 0 && (
        <details className="sysreg-absent-fields">
          <summary>
            {absent.length} {absent.length === 1 ? 'run of bits' : 'runs of bits'} reserved here
          </summary>
          <table className="field-table sysreg-fields" aria-label="Reserved bits">
            <tbody>
              {absent.map((field) => (
                <tr key={`${field.name} ${field.msb}`}>
                  <td>{position(field)}</td>
                  <td className="sysreg-field">{field.name}</td>
                  <td className="sysreg-means" colSpan={2}>
                    {field.absent}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}

function FieldValue({
  field,
  onEdit,
  onOpen,
}: {
  field: FieldView;
  onEdit: ((field: FieldView, value: bigint) => void) | undefined;
  onOpen: () => void;
}) {
  const width = field.msb - field.lsb + 1;
  const text = fieldText(field.value, width);
  if (!onEdit) return <span className={field.value === 0n ? 'sysreg-zero' : 'sysreg-set'}>{text}</span>;
  const common = {
    type: 'button',
    className: field.value === 0n ? 'sysreg-edit sysreg-zero' : 'sysreg-edit sysreg-set',
  } as const;
  if (width === 1) {
    return (
      <button
        {...common}
        role="switch"
        aria-checked={field.value === 1n}
        aria-label={field.name}
        onClick={() => onEdit(field, field.value ^ 1n)}
      >
        {text}
      </button>
    );
  }
  return (
    <button {...common} aria-label={`${field.name} ${text}, edit`} onClick={onOpen}>
      {text}
    </button>
  );
}

function FieldEditor({ field, onEdit, onDone }: { field: FieldView; onEdit: (value: bigint) => void; onDone: () => void }) {
  const width = field.msb - field.lsb + 1;
  return (
    <NumberEditor
      className="sysreg-field-editor"
      name={field.name}
      value={field.value}
      text={fieldText(field.value, width)}
      width={width}
      onValue={onEdit}
      onDone={onDone}
    />
  );
}
