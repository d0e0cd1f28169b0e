import { Command, ensure, type Decide } from '@app/kernel';
import type { ConsultationTerms } from '../../statement/consultation-terms.js';
import type { BallotBoxEvent } from '../ballot-box.events.js';
import { ballotBoxRules } from '../ballot-box.rules.js';
import { participantIn, type BallotBox } from '../ballot-box.state.js';

export interface GivenParticipant {
  readonly id: string;
  readonly group?: string | undefined;
}

/** The id is the box. */
export class RegisterParticipant extends Command<
  GivenParticipant & {
    /** When a citizen joins; left out where somebody records who has taken part. */
    readonly joinsAt?: string;
  }
> {}

export const registerParticipant: Decide<RegisterParticipant, BallotBox, BallotBoxEvent, ConsultationTerms> = (
  { data: { id: participant, group, joinsAt } },
  box,
  consultation,
) => {
  const known = participantIn(box, participant);
  if (known !== undefined) {
    const standing = known.group === undefined ? 'in no group' : `in group ${known.group}`;
    ensure(known.group === group, ballotBoxRules.aParticipantDeclaresOneGroup, '/group', `It stands ${standing}.`);
    return [];
  }
  ensure(consultation.isKnown, ballotBoxRules.aParticipantJoinsAConsultation);
  const { endedAt } = consultation;
  const isInTime = joinsAt === undefined || endedAt === undefined || Date.parse(joinsAt) < Date.parse(endedAt);
  ensure(isInTime, ballotBoxRules.aCitizenJoinsBeforeTheConsultationEnds, '', `It ended at ${endedAt}.`);
  ensure(
    group === undefined || consultation.groups.includes(group),
    ballotBoxRules.aParticipantDeclaresAGroupThatIsAsked,
    '/group',
    `It asks ${consultation.groups.join(', ')}.`,
  );
  return [{ type: 'ParticipantRegistered', data: { participant, ...(group === undefined ? {} : { group }) } }];
};
