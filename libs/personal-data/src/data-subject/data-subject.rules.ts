import { defineRules } from '@app/kernel';

export const dataSubjectRules = defineRules('data-subject', {
  nothingIsSealedForAPersonWhoWasErased: ['Nothing is sealed any more for a person whose key was shredded.', 409],
});
