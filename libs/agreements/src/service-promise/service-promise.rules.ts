import { defineRules } from '@app/kernel';

export const servicePromiseRules = defineRules('service-promise', {
  oneAgreementBindsAServiceBetweenTheSameParties: [
    'One agreement in force binds a service between the same providers and consumers.',
    409,
  ],
});
