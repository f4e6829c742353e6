import { controlSentences, explanations } from '../../../electron/api/explanations.ts';
import type { WhyText } from '../types.ts';

export const why: WhyText = {
  overturned: 'This would no longer hold if {condition}.',
  controls: 'What it was compared with',
  cases: explanations,
  roles: controlSentences,
};
