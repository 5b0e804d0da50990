// The exit log: every exit of the run, a row each, fetched as they come into sight. Choosing a row shows it in the exit card.

import { hexDigits } from '#base';
import type { ExitRow } from '#client';
import { selectExit, useClient, useExitRows } from '#client';
import { Chip, Empty, type TableColumn, VirtualTable, type World } from '#ui';
import './exit-log.css';

const WORLD_LETTER: Record<ExitRow['from'], World> = { EL0: '0', EL1: '1', EL2: '2', VMM: 'V' };

const COLUMNS: readonly TableColumn<ExitRow>[] = [
  { id: 'n', head: 'n', width: 'minmax(36px, 48px)', align: 'end', cell: (row) => row.n },
  { id: 'cpu', head: 'vCPU', width: '40px', cell: (row) => row.cpu },
  { id: 'from', head: 'from', width: '36px', cell: (row) => <Chip world={WORLD_LETTER[row.from]} label={row.from} /> },
  { id: 'instructions', head: 'instr', width: 'minmax(52px, 72px)', align: 'end', cell: (row) => row.instructions },
  { id: 'pc', head: 'PC', width: '76px', cell: (row) => hexDigits(row.pc, 8) },
  { id: 'instruction', head: 'instruction', width: 'minmax(104px, 1.2fr)', cell: (row) => row.instruction },
  {
    id: 'ec',
    head: 'EC',
    width: 'minmax(64px, 1.2fr)',
    cell: (row) => (
      <>
        {hexDigits(row.ec, 2)} <span className="log-text">{row.ecName}</span>
      </>
    ),
  },
  { id: 'cause', head: 'cause', width: 'minmax(72px, 1.2fr)', cell: (row) => <span className="log-text">{row.cause}</span> },
  { id: 'reason', head: 'exit reason', width: 'minmax(88px, 1fr)', cell: (row) => row.reason },
  {
    id: 'answer',
    head: 'answer',
    width: 'minmax(132px, 1fr)',
    cell: (row) =>
      row.waiting ? (
        <>
          <Chip world="V" label="VMM" /> <b className="log-waits">waiting for you</b>
        </>
      ) : (
        row.answer
      ),
  },
];

/** See the head of this file. */
export function ExitLogView() {
  const exits = useClient((s) => s.machine.exits);
  const selected = useClient((s) => s.selection.exit);
  const bare = useClient((s) => s.program.board.hypervisor === 'none');
  const { row, onRange } = useExitRows();
  return (
    <div className="exit-log">
      <VirtualTable
        label="Exit log"
        columns={COLUMNS}
        count={exits}
        row={row}
        onRange={onRange}
        active={selected === undefined ? exits - 1 : selected - 1}
        onActive={(index) => selectExit(index + 1 === exits ? undefined : index + 1)}
        rowClass={(data) => (data.waiting ? 'log-waiting' : undefined)}
        follow
        empty={
          <Empty>
            {bare
              ? 'Nothing exits on bare metal: EL2 is the program’s own, and devices answer directly.'
              : 'No exit yet. Each time the guest is stopped for the hypervisor, a row appears here.'}
          </Empty>
        }
      />
    </div>
  );
}

/** What stands at the right of the pane's head. */
export function ExitLogHead() {
  const exits = useClient((s) => s.machine.exits);
  return <span className="log-count">{exits === 1 ? '1 exit' : `${exits} exits`}</span>;
}
