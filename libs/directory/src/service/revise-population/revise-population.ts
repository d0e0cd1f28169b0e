import { Command, ensure, type Decide } from '@app/kernel';
import { ensurePopulation, groupIn, samePopulation } from '../changeable.js';
import type { ServiceEvent } from '../service.events.js';
import { serviceRules } from '../service.rules.js';
import type { Population, ServiceState } from '../service.state.js';

export class RevisePopulation extends Command<Population & { readonly groupId: string }> {}

export const revisePopulation: Decide<RevisePopulation, ServiceState, ServiceEvent, { readonly today: string }> = (
  { data },
  state,
  { today },
) => {
  const { groupId, populationSize, asOf, source } = data;
  const last = groupIn(state, groupId).populations.at(-1)!;
  ensurePopulation(data, today);
  if (samePopulation(last, data)) return [];
  ensure(last.asOf <= asOf, serviceRules.aPopulationIsRevisedForward, '/asOf', `It is of ${last.asOf}.`);
  return [{ type: 'ClientGroupPopulationRevised', data: { groupId, populationSize, asOf, source } }];
};
