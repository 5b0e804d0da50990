// The exit log as a view of the app.
import type { Feature } from '#ui';

export const exitLogFeature: Feature = {
  id: 'exit-log',
  title: 'Exit log',
  word: 'Log',
  icon: 'log',
  load: async () => {
    const { ExitLogView, ExitLogHead } = await import('./exit-log-view.tsx');
    return { View: ExitLogView, Head: ExitLogHead };
  },
};
