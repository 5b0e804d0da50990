import { describe, expect, test } from 'vitest';
import { CODE_VIEW, checkLayout, dockPresets, type Plan, planLayout, presetPlans, prunePlan } from './dock-layout.ts';

const all = new Map([CODE_VIEW, 'exit-card', 'registers', 'exit-log', 'console'].map((id) => [id, id.toUpperCase()]));
const known = new Set(all.keys());

function views(plan: Plan): string[] {
  return plan.kind === 'views' ? [...plan.views] : plan.parts.flatMap(views);
}

describe.each(dockPresets)('preset %s', (name) => {
  test('holds the code, alone in its group, and each view once', () => {
    const list = views(presetPlans[name]);
    expect(new Set(list).size).toBe(list.length);
    expect(list).toContain(CODE_VIEW);
    expect(checkLayout(planLayout(presetPlans[name], all, 1440, 800), known)).toBeDefined();
  });

  test('still stands when only the code is there', () => {
    const layout = planLayout(presetPlans[name], new Map([[CODE_VIEW, 'Code']]), 800, 600);
    expect(Object.keys(layout.panels)).toEqual([CODE_VIEW]);
    expect(checkLayout(layout, new Set([CODE_VIEW]))).toBeDefined();
  });
});

test('shares fill the box after parts are gone, and directions alternate', () => {
  const plan = prunePlan(presetPlans.debug, new Set([CODE_VIEW, 'exit-card', 'console']));
  expect(plan).toMatchObject({ kind: 'column', parts: [{ kind: 'row' }, { kind: 'views', views: ['console'] }] });
  const layout = planLayout(presetPlans.debug, all, 1000, 500);
  expect(layout.grid).toMatchObject({ orientation: 'VERTICAL', root: { size: 1000 } });
  const [upper, lower] = layout.grid.root.data as unknown as { size: number; data: { size: number }[] }[];
  expect([upper?.size, lower?.size]).toEqual([395, 105]);
  expect(upper?.data.reduce((sum, leaf) => sum + leaf.size, 0)).toBe(1000);
});

test('a column left alone in a column becomes part of it', () => {
  const plan: Plan = {
    kind: 'column',
    share: 1,
    parts: [
      { kind: 'views', views: ['a'], share: 0.5 },
      {
        kind: 'row',
        share: 0.5,
        parts: [
          {
            kind: 'column',
            share: 0.5,
            parts: [
              { kind: 'views', views: ['b'], share: 0.5 },
              { kind: 'views', views: ['c'], share: 0.5 },
            ],
          },
          { kind: 'views', views: ['gone'], share: 0.5 },
        ],
      },
    ],
  };
  expect(prunePlan(plan, new Set(['a', 'b', 'c']))).toMatchObject({
    kind: 'column',
    parts: [
      { views: ['a'], share: 0.5 },
      { views: ['b'], share: 0.25 },
      { views: ['c'], share: 0.25 },
    ],
  });
});

describe('a stored layout is refused', () => {
  const good = () => JSON.parse(JSON.stringify(planLayout(presetPlans.debug, all, 1000, 500)));
  test('unless it is sound', () => {
    expect(checkLayout(good(), known)).toEqual(good());
  });
  // biome-ignore lint/suspicious/noExplicitAny: damaged data has no type
  test.each<[string, (layout: any) => unknown]>([
    ['no object', () => 'layout'],
    ['null', () => null],
    ['no grid', (layout) => ({ ...layout, grid: undefined })],
    ['a root that is a leaf', (layout) => ({ ...layout, grid: { ...layout.grid, root: layout.grid.root.data[1].data[1] } })],
    ['a size that is no number', (layout) => ({ ...layout, grid: { ...layout.grid, width: 'wide' } })],
    ['a view of another version', (layout) => JSON.parse(JSON.stringify(layout).replaceAll('registers', 'timeline'))],
    ['the code missing', (layout) => JSON.parse(JSON.stringify(layout).replaceAll(CODE_VIEW, 'exit-log'))],
    [
      'the code behind a tab',
      (layout) => {
        layout.grid.root.data[0].data[0].data.views.push('console');
        return layout;
      },
    ],
    [
      'a panel that stands nowhere',
      (layout) => {
        layout.grid.root.data[1].data.pop();
        return layout;
      },
    ],
  ])('%s', (_, damage) => {
    expect(checkLayout(damage(good()), known)).toBeUndefined();
  });
});
