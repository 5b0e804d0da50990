// Our part of Monaco's hover: what stands under the pointer (or at the cursor, F1), asked of the language worker and drawn with the app's own
// components. Monaco's public hovers are Markdown, which cannot draw 32 bits; the parts that its own hovers are made of can.
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { askHover, type HoverView } from '#client';
import { HoverCard } from './hover-card.tsx';
import {
  type HoverAnchor,
  type HoverContext,
  type HoverPart,
  HoverParticipantRegistry,
  type MonacoRange,
  Range,
} from './monaco.ts';
import { rangeOf } from './providers.ts';

interface Part extends HoverPart {
  readonly view: HoverView;
}

/** Made by Monaco, once for an editor. */
class LanguageHoverParticipant {
  /** Behind diagnostics (they have 1). */
  readonly hoverOrdinal = 2;
  private rendered: readonly { readonly hoverPart: Part; readonly hoverElement: HTMLElement }[] = [];

  computeSync(): Part[] {
    return [];
  }

  async *computeAsync(anchor: HoverAnchor): AsyncGenerator<Part> {
    if (anchor.type !== 1) return;
    const { startLineNumber, startColumn } = anchor.range;
    const answer = await askHover({ line: startLineNumber, column: startColumn });
    if (!answer) return;
    const range = rangeOf(answer.range);
    const covers = (other: MonacoRange) => Range.containsRange(range, other);
    yield {
      owner: this,
      range,
      view: answer.view,
      isValidForHoverAnchor: (other) => other.type === 1 && covers(other.range),
    };
  }

  renderHoverParts({ fragment }: HoverContext, parts: readonly Part[]) {
    const rendered = parts.map((hoverPart) => {
      const hoverElement = document.createElement('div');
      hoverElement.className = 'hover-row code-hover';
      const root = createRoot(hoverElement);
      // Monaco measures it as soon as this returns.
      flushSync(() => root.render(createElement(HoverCard, { view: hoverPart.view })));
      fragment.append(hoverElement);
      return { hoverPart, hoverElement, dispose: () => queueMicrotask(() => root.unmount()) };
    });
    this.rendered = rendered;
    const dispose = () => {
      for (const part of rendered) part.dispose();
    };
    return { renderedHoverParts: rendered, dispose };
  }

  getAccessibleContent(part: Part): string {
    // biome-ignore lint/performance/useDomNodeTextContent: a reader needs the lines apart
    return this.rendered.find(({ hoverPart }) => hoverPart === part)?.hoverElement.innerText ?? '';
  }
}

HoverParticipantRegistry.register(LanguageHoverParticipant);
