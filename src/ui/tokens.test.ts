// Measures the WCAG 2 contrast of every pair of tokens that is set on screen, in dark and light, normal and high contrast.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

/** The colours declared in the block of `selector`: [light, dark] by name. */
function declared(selector: string): Map<string, readonly [string, string]> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  const colour = '(#[0-9a-f]{6})';
  return new Map(
    [...block.matchAll(new RegExp(`--([\\w-]+):\\s*(?:light-dark\\(${colour}, ${colour}\\)|${colour});`, 'g'))].map((m) => [
      m[1] as string,
      [(m[2] ?? m[4]) as string, (m[3] ?? m[4]) as string],
    ]),
  );
}

const normal = declared(':root');
const high = new Map([...normal, ...declared(':root[data-contrast="more"]')]);

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['bg-desk', 'bg-pane', 'bg-raised', 'bg-inset', 'bg-hover', 'bg-current'];
const inks = ['ink', 'ink-2', 'ink-3'];
const worlds = ['el0', 'el1', 'el2', 'vmm'].map((world) => `world-${world}`);

/** Text (4.5:1, 7:1 in high contrast) over the grounds it is set on. */
const texts: [string, string[]][] = [
  ...inks.map((ink): [string, string[]] => [ink, [...grounds, ...worlds.map((world) => `${world}-tint`)]]),
  ...worlds.map((world): [string, string[]] => [world, ['bg-pane', 'bg-raised', 'bg-current', `${world}-tint`]]),
  ['on-world', worlds],
  ['world-vmm', ['bg-inset']],
  ...['mark-guest', 'mark-answer', 'mark-person'].map((mark): [string, string[]] => [
    mark,
    ['bg-pane', 'bg-raised', 'bg-current'],
  ]),
  ['mark-answer', ['answer-bg']],
  ['ink', ['answer-bg', 'answer-input', 'selection', 'say-bad-bg', 'bit-field-1', 'bit-field-2', 'bit-field-3', 'bit-field-4']],
  ['ink-2', ['answer-bg', 'say-bad-bg', 'bit-field-1', 'bit-field-2', 'bit-field-3', 'bit-field-4']],
  ['answer-ink', ['answer-bg', 'answer-input']],
  ['answer-on-action', ['answer-action']],
  ['bit-zero', ['bit-field-1', 'bit-field-2', 'bit-field-3', 'bit-field-4']],
  ['ink-3', ['bit-res']],
  ...['say-ok', 'say-warn', 'say-bad'].map((say): [string, string[]] => [say, ['bg-pane', 'bg-raised', 'bg-inset']]),
  ['say-bad', ['say-bad-bg']],
  ['bg-pane', ['ink']],
];

/** Edges of operable things and graphic signs (3:1). */
const signs: [string, string[]][] = [
  ['line-control', ['bg-pane', 'bg-raised', 'bg-inset', 'answer-bg']],
  ['answer-edge', ['bg-pane', 'answer-bg']],
  ['break', ['bg-pane']],
  ['focus', ['bg-pane', 'bg-raised', 'answer-bg']],
  ...['el0', 'el1', 'el2', 'vmm'].map((world): [string, string[]] => [`lane-${world}`, ['bg-pane']]),
];

const cases = (
  [
    ['normal', normal, 4.5],
    ['high contrast', high, 7],
  ] as const
).flatMap(([name, colours, need]) => [
  ...texts.map(([over, unders]) => ({ name, colours, need, over, unders })),
  ...signs.map(([over, unders]) => ({ name, colours, need: 3, over, unders })),
]);

describe.each(cases)('$name: $over', ({ colours, need, over, unders }) => {
  test.each(unders)(`on %s`, (under) => {
    for (const side of [0, 1] as const) {
      const [a, b] = [colours.get(over)?.[side], colours.get(under)?.[side]];
      expect(a && b, `${over} or ${under} is no colour token`).toBeTruthy();
      expect(ratio(a as string, b as string), side === 0 ? 'light' : 'dark').toBeGreaterThanOrEqual(need);
    }
  });
});

test('the high-contrast block only replaces tokens that exist', () => {
  for (const name of declared(':root[data-contrast="more"]').keys()) expect(normal.has(name), name).toBe(true);
});
