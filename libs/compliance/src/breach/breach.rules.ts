import { defineRules } from '@app/kernel';

export const breachRules = defineRules('breach', {
  aBreachComesFromAnEvaluation: ['A breach comes from an evaluation of its period.', 409],
  aConfirmedBreachStands: ['A confirmed breach stands: only a restatement of its period changes it.', 409],
  aBreachIsDetectedBeforeItIsConfirmed: ['A breach is detected before it is confirmed.', 409],
  aBreachIsConfirmedFromFinalFigures: ['A breach is confirmed only when its period is final.', 409],
});
