import { defineRules } from '@app/kernel';

export const pastConsultationRules = defineRules('past-consultation', {
  aPastConsultationIsRecordedOnce: ['A consultation of the past is recorded once, with one content.', 409],
  aPastConsultationIsOver: 'A consultation of the past ended after it began, and not in the future.',
  aPastConsultationSaysItsSource:
    'A consultation of the past says who published its record, and asks at least one question.',
});
