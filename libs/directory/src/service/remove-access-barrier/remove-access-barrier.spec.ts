import { specFor } from '@app/testing';
import {
  distanceRecorded,
  distanceRemoved,
  informalIdentified,
  officeOpened,
  waterRegistered,
} from '../service.examples.js';
import { serviceRules } from '../service.rules.js';
import { service } from '../service.state.js';
import { RemoveAccessBarrier, removeAccessBarrier } from './remove-access-barrier.js';

const { given } = specFor(service, RemoveAccessBarrier, removeAccessBarrier);
const barred = [waterRegistered, informalIdentified, distanceRecorded] as const;

describe('remove an access barrier', () => {
  it('is removed, and how is said', () =>
    given(...barred)
      .when(officeOpened)
      .then(distanceRemoved));
  it('sent twice, nothing happens', () =>
    given(...barred, distanceRemoved)
      .when(officeOpened)
      .then());
  it(serviceRules.aBarrierIsRemovedOnce.sentence, () =>
    given(...barred, distanceRemoved)
      .when({ ...officeOpened, how: 'Forms are taken by post' })
      .refused(serviceRules.aBarrierIsRemovedOnce, '/how'),
  );
  it(serviceRules.aBarrierIsRecordedFirst.sentence, () =>
    given(waterRegistered, informalIdentified).when(officeOpened).refused(serviceRules.aBarrierIsRecordedFirst),
  );
});
