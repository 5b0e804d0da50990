// The registers: what changed on top, the grid of X0–X30 and SP, PC and PSTATE below. Values are edited in place; who wrote a value is
// told by its mark. Every figure comes from the last machine update.

import { useState } from 'react';
import { useClient, usePState, writeRegister } from '#client';
import {
  BitField,
  bitItems,
  Chip,
  Empty,
  groupHex,
  Hex,
  Mark,
  NumberField,
  readNumber,
  readStored,
  Segmented,
  writeStored,
} from '#ui';
import './registers.css';
import { changesByRegister, currentSp, modeName, pstateParts, type Radix, registerText, SPECIAL } from './view-model.ts';

const RADICES = [
  { value: 'hex', word: 'hex' },
  { value: 'dec', word: 'dec', hint: 'signed decimal' },
  { value: 'bin', word: 'bin' },
  { value: 'ascii', word: 'text', hint: 'bytes as ASCII, highest first' },
] as const;

function asRadix(data: unknown): Radix | undefined {
  return RADICES.find((radix) => radix.value === data)?.value;
}

const NAMES = [...Array.from({ length: 31 }, (_, n) => `x${n}`), 'sp'];

/** See the head of this file. */
export function RegistersView() {
  const machine = useClient((s) => s.machine);
  const [radix, setRadix] = useState<Radix>(() => readStored('registers.radix', asRadix) ?? 'hex');
  const [editing, setEditing] = useState<string>();
  if (machine.status.kind === 'empty') return <Empty>Registers appear when a program is loaded.</Empty>;

  const pstate = machine.registers[SPECIAL.pstate] ?? 0n;
  const pc = machine.registers[SPECIAL.pc] ?? 0n;
  const sp = currentSp(pstate);
  const changes = changesByRegister(machine.changes);
  const world = machine.el === 0 ? '0' : machine.el === 1 ? '1' : '2';
  const lands = machine.status.kind === 'waiting' ? machine.status.ask.lands : undefined;
  const editable = machine.status.kind !== 'running';

  return (
    <div className="registers">
      <div className="registers-changes">
        <div className="registers-head">
          <span className="label">{machine.changes.length === 0 ? 'No change' : `Since exit ${machine.changesSince}`}</span>
          <Segmented
            label="Radix"
            options={RADICES}
            value={radix}
            onChange={(next) => {
              setRadix(next);
              writeStored('registers.radix', next);
            }}
          />
        </div>
        <ul className="change-list" aria-label="Changed registers">
          {machine.changes.map((change) => (
            <li key={change.register}>
              <Mark by={change.by} />
              <span className="register-name">{change.register}</span>
              <span className="was">{groupHex(change.before)}</span>
              <span aria-hidden="true">→</span>
              <b>{groupHex(change.after)}</b>
              <span className="who">{change.detail}</span>
            </li>
          ))}
        </ul>
      </div>
      <div className={`register-grid register-grid-${radix}`}>
        {NAMES.map((name, index) => {
          const file = name === 'sp' ? sp : name;
          const value = machine.registers[name === 'sp' ? SPECIAL[sp] : index] ?? 0n;
          const change = changes.get(file);
          const waits = lands === name;
          return (
            <div key={name} className={`register${change ? ' register-hit' : ''}${waits ? ' register-waits' : ''}`}>
              <span className="register-mark">{waits ? <Mark by="answer" /> : change && <Mark by={change.by} />}</span>
              <span className="register-name" title={name === 'sp' ? sp : undefined}>
                {name}
              </span>
              {editing === name ? (
                <RegisterEditor name={name} file={file} value={value} onDone={() => setEditing(undefined)} />
              ) : (
                <button
                  type="button"
                  className="register-value"
                  aria-label={`${name} ${groupHex(value)}${waits ? ', the answer lands here' : ''}, edit`}
                  aria-disabled={!editable || undefined}
                  onClick={() => editable && setEditing(name)}
                >
                  {radix === 'hex' ? <Hex value={value} look="columns" /> : registerText(value, radix)}
                </button>
              )}
            </div>
          );
        })}
      </div>
      <div className="pstate">
        <div>
          <span>pc</span> <b>{groupHex(pc)}</b>
        </div>
        <div>
          <Chip world={world} label={`EL${machine.el}`} /> {modeName(pstate)}
        </div>
        <div>
          {pstateParts(pstate).map(({ name, value }) => (
            <span key={name} className={value ? 'flag flag-one' : 'flag'}>
              {name} {value}
            </span>
          ))}
        </div>
        <PStateInFull />
      </div>
    </div>
  );
}

/** PSTATE as SPSR_ELx would save it, opened by its own line at the foot. */
function PStateInFull() {
  const [open, setOpen] = useState(false);
  const [selected, setSelected] = useState<string>();
  const { value: told } = usePState(open);
  return (
    <details className="pstate-full" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>pstate</summary>
      {open && told && (
        <>
          <BitField
            label="PSTATE"
            items={bitItems(told.fields)}
            value={told.value}
            width={32}
            selected={selected}
            onSelect={setSelected}
          />
          <dl className="pstate-fields">
            {told.fields.map(({ name, value, meaning, doc, absent }) => (
              <div key={name} data-selected={name === selected || undefined} className={absent ? 'pstate-absent' : undefined}>
                <dt>{name}</dt>
                <dd className="data">{absent ? '' : value.toString()}</dd>
                <dd>
                  {meaning && <b>{meaning}</b>} {absent || doc}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </details>
  );
}

function RegisterEditor({ name, file, value, onDone }: { name: string; file: string; value: bigint; onDone: () => void }) {
  const [text, setText] = useState(groupHex(value));
  const leave = () => {
    const reading = readNumber(text, 64);
    if (reading.kind === 'value' && reading.value !== value) void writeRegister(file, reading.value);
    onDone();
  };
  return (
    <NumberField
      className="register-editor"
      label={`${name}, 64 bits`}
      text={text}
      onText={setText}
      width={64}
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
