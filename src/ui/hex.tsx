// A number from the machine as hex digits, in one of two settings: grouped with `_` behind 0x, or in columns with a hair of space
// so that registers align. Zeros that say nothing are quiet.
import './hex.css';
import { hexGroups, leadingZeros } from './number.ts';

/** `value` in `bits` bits. `look` is `text` (0x…_…) or `columns` (no prefix, for aligned grids). */
export function Hex({ value, bits = 64, look = 'text' }: { value: bigint | number; bits?: number; look?: 'text' | 'columns' }) {
  const digits = Math.ceil(bits / 4);
  const groups = hexGroups(value, digits);
  let quiet = leadingZeros(groups.join(''));
  return (
    <span className={`hex hex-${look}`}>
      {look === 'text' && <i>0x</i>}
      {groups.map((group, index) => {
        const dim = Math.min(quiet, group.length);
        quiet -= dim;
        const behindZeros = dim === group.length;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
          <span key={index}>
            {look === 'text' && index > 0 && (behindZeros ? <i>_</i> : '_')}
            {dim > 0 && <i>{group.slice(0, dim)}</i>}
            {group.slice(dim)}
          </span>
        );
      })}
    </span>
  );
}
