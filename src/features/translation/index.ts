// Translation as a view of the app.
import type { Feature } from '#ui';

export const translationFeature: Feature = {
  id: 'translation',
  title: 'Translation',
  word: 'Walk',
  icon: 'walk',
  load: async () => ({ View: (await import('./translation-view.tsx')).TranslationView }),
};
