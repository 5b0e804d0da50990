// The answer rules as a view of the app.
import type { Feature } from '#ui';

export const answerRulesFeature: Feature = {
  id: 'answer-rules',
  title: 'Answer rules',
  word: 'Rules',
  icon: 'rules',
  load: async () => {
    const { AnswerRulesView, AnswerRulesHead } = await import('./answer-rules-view.tsx');
    return { View: AnswerRulesView, Head: AnswerRulesHead };
  },
};
