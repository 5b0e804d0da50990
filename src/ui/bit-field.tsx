// The one drawing of a bit field: rows of 32 (of 16 where there is little room), numbers above, boxed bits, names below. It looks the same wherever it stands and
// knows no register: it takes names, positions and a value. Reading only, selectable (a field), or editable (every bit a switch).
import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import './bit-field.css';
import {
  type BitBox,
  type BitFieldItem,
  bitsDown,
  bitsPerRow,
  itemAt,
  itemValue,
  layOutBits,
  moveBit,
  nameStands,
} from './bit-layout.ts';
import { fieldText } from './number.ts';

/** Props of BitField: `value` and `items` of a register `width` bits wide. */
export interface BitFieldProps {
  /** What the whole is, for a screen reader: "ESR_EL2". */
  readonly label: string;
  readonly items: readonly BitFieldItem[];
  readonly value: bigint;
  /** 32 or 64, or less than 32. */
  readonly width?: number;
  /** `big` has taller cells: the exploring and editing size. */
  readonly size?: 'base' | 'tall' | 'big';
  /** A third line with each field's value. */
  readonly values?: boolean;
  /** Name of the selected field. */
  readonly selected?: string | undefined;
  readonly onSelect?: ((name: string) => void) | undefined;
  /** Makes every bit that is not fixed a switch. */
  readonly onFlip?: ((bit: number) => void) | undefined;
}

/** See the head of this file. */
export function BitField({
  label,
  items,
  value,
  width = 64,
  size = 'base',
  values = false,
  selected,
  onSelect,
  onFlip,
}: BitFieldProps) {
  const root = useRef<HTMLDivElement>(null);
  const describedBy = useId();
  const [available, setAvailable] = useState(544);
  const [focusBit, setFocusBit] = useState(Math.min(31, width - 1));
  const live = onSelect !== undefined || onFlip !== undefined;
  const perRow = bitsPerRow(available, width, onFlip ? 'hit' : 'read');
  const columns = Math.min(perRow, width);
  const cellWidth = available / columns;
  const rows = useMemo(() => layOutBits(items, width, perRow), [items, width, perRow]);

  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const measure = () => element.clientWidth > 0 && setAvailable(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const select = (bit: number) => {
    setFocusBit(bit);
    const item = itemAt(items, bit);
    if (item) onSelect?.(item.name);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveBit(event.key, focusBit, width, perRow);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    select(next);
    root.current?.querySelector<HTMLElement>(`[data-bit="${next}"]`)?.focus();
  };

  const cell = (bit: number, box: BitBox) => {
    const one = (value >> BigInt(bit)) & 1n;
    const className = one ? 'bit bit-one' : 'bit';
    if (!live) {
      return (
        <span key={bit} className={className}>
          {one.toString()}
        </span>
      );
    }
    const editable = onFlip !== undefined && !box.item.fixed;
    const name = `bit ${bit}${box.item.name ? ` of ${box.item.name}` : ''}`;
    return (
      <button
        key={bit}
        type="button"
        data-bit={bit}
        className={className}
        tabIndex={bit === focusBit ? 0 : -1}
        {...(onFlip
          ? { role: 'switch', 'aria-checked': one === 1n, 'aria-disabled': !editable || undefined, 'aria-label': name }
          : { 'aria-pressed': box.named && box.item.name === selected, 'aria-label': `${name}, ${one}` })}
        onFocus={() => setFocusBit(bit)}
        onClick={() => {
          select(bit);
          if (editable) onFlip?.(bit);
        }}
      >
        {one.toString()}
      </button>
    );
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend box into the drawing
    <div
      ref={root}
      className={`bitfield bitfield-${size}`}
      role="group"
      aria-label={label}
      aria-describedby={describedBy}
      onKeyDown={live ? onKeyDown : undefined}
    >
      {rows.map((row) => (
        <div key={row.msb} className="bit-row" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
          {bitsDown(row.msb, row.lsb).map((bit) => (
            <span key={bit} className="bit-number" style={{ gridColumn: row.msb - bit + 1 }} aria-hidden="true">
              {(cellWidth >= 14 || bit % 4 === 0) && bit}
            </span>
          ))}
          {row.boxes.map((box) => {
            const on = box.named && box.item.name === selected;
            const column = `${box.from} / ${box.to}`;
            const cells = box.msb - box.lsb + 1;
            const itemWidth = box.item.msb - box.item.lsb + 1;
            const text = fieldText(itemValue(value, box.item), itemWidth);
            const position = itemWidth === 1 ? `${box.item.msb}` : `${box.item.msb}:${box.item.lsb}`;
            const hint = box.named
              ? `${box.item.name} [${position}] = ${text}${box.item.meaning ? ` · ${box.item.meaning}` : ''}`
              : undefined;
            const group = box.item.group ?? 'none';
            return [
              <div
                key="box"
                className={`bit-box bit-group-${group}${box.item.fixed ? ' bit-fixed' : ''}${on ? ' bit-on' : ''}`}
                style={{ gridColumn: column }}
                title={hint}
                aria-hidden={live ? undefined : true}
              >
                {bitsDown(box.msb, box.lsb).map((bit) => cell(bit, box))}
              </div>,
              box.named && (
                <span
                  key="name"
                  className={`bit-name bit-group-${group}${on ? ' bit-on' : ''}${nameStands(box.item.name, cells, cellWidth) ? ' bit-stands' : ''}`}
                  style={{ gridColumn: column }}
                  title={hint}
                  aria-hidden="true"
                >
                  {box.item.name}
                </span>
              ),
              values && box.named && box.item.name !== '' && (
                <span key="value" className={`bit-value${on ? ' bit-on' : ''}`} style={{ gridColumn: column }} aria-hidden="true">
                  {text}
                </span>
              ),
            ];
          })}
        </div>
      ))}
      <span id={describedBy} className="only-read">
        {items
          .filter((item) => item.group !== 'res')
          .map((item) => `${item.name} ${fieldText(itemValue(value, item), item.msb - item.lsb + 1)}`)
          .join(', ')}
      </span>
    </div>
  );
}
