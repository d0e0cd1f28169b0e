import { defineRules } from '@app/kernel';

export const dataSubjectRules = defineRules('data-subject', {
  nothingIsSealedForAPersonWhoWasErased: ['Nothing is sealed any more for a person whose key was shredded.', 409],
  anErasureIsRequestedOnceAtATime: ['An erasure is requested once at a time, for one reason.', 409],
  whatIsErasedIsNotErasedAgain: ['What was approved for erasure, or is erased, stays so.', 409],
  onlyARequestedErasureIsDecided: ['Only an erasure that was requested is approved or declined.', 409],
  whoeverRequestsAnErasureDoesNotApproveIt: ['Whoever requests an erasure does not approve it.', 403],
  nothingIsErasedUnderALegalHold: ['Nothing is erased while a legal hold stands.', 409],
  aLegalHoldComesBeforeTheApproval: ['A legal hold is placed before an erasure is approved, not after it.', 409],
  aLegalHoldIsPlacedOnce: ['A legal hold is placed once, for one reason.', 409],
  aLegalHoldThatIsLiftedStands: ['A legal hold that is lifted stands.', 409],
  aKeyIsShreddedAfterTheApproval: ['A key is shredded after its erasure was approved.', 409],
});
