import { specFor } from '@app/testing';
import { streets, streetsPromised, streetsReleased } from '../service-promise.examples.js';
import { servicePromiseRules } from '../service-promise.rules.js';
import { servicePromise } from '../service-promise.state.js';
import { PromiseService, promiseService } from './promise-service.js';

const { given } = specFor(servicePromise, PromiseService, promiseService);
const other = { ...streets, agreementId: 'other-agreement' };

describe('promise a service', () => {
  it('is promised by an agreement between its parties', () => given().when(streets).then(streetsPromised));
  it('sent twice, nothing happens', () => given(streetsPromised).when(streets).then());
  it('may be promised to other consumers by another agreement', () =>
    given(streetsPromised)
      .when({ ...other, consumers: ['businesses'] })
      .then({ type: 'ServicePromised', data: { ...other, consumers: ['businesses'] } }));
  it('that was released is free again', () =>
    given(streetsPromised, streetsReleased).when(other).then({ type: 'ServicePromised', data: other }));
  it(servicePromiseRules.oneAgreementBindsAServiceBetweenTheSameParties.sentence, () =>
    given(streetsPromised)
      .when(other)
      .refused(servicePromiseRules.oneAgreementBindsAServiceBetweenTheSameParties, '/serviceIds'),
  );
});
