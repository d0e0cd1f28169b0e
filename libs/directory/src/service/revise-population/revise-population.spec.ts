import { specFor } from '@app/testing';
import { informalIdentified, recount, recounted, retired, waterRegistered } from '../service.examples.js';
import { serviceRules } from '../service.rules.js';
import { service } from '../service.state.js';
import { RevisePopulation, revisePopulation } from './revise-population.js';

const { given } = specFor(service, RevisePopulation, revisePopulation);
const identified = [waterRegistered, informalIdentified] as const;
const facts = { today: '2026-01-05' };

describe('revise the population of a client group', () => {
  it('is revised by a newer figure', () =>
    given(...identified)
      .when(recount, { facts })
      .then(recounted));
  it('sent twice, nothing happens', () =>
    given(...identified, recounted)
      .when(recount, { facts })
      .then());
  it('another source may have another figure of the same day', () => {
    const other = { ...recount, source: 'Water meters', populationSize: 12_900 };
    given(...identified, recounted)
      .when(other, { facts })
      .then({ type: 'ClientGroupPopulationRevised', data: other });
  });
  it(serviceRules.aPopulationIsRevisedForward.sentence, () =>
    given(...identified, recounted)
      .when({ ...recount, asOf: '2025-12-30' }, { facts })
      .refused(serviceRules.aPopulationIsRevisedForward, '/asOf'),
  );
  it('keeps to the rules of a population', () => {
    given(...identified)
      .when({ ...recount, populationSize: 0 }, { facts })
      .refused(serviceRules.aPopulationIsAboveZero, '/populationSize');
    given(...identified)
      .when({ ...recount, source: '' }, { facts })
      .refused(serviceRules.aPopulationNamesItsSource, '/source');
    given(...identified)
      .when({ ...recount, asOf: '2026-02-01' }, { facts })
      .refused(serviceRules.aPopulationIsOfADayThatHasCome, '/asOf');
  });
  it(serviceRules.aClientGroupIsIdentifiedFirst.sentence, () =>
    given(waterRegistered).when(recount, { facts }).refused(serviceRules.aClientGroupIsIdentifiedFirst),
  );
  it('a retired service keeps its figures', () =>
    given(...identified, retired)
      .when(recount, { facts })
      .refused(serviceRules.aRetiredServiceIsNotChanged));
});
