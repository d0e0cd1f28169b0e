import { specFor } from '@app/testing';
import { streetsPromised, streetsReleased } from '../service-promise.examples.js';
import { servicePromise } from '../service-promise.state.js';
import { ReleaseService, releaseService } from './release-service.js';

const { given } = specFor(servicePromise, ReleaseService, releaseService);
const streets = { agreementId: 'street-services' };

describe('release a service', () => {
  it('is bound by the agreement no longer', () => given(streetsPromised).when(streets).then(streetsReleased));
  it('sent twice, nothing happens', () => given(streetsPromised, streetsReleased).when(streets).then());
  it('that another agreement binds stays bound', () =>
    given(streetsPromised).when({ agreementId: 'other-agreement' }).then());
});
