// The badges at the right margin: one small button per line that exited, exits now, or would. An overlay of our own over Monaco,
// scrolled with it; a badge that would cover text shows its numbers only, on a clean ground. One stop for Tab, arrows go from badge to badge.
import { ringMove, showView } from '#ui';
import type { editor } from './monaco.ts';
import { badgeRoom, badgeText } from './view-model.ts';

/** A badge, in the terms of the worker's update. */
export interface Badge {
  readonly line: number;
  readonly kind: 'happened' | 'happening' | 'would';
  readonly ec: number;
  readonly count: number;
  readonly text: string;
}

/** The overlay. */
export interface BadgeLayer {
  readonly set: (badges: readonly Badge[]) => void;
  /** The line with the machine's tint, and its world's class: a badge there stands on that ground. */
  readonly setCurrent: (current: { readonly line: number; readonly className: string } | undefined) => void;
  /** Places every badge anew (after a scroll, a resize or an edit). */
  readonly place: () => void;
  readonly dispose: () => void;
}

interface Drawn {
  readonly badge: Badge;
  readonly row: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly full: number;
  readonly short: number;
}

/** Adds the overlay to `code`. */
export function createBadgeLayer(code: editor.IStandaloneCodeEditor): BadgeLayer {
  const layer = document.createElement('div');
  layer.className = 'code-badges';
  layer.setAttribute('role', 'toolbar');
  layer.setAttribute('aria-label', 'Exits by line');
  layer.setAttribute('aria-orientation', 'vertical');
  const widget: editor.IOverlayWidget = { getId: () => 'trapscope.badges', getDomNode: () => layer, getPosition: () => null };
  code.addOverlayWidget(widget);
  let drawn: Drawn[] = [];
  let current: { readonly line: number; readonly className: string } | undefined;

  layer.addEventListener('keydown', (event) => {
    const at = drawn.findIndex(({ button }) => button === document.activeElement);
    const next = ringMove(event.key, at, drawn.length, 'column');
    const target = next === undefined ? undefined : drawn[next];
    if (!target) return;
    event.preventDefault();
    code.revealLineInCenterIfOutsideViewport(target.badge.line);
    place();
    focusOn(target.button);
  });

  const focusOn = (button: HTMLButtonElement) => {
    for (const other of drawn) other.button.tabIndex = other.button === button ? 0 : -1;
    button.focus();
  };

  const draw = (badge: Badge): Drawn => {
    const { lead, count, what, spoken } = badgeText(badge);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = `code-badge code-badge-${badge.kind}`;
    button.title = spoken;
    button.setAttribute('aria-label', spoken);
    button.tabIndex = -1;
    for (const [className, text] of [
      ['code-badge-lead', lead],
      ['code-badge-count', count],
      ['code-badge-what', what],
    ] as const) {
      if (text === '') continue;
      const part = document.createElement('span');
      part.className = className;
      part.textContent = text;
      button.append(part);
    }
    button.addEventListener('click', () => showView(badge.kind === 'happened' ? 'exit-log' : 'exit-card'));
    const row = document.createElement('div');
    row.append(button);
    layer.append(row);
    const full = button.offsetWidth;
    button.classList.add('code-badge-short');
    const short = button.offsetWidth;
    button.classList.remove('code-badge-short');
    return { badge, row, button, full, short };
  };

  const place = () => {
    const layout = code.getLayoutInfo();
    const lineHeight = code.getModel() ? code.getBottomForLineNumber(1) - code.getTopForLineNumber(1) : 18;
    const right = layout.contentLeft + layout.contentWidth - layout.verticalScrollbarWidth - 8;
    const scrollTop = code.getScrollTop();
    // In folded lines nothing stands.
    const open = code.getVisibleRanges();
    for (const { badge, row, button, full, short } of drawn) {
      const { line } = badge;
      const inSight = open.some(({ startLineNumber, endLineNumber }) => startLineNumber <= line && line <= endLineNumber);
      row.style.visibility = inSight ? 'visible' : 'hidden';
      if (!inSight) continue;
      const top = code.getTopForLineNumber(line) - scrollTop;
      const textEnd = layout.contentLeft + Math.max(0, code.getWidthOfLine(line)) - code.getScrollLeft();
      const covers = badgeRoom(textEnd, right, full, short) === 'short';
      button.classList.toggle('code-badge-short', covers);
      const ground = line === current?.line ? `code-badge-cover ${current.className}` : 'code-badge-cover';
      row.className = covers ? `code-badge-row ${ground}` : 'code-badge-row';
      row.style.top = `${top}px`;
      row.style.height = `${lineHeight}px`;
      row.style.paddingRight = `${layout.width - right}px`;
    }
  };

  return {
    set: (badges) => {
      // A running guest counts up many times a second: a badge whose words did not change in kind is only counted on.
      const focused = drawn.find(({ button }) => button === document.activeElement)?.badge.line;
      const old = new Map(drawn.map((one) => [one.badge.line, one]));
      drawn = badges
        .toSorted((a, b) => a.line - b.line)
        .map((badge) => {
          const before = old.get(badge.line);
          if (!before || !countsOn(before.badge, badge)) return draw(badge);
          old.delete(badge.line);
          const { count, spoken } = badgeText(badge);
          before.button.title = spoken;
          before.button.setAttribute('aria-label', spoken);
          const part = before.button.querySelector('.code-badge-count');
          if (part) part.textContent = count;
          return { ...before, badge };
        });
      for (const { row } of old.values()) row.remove();
      const stop = drawn.find(({ badge }) => badge.line === focused) ?? drawn[0];
      for (const { button } of drawn) button.tabIndex = button === stop?.button ? 0 : -1;
      if (stop && stop.badge.line === focused) stop.button.focus();
      place();
    },
    setCurrent: (next) => {
      current = next;
      place();
    },
    place,
    dispose: () => code.removeOverlayWidget(widget),
  };
}

/** Whether two badges of a line differ in their count only, and take the same room. */
function countsOn(before: Badge, now: Badge): boolean {
  return (
    before.kind === now.kind &&
    before.text === now.text &&
    before.ec === now.ec &&
    before.count.toString().length === now.count.toString().length
  );
}
