// A translation as a drawing: the address on top, each stage with the descriptors it read, and what came of it: rights, or the abort. Beside it
// what the TLB keeps. Which address, access and level is the person's choice; the walk is the machine's, read anew at every stop.

import { useState } from 'react';
import { hexDigits } from '#base';
import {
  type CauseView,
  type FieldView,
  type RightsView,
  type TranslationView as Told,
  useClient,
  useTranslation,
  type WalkAccess,
  type WalkOutcome,
  type WalkStageView,
  type WalkStepView,
} from '#client';
import {
  BitField,
  bitItems,
  Chip,
  createCell,
  Empty,
  fieldText,
  groupHex,
  Icon,
  Menu,
  type MenuItem,
  Segmented,
  TextField,
  useCell,
} from '#ui';
import './translation.css';
import { Tlb } from './tlb.tsx';
import { type AddressPick, opensUnasked, outcomeSentence, registerPicks, stepLeads, stepName } from './view-model.ts';

/** What is asked; kept while the view is away. Without a level it is the one that the machine is at. */
const asked = createCell<{ readonly address: string; readonly access: WalkAccess; readonly level: 0 | 1 | 2 | undefined }>({
  address: 'pc',
  access: 'fetch',
  level: undefined,
});

const ACCESSES = [
  { value: 'read', word: 'read' },
  { value: 'write', word: 'write' },
  { value: 'fetch', word: 'fetch' },
  { value: 'ldtr', word: 'LDTR', hint: 'an unprivileged read' },
  { value: 'sttr', word: 'STTR', hint: 'an unprivileged write' },
] as const;

const SHOWN = [
  { value: 'walk', word: 'Walk', hint: 'An address, descriptor by descriptor' },
  { value: 'tlb', word: 'TLB', hint: 'The translations that the processor keeps' },
] as const;

/** Which of the two stands there. */
const shown = createCell<'walk' | 'tlb'>('walk');

const LEVELS = [
  { value: '0', word: 'EL0' },
  { value: '1', word: 'EL1' },
  { value: '2', word: 'EL2' },
] as const;

/** See the head of this file. */
export function TranslationView() {
  const which = useCell(shown);
  const empty = useClient((s) => s.machine.status.kind === 'empty');
  if (empty) return <Empty>Addresses can be translated when a program is loaded.</Empty>;
  if (which === 'tlb') {
    return (
      <Tlb
        choice={<Segmented label="Shown" options={SHOWN} value={which} onChange={shown.set} />}
        onWalk={({ va, rights: [first] }) => {
          const access = first?.may[0] !== '-' ? 'read' : first.may[1] !== '-' ? 'write' : 'fetch';
          asked.set({ address: groupHex(va), access, level: Number(first?.level[2] ?? 1) as 0 | 1 | 2 });
          shown.set('walk');
        }}
      />
    );
  }
  return <WalkView />;
}

function WalkView() {
  const machine = useClient((s) => s.machine);
  const chosenExit = useClient((s) => s.selection.exit);
  const query = useCell(asked);
  const level = query.level ?? machine.el;
  const exit = chosenExit ?? (machine.exits > 0 ? machine.exits : undefined);
  const told = useTranslation({ address: query.address, access: query.access, level, exit });
  const { places, general } = registerPicks(machine.registers);
  const item = ({ text, address }: AddressPick): MenuItem => ({
    id: text,
    word: text,
    note: groupHex(address),
    run: () => asked.set({ ...query, address: text }),
  });
  return (
    <div className="walk">
      <div className="walk-ask">
        <Segmented label="Shown" options={SHOWN} value="walk" onChange={shown.set} />
        <span className="walk-address-field">
          <TextField
            label="Address: a number, pc, sp, far, x0 to x30, or a symbol"
            placeholder="0x4008_0000, pc, x0, symbol"
            text={query.address}
            onText={(address) => asked.set({ ...query, address })}
          />
          <Menu
            label="Pick an address"
            className="walk-pick"
            sections={[
              {
                heading: 'Now',
                items: [
                  ...places.map(item),
                  {
                    id: 'far',
                    word: exit === undefined ? 'far of an exit' : `far of exit ${exit}`,
                    unavailable: exit === undefined,
                    run: () => asked.set({ ...query, address: 'far' }),
                  },
                ],
              },
              { heading: 'Registers', items: general.map(item) },
            ]}
          >
            <Icon name="down" size={12} />
          </Menu>
        </span>
        <Segmented
          label="Access"
          options={ACCESSES}
          value={query.access}
          onChange={(access) => asked.set({ ...query, access })}
        />
        <Segmented
          label="Exception level"
          options={LEVELS}
          value={`${level}` as '0' | '1' | '2'}
          onChange={(next) => asked.set({ ...query, level: Number(next) as 0 | 1 | 2 })}
        />
      </div>
      <p className="only-read" role="status">
        {told.value ? outcomeSentence(told.value) : told.error}
      </p>
      {told.error ? (
        <Empty>{told.error}</Empty>
      ) : (
        told.value && <Walk told={told.value} running={machine.status.kind === 'running'} />
      )}
    </div>
  );
}

function Walk({ told, running }: { told: Told; running: boolean }) {
  const { stages, outcome, notes } = told;
  return (
    <>
      {running && <p className="walk-note">The guest runs: the walk is that of the last stop.</p>}
      <ol className="walk-route" aria-label="Walk">
        {stages.map((stage) => (
          <li key={stage.stage} className="walk-stage">
            <Address kind={stage.from} address={stage.input} note={stage.from === 'VA' ? told.named : ''} />
            <Stage stage={stage} regime={told.regime} />
          </li>
        ))}
        <li>{outcome.kind === 'translation' ? <Reached outcome={outcome} /> : <Fault outcome={outcome} />}</li>
      </ol>
      {told.rights.length > 0 && <Rights rights={told.rights} />}
      {notes.map((note) => (
        <p key={note} className="walk-note">
          {note}
        </p>
      ))}
    </>
  );
}

function Address({ kind, address, note }: { kind: string; address: bigint; note: string }) {
  return (
    <div className="walk-address">
      <b className="walk-tag">{kind}</b>
      <b className="data">{groupHex(address)}</b>
      {note && <span className="sub">{note}</span>}
    </div>
  );
}

function Stage({ stage, regime }: { stage: WalkStageView; regime: string }) {
  const title = stage.stage === 1 ? `Stage 1, ${regime}` : 'Stage 2';
  return (
    <section className="walk-body" aria-label={title}>
      <p className="walk-head">
        <span className="label">{title}</span>
        {stage.off ? (
          <>
            <Fact fact={stage.off} /> off: what goes in comes out
          </>
        ) : (
          stage.base && (
            <>
              <span className="data">
                {stage.base.register} {groupHex(stage.base.value)}
              </span>
              <span>{stage.base.granule}</span>
            </>
          )
        )}
      </p>
      {stage.parts.length > 0 && (
        <BitField label={`${stage.from} by level`} items={bitItems(stage.parts)} value={stage.input} values />
      )}
      {stage.steps.map((step) => (
        <Step key={step.level} step={step} open={opensUnasked(stage, step)} />
      ))}
    </section>
  );
}

function Step({ step, open }: { step: WalkStepView; open: boolean }) {
  const [selected, setSelected] = useState<string>();
  const bad = step.kind === 'invalid' || step.kind === 'reserved' || step.kind === 'missing';
  return (
    <details className={bad ? 'walk-step walk-bad' : 'walk-step'} open={open}>
      <summary>
        <code className="walk-index">{stepName(step)}</code>
        <code>{step.descriptor === undefined ? 'unreadable' : groupHex(step.descriptor, 16)}</code>
        <span className="walk-leads">{stepLeads(step)}</span>
      </summary>
      <p className="walk-where">
        table {groupHex(step.table)}, bits {step.msb}:{step.lsb} = {step.index}, descriptor at {groupHex(step.address)}
        {step.physical !== undefined && step.physical !== step.address && `, read from ${groupHex(step.physical)}`}
      </p>
      {step.located.length > 0 && (
        <details className="walk-located">
          <summary>
            found through stage 2: {step.located.length} {step.located.length === 1 ? 'descriptor' : 'descriptors'}
          </summary>
          {step.located.map((inner) => (
            <Step key={inner.level} step={inner} open={false} />
          ))}
        </details>
      )}
      {step.descriptor !== undefined && step.fields.length > 0 && (
        <>
          <BitField
            label={`${stepName(step)}, stage ${step.stage}`}
            items={bitItems(step.fields)}
            value={step.descriptor}
            selected={selected}
            onSelect={setSelected}
          />
          <Meanings fields={step.fields} selected={selected} />
        </>
      )}
    </details>
  );
}

function Meanings({ fields, selected }: { fields: readonly FieldView[]; selected: string | undefined }) {
  return (
    <dl className="walk-meanings">
      {fields
        .filter((field) => field.meaning !== '')
        .map((field) => (
          <div key={field.name} data-selected={field.name === selected || undefined}>
            <dt>{field.name}</dt>
            <dd className="data">{fieldText(field.value, field.msb - field.lsb + 1)}</dd>
            <dd>{field.meaning}</dd>
          </div>
        ))}
    </dl>
  );
}

function Reached({ outcome }: { outcome: Extract<WalkOutcome, { kind: 'translation' }> }) {
  const may = [
    { word: 'read', on: outcome.read },
    { word: 'write', on: outcome.write },
    { word: 'execute', on: outcome.execute },
  ];
  return (
    <>
      <Address kind="PA" address={outcome.address} note="" />
      <ul className="walk-may" aria-label="Permissions">
        {may.map(({ word, on }) => (
          <li key={word} className={on ? undefined : 'walk-not'}>
            <Icon name={on ? 'ok' : 'no'} size={12} />
            {on ? word : `no ${word}`}
          </li>
        ))}
      </ul>
      <p className="walk-memory">
        {outcome.memory}
        {outcome.size !== '' && `; ${outcome.size} around it translate alike`}
      </p>
    </>
  );
}

function Fault({ outcome }: { outcome: Extract<WalkOutcome, { kind: 'fault' }> }) {
  return (
    <div className="walk-fault">
      <p>
        <Icon name="no" />
        <b>{outcome.name}</b>
        <span>
          stage {outcome.stage}
          {outcome.onWalk && ', on the walk of stage 1'} · fault status <code>0x{hexDigits(outcome.code, 2)}</code>
          {outcome.ipa !== undefined && (
            <>
              {' '}
              · IPA <code>{groupHex(outcome.ipa)}</code>
            </>
          )}
        </span>
      </p>
      <ol className="walk-why" aria-label="Why it faults">
        {outcome.reasons.map((fact) => (
          <li key={`${fact.rule} ${fact.register} ${fact.field}`}>
            <Fact fact={fact} />
            {fact.doc}
          </li>
        ))}
      </ol>
      <Abort abort={outcome.abort} />
    </div>
  );
}

/** Fields of an abort's syndrome that say something when they are 0 too. */
const TOLD: ReadonlySet<string> = new Set(['ISV', 'S1PTW', 'WnR']);

/** The exception that the fault would be. */
function Abort({ abort }: { abort: Extract<WalkOutcome, { kind: 'fault' }>['abort'] }) {
  const [selected, setSelected] = useState<string>();
  const el = abort.to[2];
  return (
    <section className="walk-abort" aria-label="The abort it would be">
      <p>
        <Chip world={el === '2' ? '2' : '1'} label={abort.to} /> would be taken to {abort.to}: EC{' '}
        <code>0x{hexDigits(abort.ec, 2)}</code>, {abort.ecName}
      </p>
      <p className="walk-saved">
        <code>
          ESR_{abort.to} {groupHex(abort.esr, 16)}
        </code>
        <code>
          FAR_{abort.to} {groupHex(abort.far)}
        </code>
        {abort.hpfar !== undefined && <code>HPFAR_EL2 {groupHex(abort.hpfar)}</code>}
      </p>
      <BitField
        label={`ESR_${abort.to}`}
        items={bitItems(abort.fields.filter((field) => field.msb < 32))}
        value={abort.esr}
        width={32}
        selected={selected}
        onSelect={setSelected}
      />
      <Meanings
        fields={abort.fields.filter(({ msb, name, value }) => msb < 32 && (value !== 0n || TOLD.has(name)))}
        selected={selected}
      />
      {abort.fields.some(({ name }) => name === 'ISV') && (
        <p className="walk-note">
          ISV, and the register, size and sign that it makes valid, depend on the instruction; here there is none.
        </p>
      )}
      {abort.why.length > 0 && (
        <ol className="walk-why" aria-label="Why it goes there">
          {abort.why.map((fact) => (
            <li key={`${fact.rule} ${fact.register} ${fact.field}`}>
              <Fact fact={fact} />
              {fact.doc}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const RIGHTS = ['read', 'write', 'execute'] as const;

/** What each level may do there, with everything counted that counts now. */
function Rights({ rights }: { rights: readonly RightsView[] }) {
  const why = rights.filter((right) => right.why.length > 0);
  return (
    <section className="walk-rights" aria-label="Rights">
      <table>
        <caption className="label">Who may do what here, both stages and PAN counted</caption>
        <thead>
          <tr>
            <th scope="col" />
            {RIGHTS.map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rights.map((right) => (
            <tr key={right.level}>
              <th scope="row">
                <Chip world={right.level[2] as '0' | '1' | '2'} label={right.level} /> {right.level}
              </th>
              {RIGHTS.map((word) => (
                <td key={word} className={right[word] ? undefined : 'walk-not'}>
                  <Icon name={right[word] ? 'ok' : 'no'} size={12} /> {right[word] ? 'yes' : 'no'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {why.map((right) => (
        <p key={right.level}>
          {right.level}:{' '}
          {right.why.map((fact) => (
            <span key={`${fact.rule} ${fact.register} ${fact.field}`}>
              <Fact fact={fact} /> {fact.doc}{' '}
            </span>
          ))}
        </p>
      ))}
    </section>
  );
}

function Fact({ fact }: { fact: CauseView }) {
  return (
    <code>
      {fact.register}
      {fact.field && `.${fact.field}`}
      {fact.value && ` = ${fact.value.replace(/^0x([01])$/, '$1')}`}
    </code>
  );
}
