// The registers as a view of the app.
import type { Feature } from '#ui';

export const registersFeature: Feature = {
  id: 'registers',
  title: 'Registers',
  word: 'Registers',
  icon: 'registers',
  load: async () => ({ View: (await import('./registers-view.tsx')).RegistersView }),
};
