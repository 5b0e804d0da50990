// Where the stops of a trace through lanes stand: pure geometry in px. A trace runs left to right; a stop has a numbered disc and
// a word; between two lanes the trace drops or climbs at right angles.

/** One stop: the index of its lane from the top, and its word. `wordLeft` puts the word before the disc. */
export interface LaneStop {
  readonly lane: number;
  readonly word: string;
  readonly wordLeft?: boolean;
}

/** A placed stop: centre of its disc, start (or, with `wordLeft`, end) of its word, and the path that leads to it. */
export interface PlacedStop {
  readonly x: number;
  readonly y: number;
  readonly wordX: number;
  readonly word: string;
  readonly path: string;
}

/** Letter width of the 11 px data face. */
const LETTER = 6.6;
const RADIUS = 7;
const WORD_GAP = 4;

/** Middle of a lane of height `laneHeight`. */
export function laneMiddle(lane: number, laneHeight: number): number {
  return lane * (laneHeight + 1) + laneHeight / 2;
}

/**
 * Places `stops` between `left` and `width`. Room to spare is shared out between the stops (at most 24 px each); when room is
 * short, words are cut, the longest first.
 */
export function placeStops(stops: readonly LaneStop[], laneHeight: number, left: number, width: number): PlacedStop[] {
  const longest = Math.max(0, ...stops.map((stop) => stop.word.length));
  let limit = longest;
  while (limit > 3 && naturalWidth(stops, limit) > width - left) limit--;
  const spare = Math.max(0, width - left - naturalWidth(stops, limit));
  const extra = Math.min(24, spare / Math.max(1, stops.length));

  const placed: PlacedStop[] = [];
  let x = left;
  let from: { x: number; y: number } | undefined;
  for (const stop of stops) {
    const word = cut(stop.word, limit);
    const wordWidth = word.length * LETTER;
    const y = laneMiddle(stop.lane, laneHeight);
    const climbs = from !== undefined && from.y !== y;
    if (from) x += climbs ? 14 + extra : 8 + extra;
    const bend = x;
    if (climbs) x += stop.wordLeft ? 0 : 8;
    else if (stop.wordLeft) x += wordWidth + WORD_GAP;
    const centre = stop.wordLeft && climbs ? Math.max(bend, left + wordWidth + WORD_GAP + RADIUS) : x + RADIUS;
    const path = from
      ? climbs
        ? stop.wordLeft
          ? `M${from.x} ${from.y}H${centre}V${y - (y > from.y ? RADIUS : -RADIUS)}`
          : `M${from.x} ${from.y}H${bend}V${y}H${centre - RADIUS}`
        : `M${from.x} ${from.y}H${centre - RADIUS}`
      : `M${centre - RADIUS - 6} ${y}h6`;
    const wordX = stop.wordLeft ? centre - RADIUS - WORD_GAP : centre + RADIUS + WORD_GAP;
    placed.push({ x: centre, y, wordX, word, path });
    x = stop.wordLeft || word === '' ? centre + RADIUS : wordX + wordWidth + WORD_GAP;
    from = { x, y };
  }
  return placed;
}

function cut(word: string, limit: number): string {
  return word.length <= limit ? word : `${word.slice(0, Math.max(1, limit - 1))}…`;
}

function naturalWidth(stops: readonly LaneStop[], limit: number): number {
  let sum = 0;
  stops.forEach((stop, index) => {
    const climbs = index > 0 && stops[index - 1]?.lane !== stop.lane;
    const word = cut(stop.word, limit).length * LETTER + 2 * WORD_GAP;
    sum += 2 * RADIUS + (index === 0 ? 0 : climbs ? 22 : 8) + (stop.wordLeft && climbs ? 0 : word);
  });
  return sum;
}
