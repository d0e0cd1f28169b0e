import { specFor } from '@app/testing';
import { nextOwnerAssigned, retired, suspended, waterRegistered } from '../service.examples.js';
import { serviceRules } from '../service.rules.js';
import { service } from '../service.state.js';
import { AssignServiceOwner, assignServiceOwner } from './assign-service-owner.js';

const { given } = specFor(service, AssignServiceOwner, assignServiceOwner);
const next = { person: 'p-next', from: '2026-02-01' };

describe('assign the owner of a service', () => {
  it('answers for it from a day on', () => {
    given(waterRegistered).when(next).then(nextOwnerAssigned);
    given(waterRegistered, suspended).when(next).then(nextOwnerAssigned);
  });
  it('sent twice, nothing happens', () => given(waterRegistered, nextOwnerAssigned).when(next).then());
  it('who answers for it already goes on doing so', () =>
    given(waterRegistered)
      .when({ ...next, person: 'p-owner' })
      .then());
  it(serviceRules.ownersFollowOneAnother.sentence, () =>
    given(waterRegistered, nextOwnerAssigned)
      .when({ person: 'p-third', from: '2026-02-01' })
      .refused(serviceRules.ownersFollowOneAnother, '/from'),
  );
  it(serviceRules.aServiceIsRegisteredFirst.sentence, () =>
    given().when(next).refused(serviceRules.aServiceIsRegisteredFirst),
  );
  it('a retired service keeps its owner', () =>
    given(waterRegistered, retired).when(next).refused(serviceRules.aRetiredServiceIsNotChanged));
});
