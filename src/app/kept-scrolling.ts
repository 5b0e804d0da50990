// What was scrolled in a view stays where it was while the view is taken away and put back: a browser forgets that of elements that leave the
// page, and says nothing.
import { type RefObject, useEffect } from 'react';

/** Keeps and restores the places of everything that scrolls inside `root`. */
export function useKeptScrolling(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const kept = new Map<Element, { readonly left: number; readonly top: number }>();
    const keep = ({ target }: Event) => {
      if (target instanceof Element && element.clientHeight > 0)
        kept.set(target, { left: target.scrollLeft, top: target.scrollTop });
    };
    const restore = () => {
      if (element.clientHeight === 0) return;
      for (const [target, { left, top }] of kept) {
        if (!element.contains(target)) kept.delete(target);
        else if (target.scrollTop !== top || target.scrollLeft !== left) target.scrollTo({ left, top, behavior: 'instant' });
      }
    };
    element.addEventListener('scroll', keep, true);
    // It has no size while it is away.
    const observer = new ResizeObserver(restore);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', keep, true);
      observer.disconnect();
    };
  }, [root]);
}
