// A table of very many rows of one height, of which only those in sight exist. It asks for rows by index, so they may come from
// elsewhere and later; a row not here yet keeps its place. One stop for Tab, arrows move the active row (grid pattern).
import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import './virtual-table.css';
import { moveRow, rowsInSight, scrolledHeight, scrollToRow } from './virtual-window.ts';

/** A column; `width` is a CSS grid track: `52px`, `minmax(120px, 1fr)`. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly head: ReactNode;
  readonly width: string;
  readonly align?: 'start' | 'end';
  readonly cell: (row: Row) => ReactNode;
}

/** See the head of this file. `active` is an index from 0, or -1. */
export interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly count: number;
  /** The row at `index`, or undefined while it is not here. */
  readonly row: (index: number) => Row | undefined;
  /** Told which rows are in sight, so that they can be fetched. */
  readonly onRange?: (first: number, count: number) => void;
  readonly active?: number;
  /** The person moved to a row (key or click). */
  readonly onActive?: (index: number) => void;
  /** Enter or a double click on the active row, or with `openBy` a click. */
  readonly onOpen?: (index: number) => void;
  readonly openBy?: 'click' | 'double-click';
  /** What stands across all columns in place of a row that is a heading: it is never active. */
  readonly heading?: (row: Row) => ReactNode | undefined;
  readonly rowClass?: (row: Row, index: number) => string | undefined;
  readonly rowHeight?: number;
  /** Stay at the end while rows are appended, as long as the end is in sight. */
  readonly follow?: boolean;
  /** Shown in place of rows when there are none. */
  readonly empty?: ReactNode;
}

const HEAD_HEIGHT = 20;

export function VirtualTable<Row>({
  label,
  columns,
  count,
  row,
  onRange,
  active = -1,
  onActive,
  onOpen,
  openBy = 'double-click',
  heading,
  rowClass,
  rowHeight = 19,
  follow = false,
  empty,
}: VirtualTableProps<Row>) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [viewHeight, setViewHeight] = useState(200);
  const [scrollTop, setScrollTop] = useState(0);
  const atEnd = useRef(true);
  const scrolledTo = useRef(0);
  const scrolled = (to: number) => {
    scrolledTo.current = to;
    setScrollTop(to);
  };
  const shape = { count, rowHeight, viewHeight };
  const { first, last, top } = rowsInSight(shape, scrollTop);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      setViewHeight(Math.max(0, element.clientHeight - HEAD_HEIGHT));
      // A pane that was taken away and put back comes back at its top, without a word.
      if (element.clientHeight > 0 && element.scrollTop !== scrolledTo.current) element.scrollTop = scrolledTo.current;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a longer list or a new height is what makes it follow
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && follow && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [count, follow, viewHeight]);

  const reveal = (index: number) => {
    const element = scroller.current;
    if (!element || index < 0) return;
    element.scrollTop = scrollToRow(shape, element.scrollTop, index);
    scrolled(element.scrollTop);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new active row scrolls, not every new row
  useLayoutEffect(() => reveal(active), [active]);

  useEffect(() => {
    if (last >= first) onRange?.(first, last - first + 1);
  }, [first, last, onRange]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && active >= 0 && onOpen) {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const moved = moveRow(event.key, active, shape);
    if (moved === undefined || !onActive) return;
    event.preventDefault();
    const next = pastHeadings(moved, event.key);
    if (next === undefined) return;
    onActive(next);
    reveal(next);
  };

  const isHeading = (index: number): boolean => {
    const data = row(index);
    return data !== undefined && heading?.(data) !== undefined;
  };
  // Past headings in the direction of the key, and back again where the list ends with one.
  const pastHeadings = (from: number, key: string): number | undefined => {
    const step = key === 'ArrowUp' || key === 'PageUp' || key === 'End' ? -1 : 1;
    for (const by of [step, -step])
      for (let index = from; index >= 0 && index < count; index += by) if (!isHeading(index)) return index;
    return undefined;
  };

  const tracks = columns.map((column) => column.width).join(' ');
  const rows: ReactNode[] = [];
  for (let index = first; index <= last; index++) {
    const data = row(index);
    const extra = data === undefined ? undefined : rowClass?.(data, index);
    const title = data === undefined ? undefined : heading?.(data);
    if (title !== undefined) {
      rows.push(
        // biome-ignore lint/a11y/useSemanticElements: see below
        // biome-ignore lint/a11y/useFocusableInteractive: see below
        <div key={index} className="vt-row vt-heading" role="row" aria-rowindex={index + 2} style={{ height: rowHeight }}>
          {/* biome-ignore lint/a11y/useSemanticElements: see below */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: see below */}
          <span className="vt-cell" role="gridcell" aria-colspan={columns.length}>
            {title}
          </span>
        </div>,
      );
      continue;
    }
    rows.push(
      // biome-ignore lint/a11y/useSemanticElements: rows of a virtual grid are placed, which a table row cannot be
      // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and points at its active row
      // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys
      <div
        key={index}
        id={`${id}row${index}`}
        className={`vt-row${index === active ? ' vt-active' : ''}${extra ? ` ${extra}` : ''}`}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={index === active}
        style={{ height: rowHeight, gridTemplateColumns: tracks }}
        onClick={() => {
          onActive?.(index);
          if (openBy === 'click') onOpen?.(index);
        }}
        onDoubleClick={() => openBy === 'double-click' && onOpen?.(index)}
      >
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <span key={column.id} className={column.align === 'end' ? 'vt-cell vt-end' : 'vt-cell'} role="gridcell">
            {data === undefined ? '' : column.cell(data)}
          </span>
        ))}
      </div>,
    );
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div
      ref={scroller}
      className="vt"
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active >= first && active <= last ? `${id}row${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        const element = event.currentTarget;
        atEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeight;
        scrolled(element.scrollTop);
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div className="vt-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: tracks, height: HEAD_HEIGHT }}>
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <span key={column.id} className={column.align === 'end' ? 'vt-cell vt-end' : 'vt-cell'} role="columnheader">
            {column.head}
          </span>
        ))}
      </div>
      {count === 0 ? (
        empty
      ) : (
        <div className="vt-rows" role="presentation" style={{ height: scrolledHeight(shape) }}>
          <div role="presentation" style={{ transform: `translateY(${top}px)` }}>
            {rows}
          </div>
        </div>
      )}
    </div>
  );
}
