import { Command, ensure, type Decide } from '@app/kernel';
import type { ServicePromiseEvent } from '../service-promise.events.js';
import { servicePromiseRules } from '../service-promise.rules.js';
import type { ServicePromise, ServicePromises } from '../service-promise.state.js';

export class PromiseService extends Command<ServicePromise> {}

const sorted = (names: readonly string[]): string[] => [...names].sort();
const isSame = (left: readonly string[], right: readonly string[]): boolean =>
  sorted(left).join('\n') === sorted(right).join('\n');

export const promiseService: Decide<PromiseService, ServicePromises, ServicePromiseEvent> = (
  { data: { agreementId, providers, consumers } },
  { promises },
) => {
  if (promises.some((one) => one.agreementId === agreementId)) return [];
  const other = promises.find((one) => isSame(one.providers, providers) && isSame(one.consumers, consumers));
  ensure(
    other === undefined,
    servicePromiseRules.oneAgreementBindsAServiceBetweenTheSameParties,
    '/serviceIds',
    `It is bound by ${other?.agreementId ?? ''}.`,
  );
  return [
    { type: 'ServicePromised', data: { agreementId, providers: sorted(providers), consumers: sorted(consumers) } },
  ];
};
