import { expect, test } from 'vitest';
import { chordText, isTyping, matchesChord, type Pressed, parseChord } from './chord.ts';

function pressed(key: string, modifiers = ''): Pressed {
  return {
    key,
    ctrlKey: modifiers.includes('c'),
    metaKey: modifiers.includes('m'),
    shiftKey: modifiers.includes('s'),
    altKey: modifiers.includes('a'),
  };
}

test.each([
  ['F5', pressed('F5'), false, true],
  ['F5', pressed('F5', 's'), false, false],
  ['F5', pressed('F6'), false, false],
  ['Ctrl+Shift+F5', pressed('F5', 'cs'), false, true],
  ['Ctrl+Shift+F5', pressed('F5', 'ms'), true, false],
  ['Alt+F11', pressed('F11', 'a'), false, true],
  ['Mod+K', pressed('k', 'c'), false, true],
  ['Mod+K', pressed('K', 'c'), false, true],
  ['Mod+K', pressed('k', 'm'), true, true],
  ['Mod+K', pressed('k', 'c'), true, false],
  ['Mod+K', pressed('k', 'ca'), false, false],
  ['?', pressed('?', 's'), false, true],
  ['?', pressed('?'), false, true],
  ['?', pressed('?', 'c'), false, false],
  ['+', pressed('+', 's'), false, true],
])('%s and %o (mac %s): %s', (text, event, mac, expected) => {
  expect(matchesChord(parseChord(text), event, mac)).toBe(expected);
});

test('a sign types, a function key or a Ctrl chord does not', () => {
  expect(['?', 'k', 'F5', 'Mod+K'].map((text) => isTyping(parseChord(text)))).toEqual([true, true, false, false]);
});

test.each([
  ['Mod+K', false, 'Ctrl K'],
  ['Mod+K', true, 'Cmd K'],
  ['Shift+F11', false, 'Shift F11'],
  ['Ctrl+Shift+F5', false, 'Ctrl Shift F5'],
  ['Alt+PageDown', true, 'Option PgDn'],
  ['?', false, '?'],
])('%s is written %s', (text, mac, written) => {
  expect(chordText(text, mac)).toBe(written);
});
