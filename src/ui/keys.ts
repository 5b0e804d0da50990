// Arrow keys inside a group of things of which one holds the focus (roving tabindex): pure index arithmetic.

/** Which arrows move: along a row, along a column, or both. */
export type Axis = 'row' | 'column' | 'both';

/**
 * The index that `key` moves to from `at` in a ring of `count`; Home and End go to the ends. Undefined when the key does not move
 * (or nothing is there to move to).
 */
export function ringMove(key: string, at: number, count: number, axis: Axis): number | undefined {
  if (count === 0) return undefined;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const forward = (axis !== 'column' && key === 'ArrowRight') || (axis !== 'row' && key === 'ArrowDown');
  const backward = (axis !== 'column' && key === 'ArrowLeft') || (axis !== 'row' && key === 'ArrowUp');
  if (!forward && !backward) return undefined;
  if (at < 0) return forward ? 0 : count - 1;
  return (at + (forward ? 1 : count - 1)) % count;
}
