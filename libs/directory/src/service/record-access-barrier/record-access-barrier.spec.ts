import { specFor } from '@app/testing';
import {
  distance,
  distanceRecorded,
  distanceRemoved,
  informalIdentified,
  waterRegistered,
} from '../service.examples.js';
import { serviceRules } from '../service.rules.js';
import { service } from '../service.state.js';
import { RecordAccessBarrier, recordAccessBarrier } from './record-access-barrier.js';

const { given } = specFor(service, RecordAccessBarrier, recordAccessBarrier);
const identified = [waterRegistered, informalIdentified] as const;

describe('record an access barrier', () => {
  it('is recorded for a client group', () =>
    given(...identified)
      .when(distance)
      .then(distanceRecorded));
  it('sent twice, nothing happens', () =>
    given(...identified, distanceRecorded)
      .when(distance)
      .then());
  it(serviceRules.aBarrierIsRecordedOnce.sentence, () => {
    given(...identified, distanceRecorded)
      .when({ ...distance, severity: 'low' })
      .refused(serviceRules.aBarrierIsRecordedOnce, '/id');
    given(...identified, distanceRecorded, distanceRemoved)
      .when(distance)
      .refused(serviceRules.aBarrierIsRecordedOnce, '/id');
  });
  it('stands before a group that was identified', () =>
    given(waterRegistered).when(distance).refused(serviceRules.aClientGroupIsIdentifiedFirst));
});
