// Layouts as data: the presets, their translation into dockview's form at a given size, and the check of a stored layout before
// it is believed. Pure. One law: the code is never behind another tab, so the editor's group holds nothing but the editor.
import type { SerializedDockview } from 'dockview-react';

/** The view that is never hidden. */
export const CODE_VIEW = 'editor';

/** A preset: what stands beside what, and each part's share of its row or column. */
export type Plan =
  | { readonly kind: 'views'; readonly views: readonly string[]; readonly share: number }
  | { readonly kind: 'row' | 'column'; readonly parts: readonly Plan[]; readonly share: number };

/** The names of the presets that dock; `embed` is one pane and does not. */
export const dockPresets = ['learn', 'debug', 'forensics'] as const;
export type DockPreset = (typeof dockPresets)[number];
export const presets = [...dockPresets, 'embed'] as const;
export type Preset = (typeof presets)[number];

export const presetNames: Record<Preset, string> = { learn: 'Learn', debug: 'Debug', forensics: 'Forensics', embed: 'Embed' };

const views = (share: number, ...names: string[]): Plan => ({ kind: 'views', views: names, share });
const row = (share: number, ...parts: Plan[]): Plan => ({ kind: 'row', parts, share });
const column = (share: number, ...parts: Plan[]): Plan => ({ kind: 'column', parts, share });

export const presetPlans: Record<DockPreset, Plan> = {
  learn: row(1, column(0.5, views(0.74, CODE_VIEW), views(0.26, 'console')), views(0.5, 'exit-card', 'registers', 'exit-log')),
  debug: column(
    1,
    row(
      0.79,
      views(0.365, CODE_VIEW),
      views(0.405, 'exit-card', 'trap-controls', 'translation', 'hypervisor'),
      views(0.23, 'registers', 'system-registers', 'id-registers'),
    ),
    row(0.21, views(0.77, 'exit-log', 'answer-rules'), views(0.23, 'console')),
  ),
  forensics: row(
    1,
    column(0.56, views(0.5, 'exit-log', 'answer-rules', 'system-registers', 'id-registers'), views(0.5, CODE_VIEW)),
    column(0.44, views(0.74, 'exit-card', 'trap-controls', 'translation', 'hypervisor'), views(0.26, 'registers', 'console')),
  ),
};

/** The plan without the views that are not there, parts without content dropped, shares made whole; undefined when nothing is left. */
export function prunePlan(plan: Plan, known: ReadonlySet<string>): Plan | undefined {
  if (plan.kind === 'views') {
    const kept = plan.views.filter((view) => known.has(view));
    return kept.length > 0 ? { ...plan, views: kept } : undefined;
  }
  const parts = plan.parts.flatMap((part) => {
    const kept = prunePlan(part, known);
    if (!kept) return [];
    // A part of one direction inside the same direction: its parts stand in its place.
    if (kept.kind === plan.kind) return kept.parts.map((inner) => ({ ...inner, share: inner.share * kept.share }));
    return [kept];
  });
  const [only] = parts;
  if (!only) return undefined;
  if (parts.length === 1) return { ...only, share: plan.share };
  const sum = parts.reduce((total, part) => total + part.share, 0);
  return { ...plan, parts: parts.map((part) => ({ ...part, share: part.share / sum })) };
}

type GridNode = SerializedDockview['grid']['root'];

/** The plan in dockview's form, for a dock of `width` × `height` px. `titles` gives each known view its title. */
export function planLayout(plan: Plan, titles: ReadonlyMap<string, string>, width: number, height: number): SerializedDockview {
  const pruned = prunePlan(plan, new Set(titles.keys())) ?? { kind: 'views', views: [CODE_VIEW], share: 1 };
  const root = pruned.kind === 'views' ? { kind: 'row' as const, parts: [{ ...pruned, share: 1 }], share: 1 } : pruned;
  let groups = 0;
  const panels: SerializedDockview['panels'] = {};

  const node = (part: Plan, boxWidth: number, boxHeight: number, size: number): GridNode => {
    if (part.kind === 'views') {
      for (const id of part.views) panels[id] = panelState(id, titles.get(id) ?? id);
      groups += 1;
      const id = `group-${groups}`;
      return { type: 'leaf', size, data: { id, views: [...part.views], activeView: part.views[0] as string } };
    }
    const horizontal = part.kind === 'row';
    return {
      type: 'branch',
      size,
      data: part.parts.map((inner) => {
        const w = horizontal ? Math.round(boxWidth * inner.share) : boxWidth;
        const h = horizontal ? boxHeight : Math.round(boxHeight * inner.share);
        return node(inner, w, h, horizontal ? w : h);
      }),
    };
  };
  const horizontal = root.kind === 'row';
  return {
    grid: {
      root: node(root, width, height, horizontal ? height : width),
      width,
      height,
      // dockview's Orientation is an enum of these words
      orientation: (horizontal ? 'HORIZONTAL' : 'VERTICAL') as SerializedDockview['grid']['orientation'],
    },
    panels,
    activeGroup: 'group-1',
  };
}

function panelState(id: string, title: string): SerializedDockview['panels'][string] {
  return { id, contentComponent: 'view', tabComponent: 'title', title, renderer: 'onlyWhenVisible' };
}

/** A stored layout, if it is one, names only known views, and keeps the code in sight; floating parts are not restored. */
export function checkLayout(data: unknown, known: ReadonlySet<string>): SerializedDockview | undefined {
  if (!isRecord(data) || !isRecord(data['grid']) || !isRecord(data['panels'])) return undefined;
  const { root, width, height, orientation } = data['grid'];
  if (!isSize(width) || !isSize(height) || (orientation !== 'HORIZONTAL' && orientation !== 'VERTICAL')) return undefined;
  if (!isRecord(root) || root['type'] !== 'branch') return undefined;
  const seen = new Set<string>();
  if (!checkNode(root, known, seen) || !seen.has(CODE_VIEW)) return undefined;
  const panels = Object.entries(data['panels']);
  if (panels.length !== seen.size || !panels.every(([id, state]) => seen.has(id) && isRecord(state) && state['id'] === id))
    return undefined;
  const { grid, activeGroup } = data as unknown as SerializedDockview;
  return {
    grid,
    panels: Object.fromEntries(
      panels.map(([id, state]) => [id, panelState(id, String((state as { title?: unknown }).title ?? id))]),
    ),
    ...(typeof activeGroup === 'string' ? { activeGroup } : {}),
  };
}

function checkNode(node: unknown, known: ReadonlySet<string>, seen: Set<string>): boolean {
  if (!isRecord(node) || !isSize(node['size'])) return false;
  if (node['type'] === 'branch') {
    const children = node['data'];
    return Array.isArray(children) && children.length > 0 && children.every((child) => checkNode(child, known, seen));
  }
  const group = node['data'];
  if (node['type'] !== 'leaf' || node['visible'] === false || !isRecord(group) || typeof group['id'] !== 'string') return false;
  const list = group['views'];
  if (!Array.isArray(list) || list.length === 0 || (list.includes(CODE_VIEW) && list.length > 1)) return false;
  return list.every((view) => {
    if (typeof view !== 'string' || !known.has(view) || seen.has(view)) return false;
    seen.add(view);
    return true;
  });
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function isSize(data: unknown): boolean {
  return typeof data === 'number' && Number.isFinite(data) && data >= 0;
}
