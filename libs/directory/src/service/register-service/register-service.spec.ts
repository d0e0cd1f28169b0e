import { specFor } from '@app/testing';
import { nextOwnerAssigned, retired, suspended, water, waterRegistered } from '../service.examples.js';
import { serviceRules } from '../service.rules.js';
import { service } from '../service.state.js';
import { RegisterService, registerService } from './register-service.js';

const { given } = specFor(service, RegisterService, registerService);
const facts = {
  isRegistered: true,
  today: '2026-01-05',
  isStandingDepartment: (id: string) => id === 'public-works',
};

describe('register a service', () => {
  it('is registered with its first owner', () => given().when(water, { facts }).then(waterRegistered));
  it('needs no department', () => {
    const { departmentId: _, ...alone } = water;
    given().when(alone, { facts }).then({ type: 'ServiceRegistered', data: alone });
  });
  it('sent twice, nothing happens', () => {
    given(waterRegistered).when(water, { facts }).then();
    given(waterRegistered, nextOwnerAssigned, suspended)
      .when({ ...water, channels: ['online', 'telephone'] }, { facts })
      .then();
  });
  it(serviceRules.aServiceBelongsToARegisteredAgency.sentence, () =>
    given()
      .when(water, { facts: { ...facts, isRegistered: false } })
      .refused(serviceRules.aServiceBelongsToARegisteredAgency),
  );
  it.each([
    ['name', 'Water'],
    ['type', 'utility'],
    ['scope', 'internal'],
    ['feeBearing', false],
    ['channels', ['telephone']],
    ['channels', ['telephone', 'online', 'post']],
    ['departmentId', undefined],
    ['owner', 'p-other'],
  ])(`${serviceRules.aServiceIsRegisteredOnce.sentence} Not with another %s.`, (field, value) =>
    given(waterRegistered)
      .when({ ...water, [field]: value }, { facts })
      .refused(serviceRules.aServiceIsRegisteredOnce),
  );
  it.each([[[]], [['online', 'online']]])(`${serviceRules.aServiceHasAChannel.sentence} Not %j.`, (channels) =>
    given()
      .when({ ...water, channels: channels as 'online'[] }, { facts })
      .refused(serviceRules.aServiceHasAChannel, '/channels'),
  );
  it(serviceRules.aServiceBelongsToAStandingDepartment.sentence, () =>
    given()
      .when({ ...water, departmentId: 'parks' }, { facts })
      .refused(serviceRules.aServiceBelongsToAStandingDepartment, '/department'),
  );
  it(serviceRules.aRetiredServiceIsNotChanged.sentence, () =>
    given(waterRegistered, retired).when(water, { facts }).refused(serviceRules.aRetiredServiceIsNotChanged, '/id'),
  );
});
