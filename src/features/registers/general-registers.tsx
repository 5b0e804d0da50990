// X0 to X30 and SP, or their lower halves, in a grid that never moves.
import { useState } from 'react';
import { bits64 } from '#base';
import { useClient } from '#client';
import { groupHex, Hex, Mark } from '#ui';
import { RegisterEditor } from './register-editor.tsx';
import { changesByRegister, type Radix, registerText, SPECIAL } from './view-model.ts';

const NAMES = [...Array.from({ length: 31 }, (_, n) => `x${n}`), 'sp'];

/** See the head of this file. `sp` is the stack pointer of the present mode, by its name in the register file. */
export function GeneralRegisters({ width, radix, sp }: { width: 32 | 64; radix: Radix; sp: 'sp_el0' | 'sp_el1' | 'sp_el2' }) {
  const registers = useClient((s) => s.machine.registers);
  const list = useClient((s) => s.machine.changes);
  const status = useClient((s) => s.machine.status);
  const [editing, setEditing] = useState<string>();
  const changes = changesByRegister(list);
  const lands = status.kind === 'waiting' ? status.ask.lands : undefined;
  const editable = status.kind !== 'running';
  return (
    <div className={`register-grid register-grid-${radix}`}>
      {NAMES.map((name, index) => {
        const file = name === 'sp' ? sp : name;
        const whole = registers[name === 'sp' ? SPECIAL[sp] : index] ?? 0n;
        const value = width === 32 ? bits64(whole, 31, 0) : whole;
        const change = changes.get(file);
        const waits = lands === name;
        const said = width === 64 ? name : name === 'sp' ? 'wsp' : `w${index}`;
        return (
          <div key={name} className={`register${change ? ' register-hit' : ''}${waits ? ' register-waits' : ''}`}>
            <span className="register-mark">{waits ? <Mark by="answer" /> : change && <Mark by={change.by} />}</span>
            <span className="register-name" title={name === 'sp' ? sp : undefined}>
              {said}
            </span>
            {editing === name ? (
              <RegisterEditor name={said} file={file} value={value} width={width} onDone={() => setEditing(undefined)} />
            ) : (
              <button
                type="button"
                className="register-value"
                aria-label={`${said} ${groupHex(value)}${waits ? ', the answer lands here' : ''}, edit`}
                aria-disabled={!editable || undefined}
                onClick={() => editable && setEditing(name)}
              >
                {radix === 'hex' ? <Hex value={value} bits={width} look="columns" /> : registerText(value, radix, width)}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
