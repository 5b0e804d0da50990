// The icons: one table of path data on a 16 px ground, 1.5 px strokes with square caps, a filled dot or triangle where something
// acts. It knows no view. A mark (12 px) says who changed a value; it is never used for anything else.
import './icon.css';

interface Drawing {
  readonly line?: string;
  readonly fill?: string;
  readonly dot?: readonly [x: number, y: number, r: number];
  readonly ring?: readonly [x: number, y: number, r: number];
  readonly weight?: number;
}

const icons = {
  run: { line: 'M3.5 3v10', fill: 'M6.5 2.5v11l7.5-5.5z' },
  pause: { line: 'M5.5 3v10M10.5 3v10', weight: 2.5 },
  step: { line: 'M8 1.5v7M4.8 6 8 9.2 11.2 6', dot: [8, 13, 1.8] },
  over: { line: 'M2 9a6 5.6 0 0 1 11.2-2.4M13.8 2.8v4.4H9.4', dot: [8, 13, 1.8] },
  out: { line: 'M8 10V2.5M4.8 5.2 8 2l3.2 3.2', dot: [8, 13, 1.8] },
  back: { line: 'M14 9A6 5.6 0 0 0 2.8 6.6M2.2 2.8v4.4h4.4', dot: [8, 13, 1.8] },
  reverse: { line: 'M12.5 3v10', fill: 'M9.5 2.5v11L2 8z' },
  reset: { line: 'M3 5.5a5.6 5.6 0 1 1-.6 3.6M2.8 2v3.8h3.8' },
  share: { line: 'M8 10V2M5 4.6 8 1.6l3 3M4.5 7H3v7h10V7h-1.5' },
  theme: { ring: [8, 8, 5.5], fill: 'M8 2.5a5.5 5.5 0 0 1 0 11z' },
  export: { line: 'M8 2v8M5 7.2l3 3 3-3M3 13.5h10' },
  filter: { line: 'M2.5 3.5h11M4.5 8h7M6.5 12.5h3' },
  previous: { line: 'M10 3 5 8l5 5' },
  next: { line: 'm6 3 5 5-5 5' },
  down: { line: 'm3.5 6 4.5 4.5L12.5 6' },
  enter: { line: 'M13.5 3v5.5H3M6 5.2 2.8 8.5 6 11.8' },
  to: { line: 'M2.5 8h10M9.3 4.8 12.5 8l-3.2 3.2' },
  more: { fill: 'M3 7h2v2H3zM7 7h2v2H7zM11 7h2v2h-2z' },
  close: { line: 'm4 4 8 8M12 4l-8 8' },
  warn: { line: 'M8 2 14.5 13.5h-13zM8 6.5v3.2M8 11.2v.6' },
  no: { ring: [8, 8, 5.8], line: 'm4 4 8 8' },
  ok: { line: 'm3 8.5 3.4 3.4L13 4.5' },
  exit: { line: 'M1.5 3.5H5v9h6v-9h3.5M12.5 1.5l2 2-2 2' },
  log: { line: 'M6 4h8M6 8h8M6 12h8M2 4h1M2 8h1M2 12h1' },
  registers: { line: 'M2.5 3.5h11v9h-11zM2.5 8h11M7 3.5v9' },
  bits: { line: 'M1.5 5h13v6h-13zM4.75 5v6M8 5v6M11.25 5v6' },
  gate: { line: 'M2.5 2.5v11M13.5 2.5v11M2.5 8H6M10 8h3.5M8 5.2v5.6' },
  switches: { line: 'M1.5 5h6M12 5h2.5M7.5 2.8H12v4.4H7.5zM1.5 11H4M8.5 11h6M4 8.8h4.5v4.4H4z' },
  rules: { line: 'M2 2.8h3v3H2zM8 4.3h6M2 10.2h3v3H2zM8 11.7h6' },
  id: { line: 'M1.5 3.5h13v9h-13zM4 6.2h3.4v3.6H4zM9.8 6.5h2.4M9.8 9.5h2.4' },
  up: { line: 'm3.5 10 4.5-4.5 4.5 4.5' },
  walk: { line: 'M1.5 3.5h4V8h4v4.5h4M11 10l2.5 2.5L11 15' },
  lanes: { line: 'M2 4h5M7 8h3M10 12h4', weight: 2.5 },
  console: { line: 'm3 4 4 4-4 4M8.5 12.5H13' },
  code: { line: 'M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4' },
} as const satisfies Record<string, Drawing>;

/** The name of an icon. */
export type IconName = keyof typeof icons;

/** An icon; decorative, so the words beside it (or the control's label) carry the meaning. `size` in px, 16 unless given. */
export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
  const { line, fill, dot, ring, weight }: Drawing = icons[name];
  return (
    <svg
      className={className ? `glyph ${className}` : 'glyph'}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {ring && <circle cx={ring[0]} cy={ring[1]} r={ring[2]} />}
      {line && <path d={line} strokeWidth={weight} />}
      {fill && <path className="icon-fill" d={fill} />}
      {dot && <circle className="icon-fill" cx={dot[0]} cy={dot[1]} r={dot[2]} />}
    </svg>
  );
}

/** Who changed a value: an instruction, an answer to an exit, or a hand. */
export type MarkKind = 'guest' | 'answer' | 'person';

const markLabels: Record<MarkKind, string> = {
  guest: 'an instruction wrote it',
  answer: 'the answer to an exit wrote it',
  person: 'written by hand',
};

/** The change mark of `by`: dot, return arrow or pencil, with its meaning for a screen reader (`label` where it is another). */
export function Mark({ by, label = markLabels[by] }: { by: MarkKind; label?: string }) {
  return (
    <svg className={`mark mark-${by}`} width={12} height={12} viewBox="0 0 12 12" role="img" aria-label={label}>
      {by === 'guest' && <circle className="icon-fill" cx={6} cy={6} r={3.2} />}
      {by === 'answer' && <path d="M10 2v4.5H2.5M5 4 2.4 6.5 5 9" />}
      {by === 'person' && <path d="m2 10 .8-2.8L8.6 1.4l2 2-5.8 5.8z" />}
    </svg>
  );
}

/** The sign of the product: a trace that drops from world to world. */
export function Sign() {
  return (
    <svg className="sign" width={28} height={20} viewBox="0 0 28 20" aria-hidden="true" focusable="false">
      <path d="M1 3h6v7h4v7h6" stroke="currentColor" />
      <path d="M17 17v-7h4V3h6" stroke="var(--world-vmm)" />
    </svg>
  );
}
