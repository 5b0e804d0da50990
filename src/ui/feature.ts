// How a view and what it can do are described to whoever arranges views: plain data, so that the arrangement knows no view and a
// view knows no arrangement.
import type { ComponentType } from 'react';
import type { IconName } from './icon.tsx';

/** The loaded parts of a view. `Title` stands in place of the plain title in the pane's head, `Head` at its right. */
export interface FeatureParts {
  readonly View: ComponentType;
  readonly Title?: ComponentType;
  readonly Head?: ComponentType;
}

/** Something that can be done, from the palette, a key or a menu. */
export interface Command {
  readonly id: string;
  /** Verb first: "Run", "Go to line…". */
  readonly title: string;
  /** A word for the family, shown small: "Run", "Layout". */
  readonly group: string;
  /** Key chords as `parseChord` reads them: `F5`, `Shift+F11`, `Mod+K`. The first is the one shown. */
  readonly keys?: readonly string[];
  /** Whether it can be done now; absent means always. */
  readonly available?: () => boolean;
  readonly run: () => void;
}

/** A view of the app. `load` brings its parts when it is first shown. */
export interface Feature {
  readonly id: string;
  readonly title: string;
  /** One word, for the tab bar of narrow screens. */
  readonly word: string;
  readonly icon: IconName;
  readonly load: () => Promise<FeatureParts>;
  readonly commands?: readonly Command[];
}
