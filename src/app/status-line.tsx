// The line at the foot: what the machine is and what it has done, in the core's own numbers, and whether the work is kept.
import { useClient } from '#client';
import { Chip, showView, storageWorks } from '#ui';
import { dialog } from './commands.ts';
import { CODE_VIEW } from './dock-layout.ts';
import { count, levelWorld } from './run-state.ts';
import './status-line.css';

const hypervisors = { kvm: 'KVM/arm64 model', rmm: 'RMM model', none: 'bare metal' } as const;
const kept = storageWorks();

/** See the head of this file. */
export function StatusLine() {
  const machine = useClient((state) => state.machine);
  const board = useClient((state) => state.program.board);
  const assembled = useClient((state) => state.program.assembled);
  const loaded = useClient((state) => state.program.loaded);
  const errors = assembled?.diagnostics.filter((diagnostic) => diagnostic.severity === 'error') ?? [];
  const started = machine.status.kind !== 'empty' && machine.status.kind !== 'crashed';
  return (
    <footer className="status-line">
      <span>
        vCPU {machine.cpu} of {board.cpus}
      </span>
      {started && (
        <span>
          <Chip world={levelWorld(machine.el)} label={`EL${machine.el}`} /> EL{machine.el}
        </span>
      )}
      {started && <span>{count(machine.moment.instructions)} instr</span>}
      {started && (
        <span>
          {count(machine.exits)} {machine.exits === 1 ? 'exit' : 'exits'}
        </span>
      )}
      <button type="button" className="status-board" title="Board: change it" onClick={() => dialog.set('board')}>
        {hypervisors[board.hypervisor]}
        {(board.cpu !== 'max' || board.el !== 1) && `, EL${board.el}, ${board.cpu}`}
      </button>
      {errors[0] && (
        <button type="button" className="status-errors" onClick={() => showView(CODE_VIEW, errors[0]?.line)}>
          {errors.length} {errors.length === 1 ? 'error' : 'errors'} in the program
        </button>
      )}
      <span className="push">{started && !loaded && errors.length === 0 && 'text changed: Run or Step loads it'}</span>
      <span title={kept ? 'Program, answers and layout are kept in this browser' : 'This browser keeps nothing for this page'}>
        {kept ? 'saved' : 'not saved: this browser keeps nothing'}
      </span>
    </footer>
  );
}
