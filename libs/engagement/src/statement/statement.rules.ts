import { defineRules } from '@app/kernel';

export const statementRules = defineRules('statement', {
  aStatementIsPutToAConsultation: ['A statement is put to a consultation that is planned.', 404],
  aStatementIsProposedOnce: ['A statement is proposed once, in one wording.', 409],
  aStatementIsProposedBeforeTheConsultationEnds: ['A statement is proposed before its consultation ends.', 409],
  aStatementIsNotProposedInTheFuture: 'A statement is not proposed in the future.',
  anAuthorOfAStatementIsAParticipant: 'The author of a statement is a participant of the consultation.',
  aModeratedStatementIsThere: ['Only a statement that was proposed is moderated.', 404],
  aModerationIsNotInTheFuture: 'A statement is not moderated in the future.',
  aLineIsAStatement: 'A line of an upload is a statement: id, text, and perhaps author and proposedAt.',
});
