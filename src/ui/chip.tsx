// The chip of a world: its letter on a filled square, and the class names that carry a world's colours. Colour is never the only
// sign: the letter always stands with it.
import './chip.css';

/** A world by its letter. */
export type World = '0' | '1' | '2' | 'V';

/** The class that sets `--world` and `--world-tint` for everything inside. */
export function worldClass(world: World): string {
  return `world-${world.toLowerCase()}`;
}

/** The letter of a world on its colour. `label` is what a screen reader says and the tooltip shows, e.g. "EL1". */
export function Chip({ world, label }: { world: World; label: string }) {
  return (
    <b className={`chip ${worldClass(world)}`} title={label} role="img" aria-label={label}>
      {world}
    </b>
  );
}
