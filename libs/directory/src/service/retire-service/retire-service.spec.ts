import { specFor } from '@app/testing';
import { retired, retirement, suspended, waterRegistered } from '../service.examples.js';
import { serviceRules } from '../service.rules.js';
import { service } from '../service.state.js';
import { RetireService, retireService } from './retire-service.js';

const { given } = specFor(service, RetireService, retireService);

describe('retire a service', () => {
  it('is retired for a reason, suspended or not', () => {
    given(waterRegistered).when(retirement).then(retired);
    given(waterRegistered, suspended).when(retirement).then(retired);
  });
  it('sent twice, nothing happens', () => given(waterRegistered, retired).when(retirement).then());
  it('has one reason', () =>
    given(waterRegistered, retired)
      .when({ reason: 'Sold' })
      .refused(serviceRules.aRetiredServiceIsNotChanged, '/reason'));
  it('was registered before', () => given().when(retirement).refused(serviceRules.aServiceIsRegisteredFirst));
});
