// The exit card with its answer box as a view of the app.
import type { Feature } from '#ui';

export const exitCardFeature: Feature = {
  id: 'exit-card',
  title: 'Exit',
  word: 'Exit',
  icon: 'exit',
  load: async () => {
    const { ExitCardView, ExitCardTitle, ExitCardHead } = await import('./exit-card-view.tsx');
    return { View: ExitCardView, Title: ExitCardTitle, Head: ExitCardHead };
  },
};
