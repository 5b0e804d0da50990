// The trap controls as a view of the app.
import type { Feature } from '#ui';

export const trapControlsFeature: Feature = {
  id: 'trap-controls',
  title: 'Trap controls',
  word: 'Traps',
  icon: 'gate',
  load: async () => ({ View: (await import('./trap-controls-view.tsx')).TrapControlsView }),
};
