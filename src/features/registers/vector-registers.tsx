// V0 to V31 in lanes of a chosen width, the highest lane left, with FPCR, FPSR and who may use them.
import { useState } from 'react';
import { useClient, useVectors } from '#client';
import { BitField, bitItems, Chip, groupHex, Hex, Mark } from '#ui';
import { RegisterEditor } from './register-editor.tsx';
import { type Lanes, type LaneText, laneBits, laneTexts, vectorValue } from './view-model.ts';

/** See the head of this file. */
export function VectorRegisters({ lanes, text }: { lanes: Lanes; text: LaneText }) {
  const { value: told } = useVectors(true);
  const editable = useClient((s) => s.machine.status.kind !== 'running');
  const [editing, setEditing] = useState<number>();
  if (!told) return <div className="vector-grid" />;
  return (
    <>
      <div className={`vector-grid vector-grid-${lanes} vector-grid-${text}`}>
        {Array.from({ length: 32 }, (_, n) => {
          const value = vectorValue(told.values, n);
          const change = told.before.get(n);
          const before = change && vectorValue([change.low, change.high], 0);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a register is its number
            <div key={n} className={change ? 'register register-hit' : 'register'}>
              <span className="register-mark" title={before === undefined ? undefined : `was ${groupHex(before, 32)}`}>
                {change && <Mark by={change.byHand ? 'person' : 'guest'} />}
              </span>
              <span className="register-name">v{n}</span>
              {editing === n ? (
                <RegisterEditor name={`v${n}`} file={`v${n}`} value={value} width={128} onDone={() => setEditing(undefined)} />
              ) : (
                <button
                  type="button"
                  className="register-value vector-lanes"
                  aria-label={`v${n} ${laneTexts(value, lanes, text).join(' ')}, edit`}
                  aria-disabled={!editable || undefined}
                  onClick={() => editable && setEditing(n)}
                >
                  {lanes === 'q' ? (
                    <Hex value={value} bits={128} look="columns" />
                  ) : (
                    laneTexts(value, lanes, text).map((lane, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
                      <span key={index} className={/^0+$/.test(lane) ? 'lane lane-zero' : 'lane'}>
                        {lane}
                      </span>
                    ))
                  )}
                </button>
              )}
            </div>
          );
        })}
      </div>
      <p className="vector-note">
        {lanes === 'q'
          ? 'The whole register, 128 bits.'
          : `${128 / laneBits(lanes)} lanes of ${laneBits(lanes)} bits, the highest left.`}
      </p>
      <ul className="vector-access" aria-label="Who may use them now">
        {told.access.map(({ from, outcome, sentence, why }) => (
          <li key={from}>
            <Chip world={from === 'EL0' ? '0' : from === 'EL1' ? '1' : '2'} label={from} />{' '}
            {outcome === 'done' ? 'may use them' : sentence}
            {why[0]?.field && (
              <code>
                {' '}
                {why[0].register}.{why[0].field} = {why[0].value}
              </code>
            )}
          </li>
        ))}
      </ul>
      {told.status.map(({ name, value, fields }) => (
        <section key={name} className="vector-status" aria-label={name}>
          <p>
            {name} <b>{groupHex(value, 8)}</b>
          </p>
          <BitField label={name} items={bitItems(fields.filter((field) => field.msb < 32))} value={value} width={32} />
        </section>
      ))}
    </>
  );
}
