// KVM's configuration: capabilities, vCPU features, the kind of VM, and the positions of open arguments, each switch with a sentence for every
// position. Moving one changes the program's configuration; a machine takes it at reset, and until then the view says so.

import { useId, useState } from 'react';
import { editConfig, reset, type SwitchView, takePosition, useClient, useConfigPending, useSwitches } from '#client';
import { type Guest, positionsOf } from '#guests';
import type { MachineConfig, Project } from '#project';
import { announce, Button, Empty } from '#ui';
import './hypervisor.css';
import { moved, positionWord, sections, standsIn, waiting } from './view-model.ts';

/** See the head of this file. */
export function HypervisorView() {
  const told = useSwitches();
  const config = useClient((s) => s.program.config);
  const source = useClient((s) => s.program.source);
  const positions = positionsOf(source);
  const [hand, setHand] = useState<{ readonly over: unknown; readonly name: string; readonly value: string }>();
  if (!told.value) return <Empty>{told.error ?? 'KVM’s switches appear when a program is loaded.'}</Empty>;
  const { refused } = told.value;
  // A switch stands where the hand has put it before the machine has said what it makes of that.
  const switches =
    hand?.over === told.value
      ? told.value.switches.map((one) => (one.name === hand.name ? { ...one, value: hand.value } : one))
      : told.value.switches;
  const move = (name: string, value: string) => {
    setHand({ over: told.value, name, value });
    void editConfig(moved(config, switches, name, value));
  };
  return (
    <div className="kvm">
      <Standing switches={switches} refused={refused} />
      {positions.length > 1 && <Positions positions={positions} />}
      {sections(switches).map(({ title, call, movable, fixed }) => (
        <section key={title} aria-label={title}>
          <h3>
            {title} <code>{call}</code>
          </h3>
          {movable.map((one) => (
            <Switch key={one.name} of={one} onMove={(value) => move(one.name, value)} />
          ))}
          {fixed.length > 0 && (
            <details className="kvm-fixed">
              <summary>{fixed.length} that cannot be moved here</summary>
              <dl>
                {fixed.map(({ name, title: what, fixed: why }) => (
                  <div key={name}>
                    <dt>
                      {what} <code>{name}</code>
                    </dt>
                    <dd>{why}</dd>
                  </div>
                ))}
              </dl>
            </details>
          )}
        </section>
      ))}
      <AsText config={config} />
    </div>
  );
}

/** The configuration as the file that `--config` takes. */
function AsText({ config }: { config: MachineConfig }) {
  const text = JSON.stringify(config, undefined, 2);
  return (
    <details className="kvm-text">
      <summary>As text, for --config</summary>
      <pre>{text}</pre>
      <Button look="quiet" onClick={() => void navigator.clipboard.writeText(`${text}\n`).then(() => announce('Copied'))}>
        Copy
      </Button>
    </details>
  );
}

/** Whether the machine runs with what stands here; the one line that does not move. */
function Standing({ switches, refused }: { switches: readonly SwitchView[]; refused: string }) {
  const pending = useConfigPending();
  const running = useClient((s) => s.machine.status.kind === 'running');
  const names = waiting(switches).map((s) => s.name);
  return (
    <div className="kvm-standing" role="status" data-refused={refused === '' ? undefined : ''}>
      {refused !== '' ? (
        <p>
          <b>No machine can be made so.</b> {refused}.
        </p>
      ) : pending ? (
        <>
          <p>
            <b>At the next reset.</b>{' '}
            {names.length > 0
              ? `The machine still runs without: ${names.join(', ')}.`
              : 'The machine was made with another configuration.'}
          </p>
          <Button unavailable={running} onClick={() => void reset()}>
            Reset now
          </Button>
        </>
      ) : (
        <p>The machine runs with what stands here. It is saved with the program, and a change takes effect at reset.</p>
      )}
    </div>
  );
}

function Positions({ positions }: { positions: readonly Guest[] }) {
  const board = useClient((s) => s.program.board);
  const config = useClient((s) => s.program.config);
  const rules = useClient((s) => s.program.rules);
  const group = useId();
  // Switches and rules of the person's own, which a position takes the place of: they can be had back.
  const [own, setOwn] = useState<Pick<Project, 'config' | 'rules'>>();
  const stands = positions.find((guest) => standsIn({ board, config, rules }, guest));
  const take = (to: Pick<Project, 'config' | 'rules'>) => {
    if (!stands) setOwn({ config, rules });
    void takePosition(to.config, to.rules);
  };
  return (
    <section aria-label="Positions of the argument">
      <h3>
        The argument about {positions[0]?.argument}{' '}
        <span className="sub">each is a set of switches and answers; choosing one resets</span>
      </h3>
      <fieldset className="kvm-positions" aria-label="Position">
        {positions.map((guest) => (
          <label key={guest.id}>
            <input type="radio" name={group} checked={guest === stands} onChange={() => take(guest.project)} />
            <span className="kvm-word">{positionWord(guest)}</span>
            <span className="kvm-about">{guest.about}</span>
          </label>
        ))}
        {(own || !stands) && (
          <label>
            <input type="radio" name={group} checked={!stands} onChange={() => own && take(own)} />
            <span className="kvm-word">your own</span>
            <span className="kvm-about">
              {stands ? 'The switches and rules as they stood before.' : 'None of these: switches or rules were changed.'}
            </span>
          </label>
        )}
      </fieldset>
    </section>
  );
}

function Switch({ of, onMove }: { of: SwitchView; onMove: (value: string) => void }) {
  const { name, title, positions, value, runs, usual, fixed } = of;
  const group = useId();
  return (
    <fieldset className="kvm-switch" aria-label={`${title}, ${name}`}>
      <div className="kvm-name">
        <span>{title}</span>
        <code>{name}</code>
      </div>
      <div className="kvm-places">
        {positions.map((position) => (
          <label key={position.value} data-chosen={position.value === value ? '' : undefined}>
            <input type="radio" name={group} checked={position.value === value} onChange={() => onMove(position.value)} />
            <code>{position.value}</code>
            <span>
              {position.doc}
              {position.value === usual && positions.length > 2 && <em> usual</em>}
              {position.value === runs && value !== runs && <em> runs until the reset</em>}
            </span>
          </label>
        ))}
        {fixed !== '' && <p className="kvm-why">{fixed}</p>}
      </div>
    </fieldset>
  );
}
