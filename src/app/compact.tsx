// The arrangement of narrow screens, and of the one-pane preset: the code above, one view below it as a sheet, tabs at the bottom.
import { useClient } from '#client';
import { Chip, Icon, Menu, Sheet, useCell } from '#ui';
import { bringToFront, compactShare, compactView } from './arrangement.ts';
import './compact.css';
import { CODE_VIEW } from './dock-layout.ts';
import { features } from './registry.ts';
import { ViewHead, ViewPane, ViewTitle } from './view-pane.tsx';

const beside = features.filter((feature) => feature.id !== CODE_VIEW);
/** So many have a tab of their own; the others stand behind the last one. */
const TABS = 4;
const tabs = beside.slice(0, TABS);
const more = beside.slice(TABS);

/** See the head of this file. */
export function Compact() {
  const wanted = useCell(compactView);
  const share = useCell(compactShare);
  const waiting = useClient((state) => state.machine.status.kind === 'waiting');
  const shown = beside.find((feature) => feature.id === wanted) ?? beside[0];

  if (!shown) return <ViewPane id={CODE_VIEW} />;
  return (
    <div className="compact">
      <Sheet label={shown.title} share={share} onShare={compactShare.set} waiting={waiting} upper={<ViewPane id={CODE_VIEW} />}>
        <div className="compact-head">
          <h2>
            <ViewTitle id={shown.id} />
          </h2>
          <ViewHead id={shown.id} />
        </div>
        <ViewPane key={shown.id} id={shown.id} />
      </Sheet>
      <nav className="tab-bar" aria-label="Views">
        {tabs.map((feature) => {
          const current = feature === shown && share > 0;
          return (
            <button
              key={feature.id}
              type="button"
              aria-current={current ? 'page' : undefined}
              onClick={() => {
                if (current) compactShare.set(0);
                else bringToFront(feature.id);
              }}
            >
              <Icon name={feature.icon} />
              {feature.word}
              {waiting && feature.id === 'exit-card' && <Chip world="V" label="waits for you" />}
            </button>
          );
        })}
        {more.length > 0 && (
          <Menu
            label="More views"
            align="end"
            className={more.includes(shown) && share > 0 ? 'tab-more tab-current' : 'tab-more'}
            sections={[
              {
                items: more.map((feature) => ({
                  id: feature.id,
                  word: feature.title,
                  chosen: feature === shown && share > 0,
                  run: () => bringToFront(feature.id),
                })),
              },
            ]}
          >
            <Icon name={more.includes(shown) ? shown.icon : 'more'} />
            {more.includes(shown) ? shown.word : 'More'}
          </Menu>
        )}
      </nav>
    </div>
  );
}
