// The docked arrangement: views in groups that can be dragged, split, resized and joined, by pointer or by command, remembered per
// preset. Owns the dockview component and its law: the code's group takes no other view, and the code joins no other group.
import {
  type DockviewApi,
  DockviewReact,
  type DockviewWillDropEvent,
  type DockviewWillShowOverlayLocationEvent,
  type IDockviewHeaderActionsProps,
  type IDockviewPanelHeaderProps,
  type IDockviewPanelProps,
} from 'dockview-react';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useClient } from '#client';
import { announce, Chip, Icon, Menu } from '#ui';
import './dock.css';
import { type DockHandle, dock, type Side, storedLayout, storeLayout } from './arrangement.ts';
import { CODE_VIEW, type DockPreset, planLayout, presetNames, presetPlans } from './dock-layout.ts';
import { featureById, features, featureTitles } from './registry.ts';
import { ViewHead, ViewPane, ViewTitle } from './view-pane.tsx';

const STORE_DELAY_MS = 300;
const RESIZE_PX = 40;
const theme = { name: 'trapscope', className: 'dock-theme', dndTabIndicator: 'line' as const };

const components = { view: ({ api }: IDockviewPanelProps) => <ViewPane id={api.id} /> };

/** A view in front has its own title; one behind a tab is called by its name, which is short. */
function TabTitle({ api }: IDockviewPanelHeaderProps) {
  const front = useSyncExternalStore(
    (listener) => {
      const subscription = api.onDidVisibilityChange(listener);
      return () => subscription.dispose();
    },
    () => api.isVisible,
  );
  const waits = useClient((state) => state.machine.status.kind === 'waiting') && api.id === 'exit-card';
  return (
    <span className="dock-title">
      {front ? (
        <ViewTitle id={api.id} />
      ) : (
        <>
          {waits && <Chip world="V" label="waits for you" />}
          {featureTitles.get(api.id)}
        </>
      )}
    </span>
  );
}

const tabComponents = { title: TabTitle };

/** What the view in front has for its head, and where the tabs do not fit, all of them in a menu. */
function HeadActions({ activePanel, panels }: IDockviewHeaderActionsProps) {
  const head = useRef<HTMLDivElement>(null);
  const [crowded, setCrowded] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other tabs are other elements to measure
  useLayoutEffect(() => {
    const tabs = head.current?.closest('.dv-tabs-and-actions-container')?.querySelector('.dv-tabs-container');
    if (!tabs) return;
    // A tab that shows in part is left to the menu.
    const measure = () => {
      setCrowded(tabs.scrollWidth > tabs.clientWidth + 1);
      const { left, right } = tabs.getBoundingClientRect();
      for (const tab of tabs.children) {
        const place = tab.getBoundingClientRect();
        const isInFront = tab.classList.contains('dv-active-tab');
        tab.toggleAttribute('data-cut', !isInFront && (place.left < left - 1 || place.right > right + 1));
      }
    };
    const observer = new ResizeObserver(measure);
    observer.observe(tabs);
    for (const tab of tabs.children) observer.observe(tab);
    tabs.addEventListener('scroll', measure);
    return () => {
      observer.disconnect();
      tabs.removeEventListener('scroll', measure);
    };
  }, [panels, activePanel]);
  return (
    <div ref={head} className="dock-head">
      {crowded && (
        <Menu
          label="Views in this place"
          align="end"
          className="icon-button"
          sections={[
            {
              items: panels.map((panel) => ({
                id: panel.id,
                word: featureTitles.get(panel.id) ?? panel.id,
                chosen: panel === activePanel,
                run: () => panel.api.setActive(),
              })),
            },
          ]}
        >
          <Icon name="down" size={12} />
        </Menu>
      )}
      {activePanel && <ViewHead id={activePanel.id} />}
    </div>
  );
}

function isCodeGroup(group: { readonly panels: readonly { readonly id: string }[] } | undefined): boolean {
  return group?.panels.some((panel) => panel.id === CODE_VIEW) ?? false;
}

/** Whether a drop would put a view into the code's group, or the code into another's. */
function hidesCode(api: DockviewApi, event: DockviewWillShowOverlayLocationEvent | DockviewWillDropEvent): boolean {
  if (event.kind !== 'tab' && event.kind !== 'header_space' && event.position !== 'center') return false;
  const dragged = event.getData();
  const dragsCode = dragged?.panelId === CODE_VIEW || (dragged !== undefined && isCodeGroup(api.getGroup(dragged.groupId)));
  return dragsCode || isCodeGroup(event.group);
}

/** The code's group is locked against tabs; every other group is open. */
function keepCodeAlone(api: DockviewApi): void {
  for (const group of api.groups) group.locked = isCodeGroup(group);
}

function load(api: DockviewApi, preset: DockPreset): void {
  const fresh = () => planLayout(presetPlans[preset], featureTitles, api.width, api.height);
  try {
    api.fromJSON(storedLayout(preset) ?? fresh(), { reuseExistingPanels: true });
  } catch {
    storeLayout(preset, undefined);
    api.fromJSON(fresh());
  }
  keepCodeAlone(api);
}

function focusView(view: string): void {
  const pane = document.querySelector<HTMLElement>(`[data-view="${view}"]`);
  const target = pane?.querySelector<HTMLElement>('textarea, input, [tabindex="0"], button, a[href]') ?? pane;
  target?.focus();
}

function handle(api: DockviewApi, preset: DockPreset): DockHandle {
  const neighbour = (side: Side) => {
    const found = api.activeGroup && api.adjacentGroupInDirection(api.activeGroup, side);
    return found && api.groups.find((group) => group.id === found.id);
  };
  const show = (view: string) => {
    const feature = featureById(view);
    if (!feature) return;
    const panel =
      api.getPanel(view) ??
      (() => {
        const beside = api.groups.find((group) => !isCodeGroup(group));
        return api.addPanel({
          id: view,
          component: 'view',
          tabComponent: 'title',
          title: feature.title,
          renderer: 'onlyWhenVisible',
          position: beside ? { referenceGroup: beside } : { referencePanel: CODE_VIEW, direction: 'right' },
        });
      })();
    panel.api.setActive();
  };
  return {
    show,
    focus: focusView,
    close: (view) => {
      if (view !== CODE_VIEW) api.getPanel(view)?.api.close();
    },
    current: () => api.activePanel?.id,
    move: (side) => {
      const panel = api.activePanel;
      const group =
        neighbour(side) ??
        (panel && panel.group.panels.length > 1 ? api.groups.find(({ id }) => id === panel.group.id) : undefined);
      if (!panel || !group) return false;
      const position = ({ left: 'left', right: 'right', up: 'top', down: 'bottom' } as const)[side];
      panel.api.moveTo({ group, position });
      keepCodeAlone(api);
      return true;
    },
    join: (side) => {
      const panel = api.activePanel;
      const group = neighbour(side);
      if (!panel || !group || panel.id === CODE_VIEW || isCodeGroup(group)) return false;
      panel.api.moveTo({ group, position: 'center' });
      return true;
    },
    resize: (how) => {
      const group = api.activeGroup;
      if (!group) return;
      if (how === 'wider' || how === 'narrower')
        group.api.setSize({ width: group.width + (how === 'wider' ? RESIZE_PX : -RESIZE_PX) });
      else group.api.setSize({ height: group.height + (how === 'taller' ? RESIZE_PX : -RESIZE_PX) });
    },
    cycle: (by) => {
      const order = features.filter((feature) => api.getPanel(feature.id)?.api.isVisible);
      const at = order.findIndex((feature) => feature.id === api.activePanel?.id);
      const next = order[(at + by + order.length) % order.length];
      if (!next) return;
      show(next.id);
      focusView(next.id);
      announce(next.title);
    },
    maximize: () => {
      const panel = api.activePanel;
      if (!panel) return;
      if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
      else api.maximizeGroup(panel);
    },
    reset: () => {
      storeLayout(preset, undefined);
      load(api, preset);
      announce(`Layout ${presetNames[preset]} as it was`);
    },
  };
}

/** The dock with the layout of `preset`. */
export function Dock({ preset }: { preset: DockPreset }) {
  const api = useRef<DockviewApi>(undefined);

  useEffect(() => {
    const dockview = api.current;
    if (!dockview) return;
    load(dockview, preset);
    dock.set(handle(dockview, preset));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const subscription = dockview.onDidLayoutChange(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (!dockview.hasMaximizedGroup()) storeLayout(preset, dockview.toJSON());
      }, STORE_DELAY_MS);
    });
    return () => {
      clearTimeout(timer);
      subscription.dispose();
      dock.set(undefined);
    };
  }, [preset]);

  return (
    <DockviewReact
      className="dock"
      theme={theme}
      components={components}
      tabComponents={tabComponents}
      rightHeaderActionsComponent={HeadActions}
      disableFloatingGroups
      disableTabsOverflowList
      scrollbars="native"
      announcer={({ message }) => announce(message)}
      getTabContextMenuItems={({ panel }) => (panel.id === CODE_VIEW ? ['maximize'] : ['maximize', 'separator', 'close'])}
      onReady={({ api: ready }) => {
        api.current = ready;
        const guard = (event: DockviewWillShowOverlayLocationEvent | DockviewWillDropEvent) => {
          if (hidesCode(ready, event)) event.preventDefault();
        };
        ready.onWillShowOverlay(guard);
        ready.onWillDrop(guard);
        ready.onDidMovePanel(() => keepCodeAlone(ready));
        // The code can be closed by its tab's Delete key; it comes back at once.
        ready.onDidRemovePanel((panel) => {
          if (panel.id === CODE_VIEW) queueMicrotask(() => ready.getPanel(CODE_VIEW) ?? dock.get()?.reset());
        });
      }}
    />
  );
}
