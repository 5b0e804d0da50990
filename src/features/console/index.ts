// The guest's console: its UART, both ways.
import type { Feature } from '#ui';

export const consoleFeature: Feature = {
  id: 'console',
  title: 'Console',
  word: 'Console',
  icon: 'console',
  load: () => import('./view.tsx'),
};
