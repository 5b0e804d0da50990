// Which rows of a long list are in sight. Rows have one height, so this is arithmetic; the only trick is that browsers cap the
// height of an element, so a very long list scrolls in a shorter one and every scrolled pixel stands for more than one.

/** The tallest scrolled element that every engine draws (Firefox gives up below 18 million px). */
const TALLEST = 8_000_000;

/** A list of `count` rows of `rowHeight` px seen through `viewHeight` px. */
export interface ListShape {
  readonly count: number;
  readonly rowHeight: number;
  readonly viewHeight: number;
}

/** Height in px of the scrolled element. */
export function scrolledHeight({ count, rowHeight }: ListShape): number {
  return Math.min(TALLEST, count * rowHeight);
}

function stretch(shape: ListShape): number {
  const real = shape.count * shape.rowHeight - shape.viewHeight;
  const scrolled = scrolledHeight(shape) - shape.viewHeight;
  return real <= 0 || scrolled <= 0 ? 1 : real / scrolled;
}

/** The rows to draw at `scrollTop`, and the y at which the first of them stands inside the scrolled element. */
export function rowsInSight(shape: ListShape, scrollTop: number, overscan = 4): { first: number; last: number; top: number } {
  const offset = scrollTop * stretch(shape);
  const first = Math.max(0, Math.floor(offset / shape.rowHeight) - overscan);
  const last = Math.min(shape.count - 1, Math.ceil((offset + shape.viewHeight) / shape.rowHeight) + overscan);
  return { first, last, top: scrollTop - (offset - first * shape.rowHeight) };
}

/** The scrollTop that brings row `index` wholly in sight with the least movement from `scrollTop`. */
export function scrollToRow(shape: ListShape, scrollTop: number, index: number): number {
  const ratio = stretch(shape);
  const offset = scrollTop * ratio;
  const top = index * shape.rowHeight;
  if (top < offset) return top / ratio;
  if (top + shape.rowHeight > offset + shape.viewHeight) return (top + shape.rowHeight - shape.viewHeight) / ratio;
  return scrollTop;
}

/** The row that a key leads to from `at` (-1: none yet), or undefined when the key does not move. */
export function moveRow(key: string, at: number, shape: ListShape): number | undefined {
  if (shape.count === 0) return undefined;
  const page = Math.max(1, Math.floor(shape.viewHeight / shape.rowHeight) - 1);
  const last = shape.count - 1;
  const clamp = (index: number) => Math.min(last, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return clamp(at + 1);
    case 'ArrowUp':
      return at < 0 ? last : clamp(at - 1);
    case 'PageDown':
      return clamp(at + page);
    case 'PageUp':
      return clamp(at - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
