// What the TLB keeps, an entry a row, each measured against the walk as it is now; a row leads to that walk.
import { type ReactNode, useState } from 'react';
import { type TlbEntryView, useTlb } from '#client';
import { Chip, Empty, groupHex, Icon, type TableColumn, VirtualTable } from '#ui';

const COLUMNS: readonly TableColumn<TlbEntryView>[] = [
  {
    id: 'stale',
    head: <span className="only-read">stale</span>,
    width: '20px',
    cell: ({ stale }) =>
      stale !== '' && (
        <span className="tlb-stale" role="img" aria-label={`stale: ${stale}`} title={`stale: ${stale}`}>
          <Icon name="warn" size={12} />
        </span>
      ),
  },
  { id: 'va', head: 'VA', width: 'minmax(88px, 160px)', cell: ({ va }) => groupHex(va) },
  { id: 'pa', head: 'PA', width: '160px', cell: ({ pa }) => (pa === undefined ? '–' : groupHex(pa)) },
  { id: 'regime', head: 'regime', width: '52px', cell: ({ regime }) => regime },
  {
    id: 'rights',
    head: 'may',
    width: '104px',
    cell: ({ rights }) =>
      rights.map(({ level, may }) => (
        <span key={level} className="tlb-right">
          <Chip world={level[2] as '0' | '1' | '2'} label={level} /> {may}{' '}
        </span>
      )),
  },
  { id: 'stage1', head: 'stage 1', width: '56px', cell: ({ stage1 }) => stage1 || 'off' },
  { id: 'stage2', head: 'stage 2', width: '56px', cell: ({ stage2, regime }) => stage2 || (regime === 'EL1&0' ? 'off' : '–') },
  { id: 'asid', head: 'ASID', width: '40px', align: 'end', cell: ({ asid }) => asid ?? '–' },
  { id: 'vmid', head: 'VMID', width: '40px', align: 'end', cell: ({ vmid }) => vmid ?? '–' },
  { id: 'size', head: 'alike', width: '48px', cell: ({ size }) => size },
  {
    id: 'memory',
    head: 'memory',
    width: 'minmax(160px, 1fr)',
    cell: ({ memory, stale, current }) =>
      stale === '' ? (
        <span className="tlb-memory">{current ? memory : `${memory} · of another address space`}</span>
      ) : (
        <b className="tlb-stale">
          <Icon name="warn" size={12} /> stale: {stale}
        </b>
      ),
  },
];

/** See the head of this file. `onWalk` shows the walk of an entry. */
export function Tlb({ choice, onWalk }: { choice: ReactNode; onWalk: (entry: TlbEntryView) => void }) {
  const { value: told } = useTlb(true);
  const entries = told?.entries ?? [];
  const [at, setAt] = useState(-1);
  const stale = entries.filter((entry) => entry.stale !== '').length;
  return (
    <div className="tlb">
      <div className="walk-ask">
        {choice}
        <span className="sub" role="status">
          {entries.length === 1 ? '1 entry' : `${entries.length} entries`}
          {stale > 0 && `, ${stale} stale`}
        </span>
      </div>
      <div className="tlb-rows">
        <VirtualTable
          label="TLB"
          columns={COLUMNS}
          count={entries.length}
          row={(index) => entries[index]}
          active={Math.min(at, entries.length - 1)}
          onActive={setAt}
          openBy="click"
          onOpen={(index) => entries[index] && onWalk(entries[index])}
          empty={
            <Empty>
              Nothing is kept now: the next accesses of this vCPU are translated by walks, and what they find stands here.
            </Empty>
          }
        />
      </div>
      {entries
        .filter((entry) => entry.stale !== '')
        .slice(0, 3)
        .map(({ va, regime, stale: why }) => (
          <p key={`${va} ${regime}`} className="walk-note tlb-stale">
            <code>{groupHex(va)}</code> is stale: {why}
          </p>
        ))}
      {told?.notes.map((note) => (
        <p key={note} className="walk-note">
          {note}
        </p>
      ))}
    </div>
  );
}
