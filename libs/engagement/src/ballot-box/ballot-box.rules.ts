import { defineRules } from '@app/kernel';

export const ballotBoxRules = defineRules('ballot-box', {
  aParticipantJoinsAConsultation: ['A participant joins a consultation that is planned.', 404],
  aCitizenJoinsBeforeTheConsultationEnds: ['A citizen joins a consultation before it ends.', 409],
  aParticipantDeclaresAGroupThatIsAsked: 'A participant declares a group that the consultation asks, or none.',
  aParticipantDeclaresOneGroup: ['A participant is registered once, with one group.', 409],
  aCitizenWithoutAnAccountShowsAKey:
    'A citizen without an account shows a key of 27 to 64 letters, digits, - or _ that nobody else knows.',
  aVoterIsAParticipant: 'A vote is cast by a participant of the consultation.',
  aVoteIsOnAStatementOfTheConsultation: 'A vote is on a statement of the consultation.',
  aVoteIsOnAStatementThatStands: ['A statement that is rejected takes no more votes.', 409],
  aVoteIsCastWhileTheConsultationIsOpen: ['A vote is cast while the consultation is open.', 409],
  aVoteIsNotCastInTheFuture: 'A vote is not cast in the future.',
  aVoteStandsAsItWasCast: ['A vote stands as it was cast: who changes their mind casts another one.', 409],
  aLineIsAParticipant: 'A line of an upload is a participant: id, and perhaps group.',
  aLineIsAVote: 'A line of an upload is a vote: id, participant, statement, vote, and perhaps castAt.',
});
