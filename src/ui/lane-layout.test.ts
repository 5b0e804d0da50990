import { expect, test } from 'vitest';
import { type LaneStop, placeStops } from './lane-layout.ts';

const route: LaneStop[] = [
  { lane: 0, word: 'ldrsb' },
  { lane: 1, word: 'save' },
  { lane: 1, word: 'io_mem_abort' },
  { lane: 2, word: 'KVM_EXIT_MMIO', wordLeft: true },
  { lane: 1, word: 'mmio_return', later: true },
  { lane: 0, word: 'x5', later: true },
];

test.each([556, 480, 366])('stops run left to right inside %i px, and no word covers a disc of its lane', (width) => {
  const placed = placeStops(route, 26, 66, width);
  placed.forEach((stop, index) => {
    expect(stop.x).toBeLessThanOrEqual(width);
    if (index > 0) expect(stop.x).toBeGreaterThan(placed[index - 1]?.x ?? 0);
    const end = route[index]?.wordLeft ? stop.x : stop.wordX + stop.word.length * 6.6;
    const next = placed.slice(index + 1).find((other) => other.y === stop.y);
    if (next) expect(end).toBeLessThanOrEqual(next.x - 7);
  });
});

const words = (width: number) => placeStops(route, 20, 32, width).map((stop) => stop.word);

test('words are whole where there is room, and give way in order where there is not', () => {
  expect(words(700)).toEqual(route.map((stop) => stop.word));
  expect(words(400)).toEqual(['ldrsb', 'save', 'io_mem_abort', 'KVM_EXIT_MMIO', '', 'x5']);
  expect(words(365)).toEqual(['ldrsb', '', 'io_mem_abort', 'KVM_EXIT_MMIO', '', 'x5']);
  expect(words(320)).toEqual(['ldrsb', '', 'io_mem_…', 'KVM_EXIT_MMIO', '', 'x5']);
});

test('a trace to another lane bends once and ends at the disc', () => {
  const [, second] = placeStops(route, 26, 66, 556);
  expect(second?.path).toMatch(/^M[\d.]+ 13H[\d.]+V40H[\d.]+$/);
});

test('no stops', () => {
  expect(placeStops([], 26, 0, 100)).toEqual([]);
});
