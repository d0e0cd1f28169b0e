import { ensure } from '@app/kernel';
import { serviceRules } from './service.rules.js';
import type { ActiveService, ClientGroup, Population, ServiceState, SuspendedService } from './service.state.js';

/** Refuses unless the service is registered and not retired. */
export function changeable(state: ServiceState): ActiveService | SuspendedService {
  ensure(state.status !== 'unregistered', serviceRules.aServiceIsRegisteredFirst);
  ensure(state.status !== 'retired', serviceRules.aRetiredServiceIsNotChanged);
  return state;
}

export function groupIn(state: ServiceState, groupId: string): ClientGroup {
  const group = changeable(state).clientGroups.find((one) => one.groupId === groupId);
  ensure(group !== undefined, serviceRules.aClientGroupIsIdentifiedFirst);
  return group;
}

export const samePopulation = (left: Population, right: Population): boolean =>
  left.populationSize === right.populationSize && left.asOf === right.asOf && left.source === right.source;

/** `today` is a calendar day of the agency. */
export function ensurePopulation({ populationSize, asOf, source }: Population, today: string): void {
  ensure(
    Number.isSafeInteger(populationSize) && populationSize > 0,
    serviceRules.aPopulationIsAboveZero,
    '/populationSize',
  );
  ensure(source.trim() !== '', serviceRules.aPopulationNamesItsSource, '/source');
  ensure(asOf <= today, serviceRules.aPopulationIsOfADayThatHasCome, '/asOf', `Today is ${today}.`);
}

export const eachOnce = (values: readonly string[]): boolean => new Set(values).size === values.length;

export const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((value) => right.includes(value));
