import { Command, ensure, type Decide } from '@app/kernel';
import type { InputEvent } from '../input.events.js';
import { inputRules } from '../input.rules.js';
import type { InputState } from '../input.state.js';

/** By whoever holds the receipt, and acts as the person of the input. */
export class WithdrawInput extends Command {}

export const withdrawInput: Decide<WithdrawInput, InputState, InputEvent> = ({ metadata: { actor } }, state) => {
  ensure(state.status !== 'none', inputRules.anInputIsThereFirst);
  ensure(actor.person === state.person, inputRules.onlyWhoSentAnInputWithdrawsIt);
  return state.status === 'withdrawn' ? [] : [{ type: 'InputWithdrawn', data: {} }];
};
