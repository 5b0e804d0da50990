// The ID registers that KVM keeps for a VM: per field what the host has, what KVM allows, what the VMM wrote and what the guest reads, what a
// write must be, and what follows. A field, or the whole register, is written as a VMM writes it, and what KVM says to that is shown.

import { useState } from 'react';
import { type IdRegisterLine, selectIdRegister, useClient, useIdRegister, useIdRegisters } from '#client';
import { Empty, Select, TextField } from '#ui';
import './id-registers.css';
import { RegisterSheet } from './register-sheet.tsx';
import { lineNote, linesFor } from './view-model.ts';

const NO_LINES: readonly IdRegisterLine[] = [];

/** See the head of this file. */
export function IdRegistersView() {
  const empty = useClient((s) => s.machine.status.kind === 'empty');
  const chosen = useClient((s) => s.selection.idRegister);
  const list = useIdRegisters();
  const told = useIdRegister(chosen);
  const [text, setText] = useState('');
  if (empty) return <Empty>ID registers appear when a program is loaded.</Empty>;
  if (list.error !== undefined) return <Empty>{list.error}</Empty>;
  const lines = list.value?.lines ?? NO_LINES;
  const found = linesFor(lines, text);
  const advice = list.value?.advice ?? [];
  return (
    <div className="ids">
      <div className="ids-sides">
        <nav className="ids-nav side-list" aria-label="ID registers">
          <div className="ids-search">
            <TextField icon="filter" label="Find an ID register" placeholder="name" text={text} onText={setText} />
          </div>
          <ul>
            {found.map((line) => (
              <li key={line.name}>
                <button
                  type="button"
                  aria-current={line.name === chosen || undefined}
                  className={line.note === '' ? undefined : 'ids-quiet'}
                  onClick={() => selectIdRegister(line.name)}
                >
                  {line.name}
                  <span>{lineNote(line)}</span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <section className="ids-main" aria-label="One ID register">
          {lines.length > 0 && (
            <div className="ids-choice">
              <Select
                label="ID register"
                value={chosen}
                options={linesFor(lines, '').map((line) => ({
                  value: line.name,
                  word: lineNote(line) === '' ? line.name : `${line.name} · ${lineNote(line)}`,
                }))}
                onChange={selectIdRegister}
              />
            </div>
          )}
          {told.value?.name === chosen && <RegisterSheet key={chosen} of={told.value} />}
          {told.error !== undefined && <p className="ids-note">{told.error}</p>}
          {advice.length > 0 && (
            <section className="ids-advice" aria-label="Advice">
              <h4>Rules that KVM leaves to the VMM, and that are broken now</h4>
              <ul>
                {advice.map(({ doc, fields }) => (
                  <li key={doc}>
                    {doc}{' '}
                    <code>
                      {fields
                        .map(({ name, value }) => `${name.replace(/^ID_(AA64)?/, '').replace(/_EL1/, '')} = ${value}`)
                        .join(', ')}
                    </code>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </section>
      </div>
    </div>
  );
}
