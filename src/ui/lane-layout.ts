// Where the stops of a trace through lanes stand: pure geometry in px. A trace runs left to right; a stop has a numbered disc and
// a word; between two lanes the trace drops or climbs at right angles.

/** One stop: the index of its lane from the top, its word, whether it is to come. `wordLeft` puts the word before the disc. */
export interface LaneStop {
  readonly lane: number;
  readonly word: string;
  readonly later?: boolean;
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
 * short, words give way: first those of stops to come, then those of stops that another follows in their lane, then letters of the
 * longest. The word before a disc takes no room of its own.
 */
export function placeStops(stops: readonly LaneStop[], laneHeight: number, left: number, width: number): PlacedStop[] {
  const words = fitWords(stops, width - left);
  const spare = Math.max(0, width - left - naturalWidth(stops, words));
  const extra = Math.min(24, spare / Math.max(1, stops.length));

  const placed: PlacedStop[] = [];
  let x = left;
  let from: { x: number; y: number } | undefined;
  for (const [index, stop] of stops.entries()) {
    const word = words[index] ?? '';
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

function fitWords(stops: readonly LaneStop[], room: number): string[] {
  const words = stops.map((stop) => stop.word);
  const fits = () => naturalWidth(stops, words) <= room;
  const follows = (index: number) => stops[index + 1]?.lane === stops[index]?.lane;
  const last = stops.length - 1;
  const giveWay = [
    ...stops.flatMap((stop, index) => (stop.later && index < last ? [index] : [])),
    ...stops.flatMap((stop, index) => (!stop.later && !stop.wordLeft && follows(index) ? [index] : [])),
  ];
  for (const index of giveWay) {
    if (fits()) return words;
    words[index] = '';
  }
  while (!fits()) {
    const lengths = words.map((word, index) => (stops[index]?.wordLeft ? 0 : word.length));
    const longest = Math.max(0, ...lengths);
    if (longest <= 2) break;
    const index = lengths.indexOf(longest);
    words[index] = `${(words[index] ?? '').replace(/…$/, '').slice(0, longest - 2)}…`;
  }
  return words;
}

function naturalWidth(stops: readonly LaneStop[], words: readonly string[]): number {
  let sum = 0;
  stops.forEach((stop, index) => {
    const climbs = index > 0 && stops[index - 1]?.lane !== stop.lane;
    const word = words[index] ?? '';
    if (climbs && stop.wordLeft) {
      sum += 14 + RADIUS;
      return;
    }
    sum += 2 * RADIUS + (index === 0 ? 0 : climbs ? 22 : 8);
    if (word !== '') sum += word.length * LETTER + 2 * WORD_GAP;
  });
  return sum;
}
