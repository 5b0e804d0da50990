import { expect, test } from 'vitest';
import { ALL, State } from './test-state.ts';
import { createTraps } from './traps.ts';

const { route } = createTraps(ALL);
const noEl2 = createTraps(new Set([...ALL].filter((name) => name !== 'EL2'))).route;
const TGE = { 'HCR_EL2.TGE': 1 };

test('synchronous exceptions stay with EL1 unless TGE is set', () => {
  expect(route.sync(new State(0))).toEqual({ target: 1, cause: [] });
  expect(route.sync(new State(2))).toEqual({ target: 2, cause: [] });
  expect(route.sync(new State(0, TGE))).toMatchObject({
    target: 2,
    cause: [{ register: 'HCR_EL2', field: 'TGE', value: '0x1' }],
  });
  expect(noEl2.sync(new State(0, TGE)).target).toBe(1);
});

test('debug exceptions and external aborts have a control of their own', () => {
  expect(route.debug(new State(1, { 'MDCR_EL2.TDE': 1 }))).toMatchObject({ target: 2, cause: [{ field: 'TDE' }] });
  expect(route.debug(new State(1)).target).toBe(1);
  expect(route.external(new State(0, { 'HCR_EL2.TEA': 1 }))).toMatchObject({ target: 2, cause: [{ field: 'TEA' }] });
  expect(route.external(new State(0, { ...TGE, 'HCR_EL2.TEA': 1 }))).toMatchObject({ target: 2, cause: [{ field: 'TGE' }] });
});

test('interrupts by IMO, FMO, AMO', () => {
  const imo = new State(1, { 'HCR_EL2.IMO': 1 });
  expect(route.async(imo, 'irq')).toMatchObject({ target: 2, cause: [{ field: 'IMO' }] });
  expect(route.async(imo, 'fiq').target).toBe(1);
  expect(route.async(new State(0, { 'HCR_EL2.AMO': 1 }), 'serror').cause[0]?.doc).toBe('Physical SErrors are taken to EL2.');
  expect(route.async(new State(2), 'irq').target).toBe(2);
});
