// The system registers: the list with its search on one side, the chosen one in full on the other; where there is no room for both, one at a
// time. Every value, sentence and rule comes from the machine's side.

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  type RegisterLine,
  type RegisterScope,
  type RegisterValue,
  selectRegister,
  useClient,
  useRegisterDetail,
  useRegisterList,
  useRegisterValues,
} from '#client';
import { Button, Empty, groupHex, Hex, Segmented, type TableColumn, TextField, useCell, VirtualTable, viewRequest } from '#ui';
import { ChangeMark } from './change-mark.tsx';
import { RegisterPane } from './register-pane.tsx';
import './system-registers.css';
import { lineOf, namesInSight } from './view-model.ts';

const ID = 'system-registers';

const SCOPES = [
  { value: 'here', word: 'here', hint: 'Registers that this processor has' },
  { value: 'changed', word: 'changed', hint: 'Registers that changed since the machine last stood still' },
  { value: 'all', word: 'all', hint: 'Every register of the architecture' },
] as const;

const NO_LINES: readonly RegisterLine[] = [];

/** See the head of this file. */
export function SystemRegistersView() {
  const empty = useClient((s) => s.machine.status.kind === 'empty');
  const running = useClient((s) => s.machine.status.kind === 'running');
  const cpu = useClient((s) => s.machine.cpu);
  const chosen = useClient((s) => s.selection.register);
  const request = useCell(viewRequest);
  const [text, setText] = useState('');
  const [scope, setScope] = useState<RegisterScope>('here');
  const [inFull, setInFull] = useState(false);
  const list = useRegisterList({ text, scope });
  const detail = useRegisterDetail(chosen);
  const pane = useRef<HTMLDivElement>(null);

  // Who sends here with a place wants the chosen register in full, not the list.
  useEffect(() => {
    if (request?.view === ID && request.place !== undefined) setInFull(true);
  }, [request]);

  // A register that is opened gets the focus once it is there: what it is comes from the worker.
  const [opened, setOpened] = useState(0);
  const focused = useRef(0);
  const isThere = detail.value?.name === chosen;
  useEffect(() => {
    if (opened === focused.current || !isThere) return;
    focused.current = opened;
    pane.current?.querySelector<HTMLElement>('h3')?.focus();
  }, [opened, isThere]);

  if (empty) return <Empty>System registers appear when a program is loaded.</Empty>;

  const open = () => {
    setInFull(true);
    setOpened((count) => count + 1);
  };
  return (
    <div className="sysregs">
      <div className={`sysregs-sides${inFull ? ' sysregs-in-full' : ''}`} data-running={running || undefined}>
        <section className="sysregs-list" aria-label="Registers">
          <div className="sysregs-search">
            <TextField
              label="Find a register by name, encoding, group, field or sentence"
              placeholder="name, encoding, field"
              icon="filter"
              text={text}
              onText={setText}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setText('');
              }}
            />
            <Segmented label="Which registers" options={SCOPES} value={scope} onChange={setScope} />
          </div>
          <List
            lines={list.value?.lines ?? NO_LINES}
            chosen={chosen}
            onOpen={open}
            empty={
              list.value && (
                <Empty>
                  {text !== ''
                    ? `No register has “${text}” in its name, encoding, group, fields or sentence.`
                    : 'No register has changed since the machine last stood still.'}
                </Empty>
              )
            }
          />
          <p className="sysregs-count" role="status">
            {running
              ? 'The guest runs: values are those of the last stop.'
              : list.value && `${list.value.found} ${list.value.found === 1 ? 'register' : 'registers'} · vCPU ${cpu}`}
          </p>
        </section>
        <section ref={pane} className="sysregs-pane" aria-label="Register">
          <div className="sysregs-back">
            <Button icon="previous" look="quiet" onClick={() => setInFull(false)}>
              All registers
            </Button>
          </div>
          {detail.value && detail.value.name === chosen ? (
            <RegisterPane key={chosen} detail={detail.value} running={running} onOpen={selectRegister} />
          ) : detail.error ? (
            <Empty>{detail.error}</Empty>
          ) : (
            !chosen && <Empty>Choose a register: its fields, what they mean, and who takes an access to it stand here.</Empty>
          )}
        </section>
      </div>
    </div>
  );
}

function List({
  lines,
  chosen,
  onOpen,
  empty,
}: {
  lines: readonly RegisterLine[];
  chosen: string | undefined;
  onOpen: () => void;
  empty: React.ReactNode;
}) {
  const [sight, setSight] = useState<readonly [first: number, count: number]>([0, 40]);
  const onRange = useCallback((first: number, count: number) => setSight([first, count]), []);
  const values = useRegisterValues(namesInSight(lines, ...sight));
  const { ref, narrow } = useNarrow();
  const columns: readonly TableColumn<RegisterLine>[] = [
    {
      id: 'mark',
      head: <span className="only-read">changed</span>,
      width: '16px',
      cell: (line) => line.kind === 'register' && <Changed value={values.get(line.name)} />,
    },
    {
      id: 'name',
      head: 'register',
      width: 'minmax(124px, 1fr)',
      cell: (line) =>
        line.kind === 'register' && (
          <>
            <span title={line.doc}>{line.name}</span>
            {narrow && (
              <span className="sysregs-below">
                <Value line={line} value={values.get(line.name)} />
              </span>
            )}
          </>
        ),
    },
    {
      id: 'value',
      head: 'value',
      width: '138px',
      cell: (line) => line.kind === 'register' && <Value line={line} value={values.get(line.name)} />,
    },
  ];
  return (
    <div ref={ref} className="sysregs-lines">
      <VirtualTable
        label="System registers"
        columns={narrow ? columns.slice(0, 2) : columns}
        rowHeight={narrow ? 36 : 19}
        count={lines.length}
        row={(index) => lines[index]}
        onRange={onRange}
        active={lineOf(lines, chosen)}
        onActive={(index) => {
          const line = lines[index];
          if (line?.kind === 'register') selectRegister(line.name);
        }}
        onOpen={onOpen}
        openBy="click"
        heading={(line) =>
          line.kind === 'head' ? (
            <>
              {line.title} <span className="sysregs-number">{line.count}</span>
            </>
          ) : undefined
        }
        rowClass={(line) => (line.kind === 'register' && line.absent !== '' ? 'sysregs-absent' : undefined)}
        empty={empty}
      />
    </div>
  );
}

/** Name and value stand below one another where they do not fit beside one another. */
const BESIDE = 296;

function useNarrow(): { readonly ref: React.RefObject<HTMLDivElement | null>; readonly narrow: boolean } {
  const ref = useRef<HTMLDivElement>(null);
  const [narrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => element.clientWidth > 0 && setNarrow(element.clientWidth < BESIDE);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, narrow };
}

function Changed({ value }: { value: RegisterValue | undefined }) {
  return value ? <ChangeMark value={value} /> : null;
}

function Value({ line, value }: { line: Extract<RegisterLine, { kind: 'register' }>; value: RegisterValue | undefined }) {
  if (line.absent !== '') return <span title={line.absent}>not here</span>;
  if (!value) return null;
  if (value.value === undefined) return <span className="sysregs-none">none to show</span>;
  const title = value.before === undefined ? undefined : `was ${groupHex(value.before)}`;
  return (
    <span title={title} className={title ? 'sysregs-hit' : undefined}>
      <Hex value={value.value} look="columns" />
    </span>
  );
}
