// The ID registers of a VM as a view of the app.
import type { Feature } from '#ui';

export const idRegistersFeature: Feature = {
  id: 'id-registers',
  title: 'ID registers',
  word: 'ID',
  icon: 'id',
  load: async () => ({ View: (await import('./id-registers-view.tsx')).IdRegistersView }),
};
