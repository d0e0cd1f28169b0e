import { ensure } from '@app/kernel';
import { inputRules } from './input.rules.js';
import type { InputState, StandingInput } from './input.state.js';

/** Refuses unless it was received and not withdrawn. */
export function standing(state: InputState): StandingInput {
  ensure(state.status !== 'none', inputRules.anInputIsThereFirst);
  ensure(state.status !== 'withdrawn', inputRules.aWithdrawnInputIsLeftAlone);
  return state;
}
