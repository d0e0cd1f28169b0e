import { specFor } from '@app/testing';
import { onTime as card } from '../../indicator/indicator.examples.js';
import { lamp, lampClosed, lampRecorded, stoppedAt } from '../reading-ledger.examples.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { readingLedger, standingOf } from '../reading-ledger.state.js';
import { RecordReading, recordReading } from './record-reading.js';

const { given } = specFor(readingLedger, RecordReading, recordReading);

describe('record a reading', () => {
  it('gets the next entry of its ledger', () => given().when({ card, reading: lamp }).then(lampRecorded));
  it('sent twice, nothing happens', () => given(lampRecorded).when({ card, reading: lamp }).then());
  it('that has stopped since closes the case', () =>
    given(lampRecorded)
      .when({ card, reading: { ...lamp, stoppedAt } })
      .then(lampClosed));
  it('sent twice with its stop, nothing happens', () =>
    given(lampRecorded, lampClosed)
      .when({ card, reading: { ...lamp, stoppedAt } })
      .then());
  it('due before it started, or without a ward, is kept and flagged', () =>
    given()
      .when({
        card,
        reading: { ...lamp, dueAt: '2011-06-30T00:00:00-04:00', dimensions: { department: 'PWDx', ward: '' } },
      })
      .then({
        type: 'CaseRecorded',
        data: {
          ...(lampRecorded as Extract<typeof lampRecorded, { type: 'CaseRecorded' }>).data,
          dueAt: '2011-06-30T00:00:00-04:00',
          dimensions: { department: 'PWDx', ward: '' },
          flags: ['due-before-start', 'blank-dimension:ward'],
        },
      }));
  it(readingLedgerRules.aReadingThatStandsIsNotRecordedAgain.sentence, () =>
    given(lampRecorded, lampClosed)
      .when({ card, reading: lamp })
      .refused(readingLedgerRules.aReadingThatStandsIsNotRecordedAgain),
  );
  it(readingLedgerRules.aCaseStopsAfterItStarts.sentence, () =>
    given()
      .when({ card, reading: { ...lamp, stoppedAt: '2011-07-01T01:32:32-04:00' } })
      .refused(readingLedgerRules.aCaseStopsAfterItStarts, '/stoppedAt'),
  );
  it(readingLedgerRules.aReadingNamesDeclaredDimensions.sentence, () =>
    given()
      .when({ card, reading: { ...lamp, dimensions: { colour: 'red' } } })
      .refused(readingLedgerRules.aReadingNamesDeclaredDimensions, '/dimensions/colour'),
  );
  it(readingLedgerRules.aReadingIsOfTheKindOfItsIndicator.sentence, () =>
    given()
      .when({ card: { ...card, kind: 'ratio' }, reading: lamp })
      .refused(readingLedgerRules.aReadingIsOfTheKindOfItsIndicator, '/kind'),
  );
});

describe('a reading ledger', () => {
  const { initial, evolve } = readingLedger;
  it('folded on from an older state does not see what a newer one recorded', () => {
    const one = evolve(initial, lampRecorded);
    const two = evolve(one, lampClosed);
    const other = evolve(one, {
      ...lampRecorded,
      data: { ...lampRecorded.data, readingId: 'b', entry: 1 },
    } as typeof lampRecorded);
    expect(standingOf(one, lamp.id)?.stoppedAt).toBeUndefined();
    expect(standingOf(two, lamp.id)?.stoppedAt).toBe(stoppedAt);
    expect(standingOf(other, lamp.id)?.stoppedAt).toBeUndefined();
    expect(standingOf(two, 'b')).toBeUndefined();
    expect(standingOf(initial, lamp.id)).toBeUndefined();
  });
});
