// A trace that drops from world to world and comes back: lanes stand under one another, numbered stops on them, what is done is
// solid and what is to come is dashed. It knows no exit; it takes lanes, stops and which of them waits.
import { useLayoutEffect, useRef, useState } from 'react';
import { type World, worldClass } from './chip.tsx';
import './lane-route.css';
import { laneMiddle, placeStops } from './lane-layout.ts';

/** A lane from the top. */
export interface Lane {
  readonly world: World;
  readonly name: string;
}

/** A stop: on which lane, its word, whether it has been reached, and what happens there (read aloud, tooltip). */
export interface RouteStop {
  readonly lane: number;
  readonly word: string;
  readonly done: boolean;
  readonly meaning: string;
}

/** `waiting` is the index of the stop that waits for the person (drawn with a stem to the box below), or -1. */
export function LaneRoute({
  label,
  lanes,
  stops,
  waiting = -1,
  picked = -1,
  onPick,
  size = 'base',
}: {
  label: string;
  lanes: readonly Lane[];
  stops: readonly RouteStop[];
  waiting?: number;
  picked?: number;
  onPick?: (index: number) => void;
  size?: 'base' | 'small';
}) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(556);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setWidth(Math.max(200, element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // Where it is narrow the names of the lanes give their room to the words.
  const named = size === 'base' && width >= 420;
  const laneHeight = size === 'small' ? 20 : 26;
  const nameWidth = !named ? 32 : 36 + Math.max(0, ...lanes.map((lane) => lane.name.length)) * 6;
  const height = lanes.length * (laneHeight + 1) - 1;
  const placed = placeStops(
    stops.map((stop, index) => ({ lane: stop.lane, word: stop.word, later: !stop.done, wordLeft: index === waiting })),
    laneHeight,
    nameWidth,
    width - 8,
  );
  const pathOf = (done: boolean) =>
    placed
      .filter((_, index) => stops[index]?.done === done)
      .map((stop) => stop.path)
      .join('');
  const spoken = stops
    .map((stop, index) => `${index + 1} ${stop.word}: ${stop.meaning}${stop.done ? '' : ', to come'}`)
    .join('; ');

  return (
    <div ref={box} className="lane-route">
      <svg width={width} height={height} role={onPick ? 'group' : 'img'} aria-label={onPick ? label : `${label}: ${spoken}`}>
        {lanes.map((lane, index) => (
          <g key={lane.world} className={worldClass(lane.world)}>
            <rect className="lane-ground" y={index * (laneHeight + 1)} width={width} height={laneHeight} />
            <rect className="lane-chip" x={8} y={laneMiddle(index, laneHeight) - 7} width={14} height={14} rx={1} />
            <text className="lane-letter" x={15} y={laneMiddle(index, laneHeight) + 3.5}>
              {lane.world}
            </text>
            {named && (
              <text className="lane-name" x={28} y={laneMiddle(index, laneHeight) + 4}>
                {lane.name}
              </text>
            )}
          </g>
        ))}
        <path className="lane-trace" d={pathOf(true)} />
        <path className="lane-trace lane-later" d={pathOf(false)} />
        {placed.map((stop, index) => {
          const data = stops[index];
          const lane = data && lanes[data.lane];
          if (!data || !lane) return null;
          const waits = index === waiting;
          return (
            <g
              // biome-ignore lint/suspicious/noArrayIndexKey: a stop is its place
              key={index}
              className={`lane-stop ${worldClass(lane.world)}${data.done ? '' : ' lane-later'}${waits ? ' lane-waits' : ''}${index === picked ? ' lane-picked' : ''}`}
              {...(onPick && {
                role: 'button',
                tabIndex: 0,
                'aria-pressed': index === picked,
                'aria-label': `${index + 1} ${data.word}: ${data.meaning}${data.done ? '' : ', to come'}`,
                onClick: () => onPick(index),
                onKeyDown: (event) => {
                  if (event.key !== 'Enter' && event.key !== ' ') return;
                  event.preventDefault();
                  onPick(index);
                },
              })}
            >
              <title>{`${data.word}: ${data.meaning}`}</title>
              <circle cx={stop.x} cy={stop.y} r={waits ? 9 : 7} />
              <text className="lane-digit" x={stop.x} y={stop.y + 3.5}>
                {index + 1}
              </text>
              <text className="lane-word" x={stop.wordX} y={stop.y + 4} textAnchor={waits ? 'end' : 'start'}>
                {stop.word}
              </text>
              {waits && <path className="lane-stem" d={`M${stop.x} ${stop.y + 9}V${height}`} />}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
