import { specFor } from '@app/testing';
import { resumed, retired, suspended, suspension, waterRegistered } from '../service.examples.js';
import { serviceRules } from '../service.rules.js';
import { service } from '../service.state.js';
import { SuspendService, suspendService } from './suspend-service.js';

const { given } = specFor(service, SuspendService, suspendService);

describe('suspend a service', () => {
  it('is suspended for a reason, again too', () => {
    given(waterRegistered).when(suspension).then(suspended);
    given(waterRegistered, suspended, resumed).when(suspension).then(suspended);
  });
  it('sent twice, nothing happens', () => given(waterRegistered, suspended).when(suspension).then());
  it(serviceRules.aSuspendedServiceIsResumedFirst.sentence, () =>
    given(waterRegistered, suspended)
      .when({ reason: 'Drought' })
      .refused(serviceRules.aSuspendedServiceIsResumedFirst, '/reason'),
  );
  it('a retired service is not suspended', () =>
    given(waterRegistered, retired).when(suspension).refused(serviceRules.aRetiredServiceIsNotChanged));
});
