import { specFor } from '@app/testing';
import { informal, informalIdentified, recounted, retired, waterRegistered } from '../service.examples.js';
import { serviceRules } from '../service.rules.js';
import { service } from '../service.state.js';
import { IdentifyClientGroup, identifyClientGroup } from './identify-client-group.js';

const { given } = specFor(service, IdentifyClientGroup, identifyClientGroup);
const facts = { today: '2026-01-05', isStandingDistrict: (id: string) => ['allston', 'roxbury'].includes(id) };

describe('identify a client group', () => {
  it('is identified with a population and its source', () =>
    given(waterRegistered).when(informal, { facts }).then(informalIdentified));
  it('need not live in a district', () => {
    const everywhere = { ...informal, districtIds: [] };
    given(waterRegistered).when(everywhere, { facts }).then({ type: 'ClientGroupIdentified', data: everywhere });
  });
  it('sent twice, nothing happens', () => {
    given(waterRegistered, informalIdentified).when(informal, { facts }).then();
    given(waterRegistered, informalIdentified, recounted)
      .when({ ...informal, districtIds: ['roxbury', 'allston'] }, { facts })
      .then();
  });
  it.each([
    ['name', 'Settlement'],
    ['kind', 'persons'],
    ['actualOrPotential', 'actual'],
    ['districtIds', ['allston']],
    ['populationSize', 12_001],
    ['asOf', '2025-07-01'],
    ['source', 'Estimate'],
  ])(`${serviceRules.aClientGroupIsIdentifiedOnce.sentence} Not with another %s.`, (field, value) =>
    given(waterRegistered, informalIdentified)
      .when({ ...informal, [field]: value }, { facts })
      .refused(serviceRules.aClientGroupIsIdentifiedOnce, '/id'),
  );
  it(serviceRules.aClientGroupNameIsFree.sentence, () =>
    given(waterRegistered, informalIdentified)
      .when({ ...informal, groupId: 'settlement', name: 'Informal Settlement' }, { facts })
      .refused(serviceRules.aClientGroupNameIsFree, '/name'),
  );
  it.each([[['allston', 'brighton']], [['allston', 'allston']]])(
    `${serviceRules.aClientGroupLivesInStandingDistricts.sentence} Not %j.`,
    (districtIds) =>
      given(waterRegistered)
        .when({ ...informal, districtIds }, { facts })
        .refused(serviceRules.aClientGroupLivesInStandingDistricts, '/districts'),
  );
  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])(
    `${serviceRules.aPopulationIsAboveZero.sentence} Not %s.`,
    (populationSize) =>
      given(waterRegistered)
        .when({ ...informal, populationSize }, { facts })
        .refused(serviceRules.aPopulationIsAboveZero, '/populationSize'),
  );
  it(serviceRules.aPopulationNamesItsSource.sentence, () =>
    given(waterRegistered)
      .when({ ...informal, source: ' ' }, { facts })
      .refused(serviceRules.aPopulationNamesItsSource, '/source'),
  );
  it(serviceRules.aPopulationIsOfADayThatHasCome.sentence, () => {
    given(waterRegistered)
      .when({ ...informal, asOf: '2026-01-06' }, { facts })
      .refused(serviceRules.aPopulationIsOfADayThatHasCome, '/asOf');
    given(waterRegistered)
      .when({ ...informal, asOf: '2026-01-05' }, { facts })
      .then({ type: 'ClientGroupIdentified', data: { ...informal, asOf: '2026-01-05' } });
  });
  it('is served by a service that is registered and not retired', () => {
    given().when(informal, { facts }).refused(serviceRules.aServiceIsRegisteredFirst);
    given(waterRegistered, retired).when(informal, { facts }).refused(serviceRules.aRetiredServiceIsNotChanged);
  });
});
