import { Command, type Decide } from '@app/kernel';
import type { InputEvent, Moderation } from '../input.events.js';
import type { InputState } from '../input.state.js';
import { standing } from '../standing-input.js';

export class ModerateInput extends Command<{ readonly moderation: Moderation; readonly reason: string }> {}

/** The last moderation stands, so that a mistake is put right. */
export const moderateInput: Decide<ModerateInput, InputState, InputEvent> = (
  { data: { moderation, reason } },
  state,
) => {
  const before = standing(state).moderation;
  if (before?.moderation === moderation && before.reason === reason) return [];
  return [{ type: 'InputModerated', data: { moderation, reason } }];
};
