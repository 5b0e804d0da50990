// PSTATE as SPSR_ELx would save it: every field with its meaning, a bit flipped by hand, and the state machine of software step with the
// facts that put it where it is.
import { useState } from 'react';
import { type CauseView, type PStateView, useClient, usePState, writeRegister } from '#client';
import { BitField, bitItems, createCell, fieldText, useCell } from '#ui';
import { pstateParts } from './view-model.ts';

const open = createCell(true, { key: 'registers.pstate', parse: (data) => (typeof data === 'boolean' ? data : undefined) });

/** See the head of this file. */
export function PState({ pstate }: { pstate: bigint }) {
  const shown = useCell(open);
  const [selected, setSelected] = useState<string>();
  const editable = useClient((s) => s.machine.status.kind !== 'running');
  const { value: told } = usePState(shown);
  return (
    <details className="pstate" open={shown} onToggle={(event) => open.set(event.currentTarget.open)}>
      <summary>
        pstate{' '}
        {pstateParts(pstate).map(({ name, value }) => (
          <span key={name} className={value ? 'flag flag-one' : 'flag'}>
            {name} {value}
          </span>
        ))}
      </summary>
      {shown && told && (
        <>
          <BitField
            label="PSTATE"
            items={bitItems(told.fields)}
            value={told.value}
            width={32}
            selected={selected}
            onSelect={setSelected}
            onFlip={editable ? (bit) => void writeRegister('pstate', told.value ^ (1n << BigInt(bit))) : undefined}
          />
          <dl className="pstate-fields">
            {told.fields.map(({ name, msb, lsb, value, meaning, doc, absent }) => (
              <div key={name} data-selected={name === selected || undefined} className={absent ? 'pstate-absent' : undefined}>
                <dt>{name}</dt>
                <dd className="data">{absent ? '' : fieldText(value, msb - lsb + 1)}</dd>
                <dd>
                  {meaning && <b>{meaning}</b>} {absent || doc}
                </dd>
              </div>
            ))}
          </dl>
          <StepMachine step={told.step} />
        </>
      )}
    </details>
  );
}

const STATES = [
  { kind: 'inactive', word: 'inactive' },
  { kind: 'active-not-pending', word: 'active, not pending' },
  { kind: 'active-pending', word: 'active, pending' },
] as const;

/** The three states of software step, the present one marked, and why it is that. */
function StepMachine({ step }: { step: PStateView['step'] }) {
  return (
    <section className="step-machine" aria-label="Software step">
      <p className="label">Software step</p>
      <ol>
        {STATES.map(({ kind, word }) => (
          <li key={kind} aria-current={kind === step.kind ? 'true' : undefined}>
            {word}
          </li>
        ))}
      </ol>
      <ul>
        {step.why.map((fact) => (
          <li key={`${fact.register} ${fact.field}`}>
            <Fact fact={fact} /> {fact.doc}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fact({ fact: { register, field, value } }: { fact: CauseView }) {
  return (
    <code>
      {register}
      {field && `.${field}`} = {value.replace(/^0x([01])$/, '$1')}
    </code>
  );
}
