import { expect, test } from 'vitest';
import type { SwitchView } from '#client';
import { GUESTS, positionsOf } from '#guests';
import { moved, positionWord, sections, standsIn, waiting } from './view-model.ts';

const at = (kind: SwitchView['kind'], name: string, value: string, usual = 'off', fixed = ''): SwitchView => ({
  kind,
  name,
  title: name,
  positions: [],
  usual,
  value,
  runs: value,
  fixed,
});

const SWITCHES = [
  at('capability', 'A', 'off'),
  at('capability', 'B', 'on'),
  at('feature', 'psci_0_2', 'on', 'on'),
  at('feature', 'sve', 'off', 'off', 'the host has not'),
  at('vm', 'protected', 'off'),
  at('policy', 'idsr', 'reviewed', 'reviewed'),
];

test('a moved switch changes its own part of the configuration, and the usual position leaves no word', () => {
  const config = { capabilities: ['B'], registers: { x0: '0x1' } };
  expect(moved(config, SWITCHES, 'A', 'on')).toEqual({ capabilities: ['A', 'B'], registers: { x0: '0x1' } });
  expect(moved(config, SWITCHES, 'B', 'off')).toEqual({ registers: { x0: '0x1' } });
  expect(moved({}, SWITCHES, 'psci_0_2', 'off')).toEqual({ features: [] });
  expect(moved({ features: [] }, [{ ...SWITCHES[2], value: 'off' } as SwitchView], 'psci_0_2', 'on')).toEqual({});
  expect(moved({}, SWITCHES, 'idsr', 'posted')).toEqual({ policy: { idsr: 'posted' } });
  expect(moved({ policy: { idsr: 'posted' } }, SWITCHES, 'idsr', 'reviewed')).toEqual({});
  expect(moved({}, SWITCHES, 'protected', 'on')).toEqual({ protected: true });
});

test('what cannot be moved stands apart, unless it has to be moved back', () => {
  const [, , features] = sections(SWITCHES);
  expect(features?.movable.map((s) => s.name)).toEqual(['psci_0_2']);
  expect(features?.fixed.map((s) => s.name)).toEqual(['sve']);
  const on = sections([at('feature', 'sve', 'on', 'off', 'the host has not')]);
  expect(on[2]?.movable.map((s) => s.name)).toEqual(['sve']);
  expect(waiting([{ ...at('vm', 'protected', 'on'), runs: 'off' }]).map((s) => s.name)).toEqual(['protected']);
});

test('every position of an argument can be told from its others, and has a word of its own', () => {
  for (const guest of GUESTS.filter((g) => g.argument !== undefined)) {
    const positions = positionsOf(guest.project.source);
    expect(positions.filter((p) => standsIn(guest.project, p)).map((p) => p.id)).toEqual([guest.id]);
    expect(new Set(positions.map(positionWord)).size).toBe(positions.length);
  }
});
