import { Command, ensure, instantSeconds, type Decide } from '@app/kernel';
import { isDeepStrictEqual } from 'node:util';
import type { InputEvent, ReceivedInput } from '../input.events.js';
import { inputRules } from '../input.rules.js';
import type { InputState } from '../input.state.js';

/** Text and contact are sealed before anybody decides on them. */
export class SubmitInput extends Command<{
  readonly received: ReceivedInput;
  /** Of an input of that id that stands already: whether it has this very text and contact. */
  readonly isSameText: boolean;
}> {}

/** What the consultation says, and the agency. */
export interface SubmitInputFacts {
  /** False where it is not planned here, or is one of the past. */
  readonly isPlanned: boolean;
  readonly isOpen: boolean;
  readonly groups: readonly string[];
  readonly themes: readonly string[];
  readonly isDistrictKnown: boolean;
}

export const submitInput: Decide<SubmitInput, InputState, InputEvent, SubmitInputFacts> = (
  { data: { received: data, isSameText }, metadata },
  state,
  { isPlanned, isOpen, groups, themes, isDistrictKnown },
) => {
  if (state.status !== 'none') {
    ensure(isSameText && saysTheSame(state, data), inputRules.anInputIsReceivedOnce, '/id');
    return [];
  }
  ensure(isPlanned, inputRules.anInputGoesToAConsultation);
  const isPast = instantSeconds(data.receivedAt) <= instantSeconds(metadata.occurredAt);
  ensure(isPast, inputRules.anInputIsNotReceivedInTheFuture, '/receivedAt');
  ensure(isOpen, inputRules.anInputComesWhileTheConsultationIsOpen, '/receivedAt');
  const { groupId, themeIds } = data;
  const isAsked = groupId === undefined || groups.includes(groupId);
  ensure(isAsked, inputRules.anInputComesFromAGroupThatIsAsked, '/group', `It asks ${groups.join(', ')}.`);
  ensure(isDistrictKnown, inputRules.anInputNamesADistrictOfTheAgency, '/district');
  ensureNamed(themeIds, themes);
  return [{ type: 'InputReceived', data }];
};

/** Who said it, for whom and how; the themes may have been changed since, and the first time stands. */
const saysTheSame = (state: ReceivedInput, given: ReceivedInput): boolean =>
  isDeepStrictEqual(identityOf(state), identityOf(given));

const identityOf = (of: ReceivedInput): unknown => [
  of.person,
  of.identification,
  of.channel,
  of.groupId,
  of.districtId,
  of.stance,
];

export function ensureNamed(themeIds: readonly string[], themes: readonly string[]): void {
  const isSound = new Set(themeIds).size === themeIds.length && themeIds.every((theme) => themes.includes(theme));
  ensure(
    isSound,
    inputRules.anInputIsAboutNamedThemes,
    '/themes',
    `Its themes are ${themes.join(', ') || 'none yet'}.`,
  );
}
