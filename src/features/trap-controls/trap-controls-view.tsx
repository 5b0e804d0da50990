// The trap controls of EL2, a register at a time: the drawing of its bits, and a row for each with its value now, how KVM leaves it, what it
// takes and which exits it has decided. A row opens to all of that in full. Values are shown, not changed.

import { hexDigits } from '#base';
import {
  type ControlDetail,
  type ControlRegisterLine,
  type ControlTakes,
  type ControlView,
  selectControl,
  selectExit,
  selectRegister,
  useClient,
  useControlDetail,
  useControlRegister,
  useControlRegisters,
} from '#client';
import { BitField, bitItems, Empty, fieldText, groupHex, Select, showView } from '#ui';
import './trap-controls.css';
import { choiceWord, differs, exitsWord, kvmDigit, runs, takesTitle } from './view-model.ts';

/** See the head of this file. */
export function TrapControlsView() {
  const empty = useClient((s) => s.machine.status.kind === 'empty');
  const running = useClient((s) => s.machine.status.kind === 'running');
  const chosen = useClient((s) => s.selection.control);
  const registers = useControlRegisters();
  const told = useControlRegister(chosen.register);
  if (empty) return <Empty>Trap controls appear when a program is loaded.</Empty>;
  const lines = registers.value ?? [];
  const view = told.value?.name === chosen.register ? told.value : undefined;
  return (
    <div className="traps">
      <div className="traps-sides">
        <nav className="traps-nav side-list" aria-label="Registers of trap controls">
          <RegisterList heading="Controls" lines={lines.filter((line) => !line.fine)} chosen={chosen.register} />
          <RegisterList heading="Fine-grained traps" lines={lines.filter((line) => line.fine)} chosen={chosen.register} />
        </nav>
        <section className="traps-main" aria-label="One register">
          {lines.length > 0 && (
            <div className="traps-choice">
              <Select
                label="Register of trap controls"
                value={chosen.register}
                options={lines.map((line) => ({ value: line.name, word: choiceWord(line) }))}
                onChange={selectControl}
              />
            </div>
          )}
          {view && (
            <>
              <header>
                <h3>{view.name}</h3>
                {view.absent === '' && <b className="data">{groupHex(view.value, 16)}</b>}
                <span className="sub">{running ? 'the guest runs: values of the last stop' : view.doc}</span>
              </header>
              {view.notes.map((note) => (
                <p key={note} className="traps-note">
                  {note}
                </p>
              ))}
              {view.absent !== '' ? (
                <p className="traps-note">{view.absent}</p>
              ) : (
                <BitField
                  label={view.name}
                  items={bitItems(view.controls)}
                  value={view.value}
                  selected={chosen.field}
                  onSelect={(field) => selectControl(view.name, field)}
                />
              )}
              <Controls register={view.name} controls={view.controls} fresh={view.notes.length > 0} chosen={chosen.field} />
            </>
          )}
        </section>
      </div>
    </div>
  );
}

function RegisterList({ heading, lines, chosen }: { heading: string; lines: readonly ControlRegisterLine[]; chosen: string }) {
  return (
    <>
      <h4>{heading}</h4>
      <ul>
        {lines.map((line) => (
          <li key={line.name}>
            <button
              type="button"
              aria-current={line.name === chosen || undefined}
              className={line.absent === '' ? undefined : 'traps-absent'}
              title={line.absent || line.doc}
              onClick={() => selectControl(line.name)}
            >
              {line.name}
              <span>{line.absent !== '' ? 'not here' : line.exits > 0 && exitsWord(line.exits)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Controls({
  register,
  controls,
  fresh,
  chosen,
}: {
  register: string;
  controls: readonly ControlView[];
  fresh: boolean;
  chosen: string;
}) {
  const here = controls.filter((control) => control.absent === '' || control.name === chosen);
  const reserved = controls.filter((control) => !here.includes(control));
  const row = (control: ControlView) => (
    <Control
      key={`${control.name} ${control.msb}`}
      register={register}
      control={control}
      fresh={fresh}
      open={control.name === chosen}
    />
  );
  return (
    <>
      <table className="field-table traps-table" aria-label={`Controls of ${register}`}>
        <thead>
          <tr>
            <th>bits</th>
            <th>control</th>
            <th>now</th>
            <th>KVM</th>
            <th>what it does</th>
            <th>decided</th>
          </tr>
        </thead>
        <tbody>{here.map(row)}</tbody>
      </table>
      {reserved.length > 0 && (
        <details className="traps-reserved">
          <summary>{reserved.length} that this processor does not have</summary>
          <table className="field-table traps-table" aria-label={`Controls of ${register} that are not here`}>
            <tbody>{reserved.map(row)}</tbody>
          </table>
        </details>
      )}
    </>
  );
}

function Control({ register, control, fresh, open }: { register: string; control: ControlView; fresh: boolean; open: boolean }) {
  const { name, msb, lsb, value, doc, absent, exits } = control;
  const { digit, depends } = kvmDigit(control);
  const other = !fresh && differs(control);
  return (
    <>
      <tr className={absent === '' ? undefined : 'traps-absent'} data-open={open || undefined}>
        <td>{msb === lsb ? msb : `${msb}:${lsb}`}</td>
        <td>
          <button
            type="button"
            className="traps-name"
            aria-expanded={open}
            onClick={() => selectControl(register, open ? '' : name)}
            aria-label={`${name}, in full`}
          >
            {name}
          </button>
        </td>
        <td className={value === 0n ? 'traps-zero' : 'traps-set'}>
          {fieldText(value, msb - lsb + 1)}
          {other && (
            <span title="otherwise than KVM leaves it" role="img" aria-label="otherwise than KVM leaves it">
              {' '}
              ≠
            </span>
          )}
        </td>
        <td className="traps-kvm" title={depends || undefined}>
          {digit}
        </td>
        <td className="traps-doc">
          {absent === '' ? doc : absent}
          {depends && absent === '' && <span className="traps-depends">KVM: {depends}</span>}
        </td>
        <td className="traps-exits">{exits > 0 && exitsWord(exits)}</td>
      </tr>
      {open && (
        <tr className="traps-full">
          <td colSpan={6}>
            <InFull register={register} field={name} doc={absent === '' ? '' : doc} kvm={depends || digit} />
          </td>
        </tr>
      )}
    </>
  );
}

function InFull({ register, field, doc, kvm }: { register: string; field: string; doc: string; kvm: string }) {
  const told = useControlDetail(register, field);
  const detail = told.value?.register === register && told.value.field === field ? told.value : undefined;
  if (!detail) return null;
  return (
    <div className="traps-detail">
      {doc && <p>{doc}</p>}
      <p className="sub">KVM leaves it: {kvm}.</p>
      <Decided detail={detail} />
      {detail.takes.length === 0 ? (
        <p className="sub">No access of a register and no instruction is taken by this field itself.</p>
      ) : (
        detail.takes.map((takes) => <Takes key={`${takesTitle(takes)} ${takes.condition}`} takes={takes} />)
      )}
    </div>
  );
}

function Decided({ detail: { exits, lines } }: { detail: ControlDetail }) {
  const loaded = useClient((s) => s.program.loaded);
  if (exits.count === 0) return <p className="sub">It has decided no exit yet.</p>;
  const shown = exits.last.slice(-12);
  return (
    <dl className="traps-decided">
      <dt>{exitsWord(exits.count)}</dt>
      <dd>
        {exits.first !== undefined && !shown.includes(exits.first) && (
          <>
            <ExitLink n={exits.first} /> …{' '}
          </>
        )}
        {shown.map((n) => (
          <ExitLink key={n} n={n} />
        ))}
      </dd>
      {lines.length > 0 && (
        <>
          <dt>{lines.length === 1 ? 'from line' : 'from lines'}</dt>
          <dd>
            {loaded
              ? lines.map(({ line, count }) => (
                  <button
                    key={line}
                    type="button"
                    className="traps-link"
                    aria-label={`Line ${line}, ${exitsWord(count)}`}
                    onClick={() => showView('editor', line)}
                  >
                    {line}
                    {count > 1 && <span className="traps-times"> ×{count}</span>}
                  </button>
                ))
              : `${runs(lines.map(({ line }) => line))} of the text that was loaded`}
          </dd>
        </>
      )}
    </dl>
  );
}

function ExitLink({ n }: { n: number }) {
  return (
    <button
      type="button"
      className="traps-link"
      aria-label={`Exit ${n}`}
      onClick={() => {
        selectExit(n === useClient.getState().machine.exits ? undefined : n);
        showView('exit-card');
      }}
    >
      {n}
    </button>
  );
}

const FEW = 24;

function Takes({ takes }: { takes: ControlTakes }) {
  const { names, direction, condition, ec, ecName } = takes;
  const few = names.slice(0, FEW);
  const more = names.slice(FEW);
  const name = (text: string) =>
    direction === 'execute' ? (
      <code key={text}>{text}</code>
    ) : (
      <button
        key={text}
        type="button"
        className="traps-link"
        onClick={() => {
          selectRegister(text);
          showView('system-registers', 1);
        }}
      >
        {text}
      </button>
    );
  return (
    <div className="traps-takes">
      <p>
        <b>{takesTitle(takes)}</b> {ec !== 0 && <span title={ecName}>EC {hexDigits(ec, 2)}</span>} <code>{condition}</code>
      </p>
      <p className="traps-names">{few.map(name)}</p>
      {more.length > 0 && (
        <details>
          <summary>{more.length} more</summary>
          <p className="traps-names">{more.map(name)}</p>
        </details>
      )}
    </div>
  );
}
