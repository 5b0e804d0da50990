// The story of one exit: what happened in a sentence, its route through the worlds, the answer box where the guest waits, why it
// trapped, the syndrome, kvm_run and what was saved. Slots are fixed: what is not there yet is drawn in its place, and nothing moves.

import { useState } from 'react';
import { hexDigits } from '#base';
import type { EmulatedView, ExitDetail } from '#client';
import { selectExit, useClient, useShownExit } from '#client';
import { BitField, Chip, Empty, fieldText, groupHex, IconButton, LaneRoute, Mark } from '#ui';
import { AnswerBox } from './answer-box.tsx';
import './exit-card.css';
import { bitItems, lanesOf, letter, spokenFields } from './view-model.ts';

/** See the head of this file. */
export function ExitCardView() {
  const detail = useShownExit();
  const ask = useClient((s) => (s.machine.status.kind === 'waiting' ? s.machine.status.ask : undefined));
  const ended = useClient((s) => (s.machine.status.kind === 'ended' ? s.machine.status : undefined));
  const bare = useClient((s) => s.program.board.hypervisor === 'none');
  if (!detail) {
    return (
      <Empty>
        {bare
          ? 'Nothing exits on bare metal: EL2 is the program’s own. With KVM as the board’s hypervisor the story of an exit stands here.'
          : 'The story of an exit stands here: what trapped, why, and which way it took. Run the guest to meet the first one.'}
      </Empty>
    );
  }
  const { lanes, stops, waiting } = lanesOf(detail);
  const mine = ask && ask.exit === detail.row.n ? ask : undefined;
  return (
    <div className="exit-card">
      <p className="exit-sentence">{withCode(detail.sentence)}</p>
      <div>
        <LaneRoute label={`Path of exit ${detail.row.n}`} lanes={lanes} stops={stops} waiting={waiting} />
        {mine ? <AnswerBox key={mine.exit} ask={mine} /> : <Outcome detail={detail} ended={ended} />}
      </div>
      {detail.dump !== '' && <Dump text={detail.dump} />}
      {detail.emulated && <Emulated of={detail.emulated} />}
      <Why detail={detail} />
      <Syndrome detail={detail} />
      <div className="exit-duo">
        {detail.kvmRun.length > 0 && <KvmRun detail={detail} />}
        <Saved detail={detail} />
      </div>
      {detail.notes.length > 0 && (
        <ul className="exit-notes" aria-label="Where this model differs">
          {detail.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What stands in the pane's head in place of the plain title. */
export function ExitCardTitle() {
  const detail = useShownExit();
  if (!detail) return <>Exit</>;
  const world = detail.row.waiting || detail.row.outcome === 'user' ? 'VMM' : 'EL2';
  return (
    <span className="exit-title">
      <Chip world={letter(world)} label={world} /> {detail.title}
    </span>
  );
}

/** What stands at the right of the pane's head: which exit, and the way to its neighbours. */
export function ExitCardHead() {
  const exits = useClient((s) => s.machine.exits);
  const chosen = useClient((s) => s.selection.exit);
  if (exits === 0) return null;
  const n = chosen ?? exits;
  const go = (to: number) => selectExit(to === exits ? undefined : to);
  return (
    <span className="exit-place">
      exit {n} of {exits}
      <IconButton icon="previous" label="Previous exit" unavailable={n <= 1} onClick={() => go(n - 1)} />
      <IconButton icon="next" label="Next exit" unavailable={n >= exits} onClick={() => go(n + 1)} />
    </span>
  );
}

/** Text with what stands between backticks set as code. */
function withCode(text: string) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}

function Outcome({ detail, ended }: { detail: ExitDetail; ended: { errno?: string; message: string } | undefined }) {
  const last = detail.row.n === useClient.getState().machine.exits;
  const failed = last && ended?.errno !== undefined;
  return (
    <div className={`exit-outcome${failed ? ' exit-refused' : ''}`}>
      {failed ? (
        <p>
          <b>{ended?.errno}</b> {ended?.message}.
        </p>
      ) : detail.injected ? (
        <p>
          <b>Exception into the guest.</b> {detail.injected.sentence} Vector {groupHex(detail.injected.vector)}, ESR_EL1{' '}
          {groupHex(detail.injected.esr)}.
        </p>
      ) : detail.completion?.register ? (
        <p className="exit-landed">
          <Mark by="answer" /> {detail.completion.register}{' '}
          <span className="was">{groupHex(detail.completion.before ?? 0n)}</span> →{' '}
          <b>{groupHex(detail.completion.after ?? 0n)}</b> <span className="exit-plain">{detail.completion.why}</span>
        </p>
      ) : (
        <p>
          <b>{detail.row.reason}</b>{' '}
          {last && ended ? `The run is over: ${ended.message}.` : (detail.completion?.why ?? detail.row.answer)}
        </p>
      )}
    </div>
  );
}

/** What the VMM prints before it ends. */
function Dump({ text }: { text: string }) {
  return (
    <section aria-label="What the VMM prints">
      <div className="exit-section">
        <span className="label">What QEMU prints</span> <span className="exit-plain">and then it ends</span>
      </div>
      <pre className="exit-dump">{text}</pre>
    </section>
  );
}

/** Decoding in userspace: the way to the instruction, what it was, and the accesses that it became. */
function Emulated({ of }: { of: EmulatedView }) {
  const { pc, word, text, replaced, ipa, steps, accesses } = of;
  return (
    <section aria-label="Decoded in userspace">
      <div className="exit-section">
        <span className="label">Decoded in userspace</span> <b className="data">{text}</b>
        {replaced && <b className="exit-other">not the instruction that trapped</b>}
      </div>
      <table className="exit-table">
        <tbody>
          {steps.map((step) => (
            <tr key={step.address}>
              <td>L{step.level}</td>
              <td className="exit-name">{step.kind}</td>
              <td>{groupHex(step.descriptor, 16)}</td>
              <td className="exit-plain">descriptor at {groupHex(step.address)}</td>
            </tr>
          ))}
          <tr>
            <td>pc</td>
            <td className="exit-name">{groupHex(pc)}</td>
            <td>{hexDigits(word, 8)}</td>
            <td className="exit-plain">
              {steps.length === 0 ? 'the guest’s MMU is off: ' : ''}read at IPA {groupHex(ipa)}
            </td>
          </tr>
          {accesses.map((access) => (
            <tr key={`${access.access} ${access.va} ${access.bytes}`}>
              <td>{access.where === 'device' ? 'MMIO' : 'RAM'}</td>
              <td className="exit-name">{groupHex(access.ipa)}</td>
              <td>{groupHex(access.value)}</td>
              <td className="exit-plain">
                {access.access} of {access.bytes === 1 ? '1 byte' : `${access.bytes} bytes`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Why({ detail }: { detail: ExitDetail }) {
  if (detail.why.length === 0) return null;
  return (
    <ol className="exit-why" aria-label="Why it trapped">
      {detail.why.map((fact) => (
        <li key={`${fact.rule} ${fact.register}`} title={`row ${fact.rule}`}>
          <code>
            {fact.register}
            {fact.field && `.${fact.field}`}
            {fact.value && ` = ${fact.value.replace(/^0x([01])$/, '$1')}`}
          </code>
          {fact.doc}
        </li>
      ))}
    </ol>
  );
}

function Syndrome({ detail }: { detail: ExitDetail }) {
  const [selected, setSelected] = useState<string>();
  return (
    <section aria-label="Syndrome">
      <div className="exit-section">
        <span className="label">Syndrome</span> <b className="data">ESR_EL2 {groupHex(detail.esr, 16)}</b>
      </div>
      <BitField label="ESR_EL2" items={bitItems(detail.fields)} value={detail.esr} selected={selected} onSelect={setSelected} />
      <dl className="exit-meanings">
        {spokenFields(detail.fields).map((field) => (
          <div key={field.name} className={field.name === selected ? 'exit-meant' : undefined}>
            <dt>{field.name}</dt>
            <dd className="data">{fieldText(field.value, field.msb - field.lsb + 1)}</dd>
            <dd>{field.meaning}</dd>
          </div>
        ))}
      </dl>
      {detail.warnings.map((warning) => (
        <p key={warning} className="exit-warning">
          {warning}
        </p>
      ))}
    </section>
  );
}

function KvmRun({ detail }: { detail: ExitDetail }) {
  return (
    <section aria-label="kvm_run">
      <div className="exit-section">
        <span className="label">kvm_run</span> <span className="exit-plain">what the VMM sees</span>
      </div>
      <table className="exit-table">
        <tbody>
          {detail.kvmRun.map((field) => (
            <tr key={field.offset}>
              <td>+{hexDigits(field.offset, 2)}</td>
              <td className="exit-name">{field.name}</td>
              <td className="exit-bytes">
                {[...field.bytes].map((byte, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a byte is its place
                  <span key={index} className={index < field.waits ? 'exit-slot' : undefined}>
                    {hexDigits(byte, 2)}
                  </span>
                ))}
              </td>
              <td className="exit-plain">{field.meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Saved({ detail }: { detail: ExitDetail }) {
  return (
    <section aria-label="Saved at EL2">
      <div className="exit-section">
        <span className="label">Saved at EL2</span>
      </div>
      <table className="exit-table">
        <tbody>
          {detail.saved.map(({ register, value, note }) => (
            <tr key={register}>
              <td className="exit-name">{register}</td>
              <td>{groupHex(value)}</td>
              <td className="exit-plain">{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
