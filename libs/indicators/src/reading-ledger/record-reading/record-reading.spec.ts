import { specFor } from '@app/testing';
import { onTime } from '../../indicator/indicator.examples.js';
import type { GivenContent } from '../reading-content.js';
import {
  answered,
  calls,
  callsRecorded,
  julyCutOff,
  lamp,
  lampClosed,
  lampCorrected,
  lampOff,
  lampRecorded,
  lampVerified,
  lampVoided,
  laterDue,
  minutes,
  minutesRecorded,
  stoppedAt,
  waiting,
} from '../reading-ledger.examples.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { readingLedger, standingOf } from '../reading-ledger.state.js';
import { RecordReading, recordReading, type GivenReading } from './record-reading.js';

const { given } = specFor(readingLedger, RecordReading, recordReading);

const recording = (reading: GivenReading, but: Partial<RecordReading['data']> = {}): RecordReading['data'] => ({
  reading,
  card: { case: onTime, ratio: answered, value: waiting }[reading.content.kind],
  retired: false,
  districtExists: true,
  ...but,
});
/** The lamp, saying something else. */
const lampSaying = (change: Partial<Extract<GivenContent, { kind: 'case' }>>): GivenReading => ({
  ...lamp,
  content: { ...lamp.content, ...change },
});
const callsSaying = (change: Record<string, string | undefined>): GivenReading => ({
  ...calls,
  content: { ...calls.content, ...change },
});
const flagged = (flags: string[], change: object = {}) => ({
  ...callsRecorded,
  data: { ...callsRecorded.data, ...change, flags } as never,
});

describe('record a reading', () => {
  it('of a case gets the next entry of its ledger', () => given().when(recording(lamp)).then(lampRecorded));
  it('of a ratio gets the next entry of its ledger', () => given().when(recording(calls)).then(callsRecorded));
  it('of a value gets the next entry of its ledger', () => given().when(recording(minutes)).then(minutesRecorded));
  it('sent twice, nothing happens', () => {
    given(lampRecorded).when(recording(lamp)).then();
    given(callsRecorded).when(recording(calls)).then();
    given(minutesRecorded).when(recording(minutes)).then();
  });
  it('that has stopped since closes the case', () => given(lampRecorded).when(recording(lampOff)).then(lampClosed));
  it('sent twice with its stop, nothing happens', () =>
    given(lampRecorded, lampClosed).when(recording(lampOff)).then());
  it('sent again after it was corrected or cut off, nothing happens', () => {
    given(lampRecorded, lampCorrected, julyCutOff).when(recording(lamp)).then();
    given(lampRecorded, lampCorrected)
      .when(recording(lampSaying({ dueAt: laterDue })))
      .then();
  });
  it('that has stopped since it was corrected closes the case, and sent twice nothing happens', () => {
    given(lampRecorded, lampCorrected).when(recording(lampOff)).then(lampClosed);
    given(lampRecorded, lampCorrected, lampClosed).when(recording(lampOff)).then();
  });
  it('whose district is gone or whose dimension was dropped since, sent again, changes nothing', () =>
    given(lampRecorded)
      .when(recording(lamp, { districtExists: false, card: { ...onTime, disaggregations: [] } }))
      .then());
  it('that writes a number in another way says the same', () =>
    given(callsRecorded)
      .when(recording(callsSaying({ numerator: '542.0' })))
      .then());

  it('due before it started, or without a ward, is kept and flagged', () => {
    const odd = { dueAt: '2011-06-30T00:00:00-04:00', dimensions: { department: 'PWDx', ward: '' } };
    given()
      .when(recording(lampSaying(odd)))
      .then({
        type: 'CaseRecorded',
        data: { ...lampRecorded.data, ...odd, flags: ['due-before-start', 'blank-dimension:ward'] },
      });
  });
  it('without a volume, or of no volume, is kept and flagged', () => {
    const { numerator: _numerator, denominator: _denominator, ...content } = calls.content;
    const { numerator: _part, denominator: _whole, ...data } = callsRecorded.data as Record<string, unknown>;
    given()
      .when(recording({ ...calls, content }))
      .then({ type: 'RatioRecorded', data: { ...data, flags: ['no-volume'] } as never });
    given()
      .when(recording(callsSaying({ numerator: '0', denominator: '0' })))
      .then(flagged(['no-volume'], { numerator: '0', denominator: '0' }));
    const { value: _value, ...unmeasured } = minutes.content;
    const { value: _minutes, ...rest } = minutesRecorded.data as Record<string, unknown>;
    given()
      .when(recording({ ...minutes, content: unmeasured }))
      .then({ type: 'ValueRecorded', data: { ...rest, flags: ['no-volume'] } as never });
  });
  it('with a target of zero is kept and flagged', () =>
    given()
      .when(recording(callsSaying({ target: '0.0' })))
      .then(flagged(['target-zero'], { target: '0.0' })));

  it(readingLedgerRules.aReadingThatStandsIsNotRecordedAgain.sentence, () => {
    const rule = readingLedgerRules.aReadingThatStandsIsNotRecordedAgain;
    given(lampRecorded, lampClosed).when(recording(lamp)).refused(rule);
    given(lampRecorded)
      .when(recording(lampSaying({ dueAt: laterDue })))
      .refused(rule);
    given(callsRecorded)
      .when(recording(callsSaying({ numerator: '541' })))
      .refused(rule);
    given(lampRecorded, lampClosed)
      .when(recording(lampSaying({ stoppedAt: '2011-07-02T00:00:00-04:00' })))
      .refused(rule);
  });
  it(readingLedgerRules.aVoidedReadingIsLeftAlone.sentence, () => {
    given(lampRecorded, lampVoided).when(recording(lamp)).refused(readingLedgerRules.aVoidedReadingIsLeftAlone);
    given(lampRecorded, lampVoided).when(recording(lampOff)).refused(readingLedgerRules.aVoidedReadingIsLeftAlone);
  });
  it(readingLedgerRules.aCaseStopsAfterItStarts.sentence, () =>
    given()
      .when(recording(lampSaying({ stoppedAt: '2011-07-01T01:32:32-04:00' })))
      .refused(readingLedgerRules.aCaseStopsAfterItStarts, '/stoppedAt'),
  );
  it(readingLedgerRules.aNumberIsAPlainDecimal.sentence, () => {
    for (const field of ['numerator', 'denominator', 'target'])
      given()
        .when(recording(callsSaying({ [field]: '1e5' })))
        .refused(readingLedgerRules.aNumberIsAPlainDecimal, `/${field}`);
    given(callsRecorded)
      .when(recording(callsSaying({ numerator: 'many' })))
      .refused(readingLedgerRules.aNumberIsAPlainDecimal, '/numerator');
  });
  it(readingLedgerRules.aVolumeIsNotNegative.sentence, () => {
    given()
      .when(recording(callsSaying({ numerator: '-1' })))
      .refused(readingLedgerRules.aVolumeIsNotNegative, '/numerator');
    given()
      .when(recording(callsSaying({ numerator: '0', denominator: '-1' })))
      .refused(readingLedgerRules.aVolumeIsNotNegative, '/denominator');
  });
  it(readingLedgerRules.aRatioHasBothNumbersOrNeither.sentence, () => {
    given()
      .when(recording(callsSaying({ numerator: undefined })))
      .refused(readingLedgerRules.aRatioHasBothNumbersOrNeither, '/numerator');
    given()
      .when(recording(callsSaying({ denominator: undefined })))
      .refused(readingLedgerRules.aRatioHasBothNumbersOrNeither, '/denominator');
  });
  it(readingLedgerRules.aNumeratorIsNotAboveItsDenominator.sentence, () =>
    given()
      .when(recording(callsSaying({ numerator: '555' })))
      .refused(readingLedgerRules.aNumeratorIsNotAboveItsDenominator, '/numerator'),
  );
  it('with a numerator above its denominator is kept and flagged where ratios are unbounded', () =>
    given()
      .when(recording(callsSaying({ numerator: '555' }), { card: { ...answered, ratioBound: 'unbounded' } }))
      .then(flagged(['numerator-above-denominator'], { numerator: '555' })));
  it(readingLedgerRules.aReadingNamesDeclaredDimensions.sentence, () =>
    given()
      .when(recording(lampSaying({ dimensions: { colour: 'red' } })))
      .refused(readingLedgerRules.aReadingNamesDeclaredDimensions, '/dimensions/colour'),
  );
  it(readingLedgerRules.aReadingNamesDistrictsThatExist.sentence, () =>
    given()
      .when(recording(lamp, { districtExists: false }))
      .refused(readingLedgerRules.aReadingNamesDistrictsThatExist, '/dimensions/ward'),
  );
  it(readingLedgerRules.aReadingIsOfTheKindOfItsIndicator.sentence, () =>
    given()
      .when(recording(lamp, { card: answered }))
      .refused(readingLedgerRules.aReadingIsOfTheKindOfItsIndicator, '/kind'),
  );
  it(readingLedgerRules.aReadingIsInTheUnitOfItsIndicator.sentence, () => {
    given()
      .when(recording({ ...calls, unit: 'hours' }))
      .refused(readingLedgerRules.aReadingIsInTheUnitOfItsIndicator, '/unit');
    given()
      .when(recording({ ...calls, unit: 'percent' }))
      .then(callsRecorded);
  });
  it(readingLedgerRules.aReadingIdStandsInOnePeriod.sentence, () =>
    given()
      .when(recording(lamp, { standsIn: '2011-06' }))
      .refused(readingLedgerRules.aReadingIdStandsInOnePeriod, '/id'),
  );
  it(readingLedgerRules.aRetiredIndicatorTakesNoReadings.sentence, () =>
    given()
      .when(recording(lamp, { retired: true }))
      .refused(readingLedgerRules.aRetiredIndicatorTakesNoReadings),
  );
  it('of a retired indicator still closes its cases', () =>
    given(lampRecorded)
      .when(recording(lampOff, { retired: true }))
      .then(lampClosed));
  it(readingLedgerRules.aCutOffLedgerTakesNoNewReadings.sentence, () => {
    const rule = readingLedgerRules.aCutOffLedgerTakesNoNewReadings;
    given(julyCutOff).when(recording(lamp)).refused(rule);
    given(lampRecorded, julyCutOff).when(recording(lampOff)).refused(rule, '/stoppedAt');
    const atTheCutOff = lampSaying({ stoppedAt: '2011-08-05T08:00:00-04:00' });
    given(lampRecorded, julyCutOff).when(recording(atTheCutOff)).refused(rule, '/stoppedAt');
    const after = '2011-08-05T08:00:01-04:00';
    given(lampRecorded, julyCutOff)
      .when(recording(lampSaying({ stoppedAt: after })))
      .then({ ...lampClosed, data: { ...lampClosed.data, stoppedAt: after } });
  });
});

describe('a reading ledger', () => {
  const { initial, evolve } = readingLedger;
  it('folded on from an older state does not see what a newer one recorded', () => {
    const one = evolve(initial, lampRecorded);
    const two = evolve(one, lampClosed);
    const other = evolve(one, { ...lampRecorded, data: { ...lampRecorded.data, readingId: 'b', entry: 1 } });
    expect(standingOf(one, lamp.id)?.stoppedAt).toBeUndefined();
    expect(standingOf(two, lamp.id)?.stoppedAt).toBe(stoppedAt);
    expect(standingOf(other, lamp.id)?.stoppedAt).toBeUndefined();
    expect(standingOf(two, 'b')).toBeUndefined();
    expect(standingOf(initial, lamp.id)).toBeUndefined();
  });
  it('does not see what another one recorded', () => {
    evolve(initial, lampRecorded);
    expect(standingOf(evolve(initial, callsRecorded), lamp.id)).toBeUndefined();
    expect([...initial.standings]).toEqual([]);
  });
  it('takes a verification back when the case is closed or corrected', () => {
    const after = (...events: Parameters<typeof evolve>[1][]) =>
      standingOf(events.reduce(evolve, initial), lamp.id)?.status;
    expect(after(lampRecorded, lampVerified)).toBe('verified');
    expect(after(lampRecorded, lampVerified, lampClosed)).toBe('recorded');
    expect(after(lampRecorded, lampVerified, lampCorrected)).toBe('recorded');
  });
  it('refuses to fold a change of a reading that is not there', () =>
    expect(() => evolve(initial, lampClosed)).toThrow('is not in the ledger'));
});
