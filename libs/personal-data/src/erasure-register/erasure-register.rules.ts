import { defineRules } from '@app/kernel';

export const erasureRegisterRules = defineRules('erasure-register', {
  anErasureThatIsConcludedWasListed: ['An erasure that is concluded was listed.', 409],
});
