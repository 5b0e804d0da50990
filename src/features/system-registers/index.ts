// The system registers as a view of the app.
import type { Feature } from '#ui';

export const systemRegistersFeature: Feature = {
  id: 'system-registers',
  title: 'System registers',
  word: 'System',
  icon: 'bits',
  load: async () => ({ View: (await import('./system-registers-view.tsx')).SystemRegistersView }),
};
