import { askForLinksWhenInputIsAccepted } from './ask-for-links-when-input-is-accepted.process.js';
import type { Process } from './engine/process-definition.js';
import { openNextCycleWhenCycleIsEvaluated } from './open-next-cycle-when-cycle-is-evaluated.process.js';
import { remindOwnerWhenProgressIsLate } from './remind-owner-when-progress-is-late.process.js';
import { stateProblemWhenBreachRepeats } from './state-problem-when-breach-repeats.process.js';

/** Every process of the service. */
export const processList: readonly Process[] = [
  stateProblemWhenBreachRepeats,
  remindOwnerWhenProgressIsLate,
  askForLinksWhenInputIsAccepted,
  openNextCycleWhenCycleIsEvaluated,
];

export const processNames = processList.map(({ name }) => name);
