import { expect, test } from 'vitest';
import { chordText, matchesChord, parseChord } from './chord.ts';
import { commands } from './commands.ts';

test('ids are unique', () => {
  const ids = commands.map((command) => command.id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('no key means two things, on any platform', () => {
  for (const mac of [false, true]) {
    const written = commands.flatMap((command) => (command.keys ?? []).map((keys) => chordText(keys, mac)));
    expect(written.filter((text, index) => written.indexOf(text) !== index)).toEqual([]);
  }
});

test.each([
  ['run', 'F5', ''],
  ['pause', 'F6', ''],
  ['over', 'F10', ''],
  ['over', 'F10', 'alt'],
  ['step', 'F11', ''],
  ['step', 'F11', 'alt'],
  ['out', 'F11', 'shift'],
  ['next-exit', 'F5', 'shift'],
  ['reset', 'F5', 'ctrl shift'],
  ['palette', 'k', 'ctrl'],
  ['keys', '?', 'shift'],
])('%s is on %s %s', (id, key, held) => {
  const event = {
    key,
    ctrlKey: held.includes('ctrl'),
    shiftKey: held.includes('shift'),
    altKey: held.includes('alt'),
    metaKey: false,
  };
  const hit = commands.filter((command) => command.keys?.some((keys) => matchesChord(parseChord(keys), event, false)));
  expect(hit.map((command) => command.id)).toEqual([id]);
});
