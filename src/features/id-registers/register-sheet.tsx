// One ID register: the drawing of what the guest reads, a row for each field, the next write with KVM's verdict on it, the writes so far, and
// what the guest meets because of them.

import { type ReactNode, useEffect, useState } from 'react';
import {
  forgetIdRegister,
  type IdFieldView,
  type IdRegisterDetail,
  type IdVerdictView,
  judgeIdRegister,
  useClient,
  writeIdRegister,
  writeIdRegisterAtReset,
} from '#client';
import {
  announce,
  BitField,
  type BitFieldItem,
  Button,
  Chip,
  groupHex,
  Icon,
  NumberField,
  numberTrouble,
  readNumber,
  type World,
} from '#ui';
import { asSentence, fieldOf, positionText, valueText, verdictWords, whoRefuses, withField } from './view-model.ts';

/** See the head of this file. */
export function RegisterSheet({ of }: { of: IdRegisterDetail }) {
  const { name, value, fields, writes, frozen } = of;
  const running = useClient((s) => s.machine.status.kind === 'running');
  const [selected, setSelected] = useState<string>();
  const [typed, setTyped] = useState<string>();
  const reading = typed === undefined ? undefined : readNumber(typed, 64);
  const draft = reading === undefined ? value : reading.kind === 'value' ? reading.value : undefined;
  const verdict = useVerdict(name, typed === undefined ? undefined : draft, value);
  const last = writes.at(-1);

  const edit = (field: IdFieldView, next: bigint) => setTyped(groupHex(withField(draft ?? value, field, next), 16));
  const write = async () => {
    if (draft === undefined || running) return;
    const said = await writeIdRegister(name, draft);
    if (!said) return;
    announce(`${name}: ${verdictWords(said, true)}`);
    if (said.errno === '') setTyped(undefined);
  };
  const flip = (bit: number) => setTyped(groupHex((draft ?? value) ^ (1n << BigInt(bit)), 16));

  return (
    <>
      <header>
        <h3>{name}</h3>
        <span className="ids-encoding">{of.encoding}</span>
        <span className="ids-encoding">id {groupHex(of.id, 16)}</span>
        <span className="sub">{of.doc}</span>
      </header>
      {of.note !== '' && <p className="ids-note">{of.note}</p>}
      <div className="ids-reads">
        <span className="label">{typed === undefined ? 'Guest reads' : 'Next write'}</span>
        <b className="data">{groupHex(draft ?? value, 16)}</b>
        <span className="sub">writable mask {groupHex(of.mask, 16)}</span>
      </div>
      {fields.length > 0 && (
        <BitField
          label={name}
          items={fields.map(bitItem)}
          value={draft ?? value}
          selected={selected}
          onSelect={setSelected}
          onFlip={flip}
        />
      )}
      <form
        className="ids-write"
        aria-label={`Write ${name}`}
        onSubmit={(event) => {
          event.preventDefault();
          void write();
        }}
      >
        <span className="label">Next write</span>
        <NumberField
          label={`${name}, 64 bits`}
          text={typed ?? groupHex(value, 16)}
          onText={setTyped}
          width={64}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped(undefined);
          }}
        />
        <Button submit unavailable={running || draft === undefined}>
          KVM_SET_ONE_REG
        </Button>
        <p role="status" className={verdict && verdict.errno !== '' ? 'ids-bad' : 'ids-said'}>
          {running
            ? 'The guest runs: pause it to write.'
            : reading && reading.kind !== 'value'
              ? numberTrouble(reading)
              : verdict
                ? verdictLine(verdict, last)
                : frozen !== ''
                  ? `Frozen: ${frozen}.`
                  : 'Not run yet: still writable.'}
        </p>
        {verdict?.late && draft !== undefined && !running && (
          <Button onClick={() => void writeIdRegisterAtReset(name, draft).then(() => setTyped(undefined))}>
            Reset, and write it before all else
          </Button>
        )}
      </form>
      {last && last.errno !== '' && <Refusal of={last} />}
      <Fields
        fields={fields}
        selected={selected}
        onSelect={setSelected}
        draft={draft ?? value}
        onEdit={edit}
        onWrite={() => void write()}
      />
      {writes.length > 0 && (
        <section aria-label="Writes to this register">
          <h4>Writes to this register</h4>
          <table className="ids-writes">
            <tbody>
              {writes.map((made, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: writes are in their order
                <tr key={index}>
                  <td>{index + 1}</td>
                  <td>{groupHex(made.value, 16)}</td>
                  <td className={made.errno === '' ? 'ids-good' : 'ids-bad'}>
                    <Icon name={made.errno === '' ? 'ok' : 'no'} size={12} /> {made.errno === '' ? '0' : made.errno}
                  </td>
                  <td className="ids-plain">
                    {made.from === 'configuration' && 'by the configuration, before all else. '}
                    {made.text}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {writes.some((made) => made.from === 'configuration' || made.errno === '') && (
            <Button look="quiet" unavailable={running} onClick={() => void forgetIdRegister(name)}>
              Reset without these writes
            </Button>
          )}
        </section>
      )}
      <Meets fields={fields} />
    </>
  );
}

/** What KVM would say; once it has said so, the refusal below says it. */
function verdictLine(verdict: IdVerdictView, last: IdVerdictView | undefined): string {
  if (last && last.errno !== '' && last.value === verdict.value) return `${verdictWords(verdict, false)}.`;
  return `${verdictWords(verdict, false)}. ${asSentence(verdict.text)}`;
}

/** What KVM would say to a value; undefined while nothing other than the present value is typed. */
function useVerdict(name: string, draft: bigint | undefined, value: bigint): IdVerdictView | undefined {
  const moment = useClient((s) => s.machine.moment);
  const [verdict, setVerdict] = useState<IdVerdictView>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a machine that went on may have frozen them
  useEffect(() => {
    if (draft === undefined || draft === value) {
      setVerdict(undefined);
      return;
    }
    let late = false;
    void judgeIdRegister(name, draft).then((reply) => {
      if (!late) setVerdict(reply.ok ? reply.value : undefined);
    });
    return () => {
      late = true;
    };
  }, [name, draft, value, moment]);
  return verdict;
}

function bitItem({ name, msb, lsb, writable, meaning }: IdFieldView): BitFieldItem {
  return { name, msb, lsb, group: 1, fixed: !writable, meaning };
}

function Head({ world, word, under }: { world?: World; word: string; under: string }) {
  return (
    <th className="ids-value">
      <span>
        {world && <Chip world={world} label={word} />} {word}
      </span>
      {under}
    </th>
  );
}

function Fields({
  fields,
  selected,
  onSelect,
  draft,
  onEdit,
  onWrite,
}: {
  fields: readonly IdFieldView[];
  selected: string | undefined;
  onSelect: (name: string | undefined) => void;
  draft: bigint;
  onEdit: (field: IdFieldView, value: bigint) => void;
  onWrite: () => void;
}) {
  if (fields.length === 0) return null;
  return (
    <table className="ids-table" aria-label="Fields">
      <thead>
        <tr>
          <th>bits</th>
          <th>field</th>
          <Head word="host" under="has" />
          <Head world="2" word="limit" under="allowed" />
          <Head world="V" word="VMM" under="wrote" />
          <Head world="1" word="guest" under="reads" />
          <th className="ids-means">which means</th>
          <th className="ids-rule">a write must be</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <FieldRow
            key={field.name}
            field={field}
            open={field.name === selected}
            draft={fieldOf(draft, field)}
            onOpen={() => onSelect(field.name === selected ? undefined : field.name)}
            onEdit={(value) => onEdit(field, value)}
            onWrite={onWrite}
          />
        ))}
      </tbody>
    </table>
  );
}

function FieldRow({
  field,
  open,
  draft,
  onOpen,
  onEdit,
  onWrite,
}: {
  field: IdFieldView;
  open: boolean;
  draft: bigint;
  onOpen: () => void;
  onEdit: (value: bigint) => void;
  onWrite: () => void;
}) {
  const { name, signed, writable, host, limit, written, value, meaning, rule, reason } = field;
  const text = (of: bigint) => valueText(of, field);
  const cut = limit !== host;
  const set = written !== undefined && written !== limit;
  return (
    <>
      <tr data-open={open || undefined}>
        <td className="ids-bits">{positionText(field)}</td>
        <td>
          <button type="button" className="ids-name" aria-expanded={open} aria-label={`${name}, in full`} onClick={onOpen}>
            {name}
          </button>
          {signed && (
            <span className="ids-sign" title="signed: compared as a number that may be negative" role="img" aria-label="signed">
              ±
            </span>
          )}
        </td>
        <td className="ids-value">{text(host)}</td>
        <td className={`ids-value${cut ? ' ids-cut' : ''}`}>
          <span>{text(limit)}</span>
        </td>
        <td className={`ids-value${set ? ' ids-set' : ''}`}>
          {written === undefined ? (
            <i>·</i>
          ) : written !== value && written !== limit ? (
            <s>{text(written)}</s>
          ) : (
            <span>{text(written)}</span>
          )}
        </td>
        <td className="ids-value ids-guest">{text(value)}</td>
        <td className="ids-plain ids-means">{meaning}</td>
        <td className="ids-plain ids-rule">
          {!writable && <b className="ids-fixed">fixed</b>} {rule}
          {reason && <span className="ids-reason">{reason.text}</span>}
        </td>
      </tr>
      {open && (
        <tr className="ids-full">
          <td colSpan={8}>
            <Full field={field} draft={draft} onEdit={onEdit} onWrite={onWrite} />
          </td>
        </tr>
      )}
    </>
  );
}

function Full({
  field,
  draft,
  onEdit,
  onWrite,
}: {
  field: IdFieldView;
  draft: bigint;
  onEdit: (value: bigint) => void;
  onWrite: () => void;
}) {
  const width = field.msb - field.lsb + 1;
  const [typed, setTyped] = useState<{ readonly over: bigint; readonly text: string }>();
  const text = typed && typed.over === draft ? typed.text : `0x${draft.toString(16)}`;
  return (
    <div className="ids-detail">
      <div className="ids-edit">
        <span className="label">{field.name} in the next write</span>
        <NumberField
          label={`${field.name}, ${width} bits`}
          text={text}
          width={width}
          onText={(next) => {
            const reading = readNumber(next, width);
            if (reading.kind === 'value') {
              onEdit(reading.value);
              setTyped({ over: reading.value, text: next });
            } else setTyped({ over: draft, text: next });
          }}
          onEnter={onWrite}
        />
        <span className="sub">Enter writes the register.</span>
      </div>
      {field.meaning !== '' && <p className="ids-narrow">{field.meaning}</p>}
      <p className="ids-narrow">A write must be {field.rule}.</p>
      {field.reason && (
        <p>
          <b>{whoRefuses(field.reason.by)}.</b> {field.reason.text}
        </p>
      )}
      <p>{followsWords(field)}</p>
    </div>
  );
}

function followsWords({ follows, name }: IdFieldView): ReactNode {
  if (follows === undefined) return 'The guest reads what the host has: nothing follows.';
  if (follows.length === 0)
    return `No trap and no UNDEF of KVM’s follows from ${name} here: what the host can do, the guest finds working although it is not announced.`;
  return (
    <>
      Because the guest does not read the host’s value:{' '}
      {follows.map(({ control, what }, index) => (
        <span key={control}>
          {index > 0 && '; '}
          <code>{control}</code> {what}
        </span>
      ))}
      .
    </>
  );
}

function Refusal({ of }: { of: IdVerdictView }) {
  return (
    <section className="ids-refusal" aria-label="The last write was refused">
      <h4>
        <Icon name="no" /> {of.errno}
        {of.field !== '' && `: ${of.field}`}
      </h4>
      <p>
        {of.by && <b>{whoRefuses(of.by)}. </b>}
        {asSentence(of.text)} Nothing was written.
      </p>
    </section>
  );
}

/** What the guest meets now because of this register. */
function Meets({ fields }: { fields: readonly IdFieldView[] }) {
  const met = fields.filter((field) => field.follows !== undefined);
  return (
    <section aria-label="What the guest meets now">
      <h4>
        <Chip world="1" label="EL1" /> What the guest meets now
      </h4>
      {met.length === 0 ? (
        <p className="ids-said">Every field is the host’s: nothing is kept from the guest.</p>
      ) : (
        <table className="ids-meets">
          <tbody>
            {met.flatMap((field) => {
              const follows = field.follows ?? [];
              const first = `${field.name} ${valueText(field.value, field)}`;
              if (follows.length === 0)
                return [
                  <tr key={field.name}>
                    <td>{first}</td>
                    <td className="ids-dim">nothing traps it</td>
                    <td className="ids-plain">what the host can do still works</td>
                  </tr>,
                ];
              return follows.map(({ control, what }, index) => (
                <tr key={`${field.name} ${control}`}>
                  <td>{index === 0 && first}</td>
                  <td>{control}</td>
                  <td className="ids-plain">{what}</td>
                </tr>
              ));
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
