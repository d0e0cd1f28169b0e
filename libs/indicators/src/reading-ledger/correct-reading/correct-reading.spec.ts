import { exampleMetadata, specFor } from '@app/testing';
import { onTime } from '../../indicator/indicator.examples.js';
import type { GivenContent } from '../reading-content.js';
import type { ReadingLedgerEvent } from '../reading-ledger.events.js';
import {
  answered,
  calls,
  callsRecorded,
  julyCutOff,
  lamp,
  lampCorrected,
  lampRecorded,
  lampSaid,
  lampVerified,
  lampVoided,
  laterDue,
  verifier,
} from '../reading-ledger.examples.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { readingLedger } from '../reading-ledger.state.js';
import { CorrectReading, correctReading, type CorrectFacts } from './correct-reading.js';

const { given } = specFor(readingLedger, CorrectReading, correctReading);
const by = (person: string, facts: Partial<CorrectFacts> = {}) => ({
  actor: { ...exampleMetadata.actor, person },
  facts: { card: onTime, districtExists: true, ...facts },
});
const correction: CorrectReading['data'] = {
  readingId: lamp.id,
  period: '2011-07',
  now: { ...lamp.content, dueAt: laterDue },
  reasonCode: 'data-entry-error',
  reason: 'The deadline of another street',
  was: lampSaid,
};
const to = (now: Partial<Extract<GivenContent, { kind: 'case' }>>): CorrectReading['data'] => ({
  ...correction,
  now: { ...lamp.content, ...now },
});

describe('correct a reading', () => {
  it('says what it was, what it is now, why and by whom', () =>
    given(lampRecorded).when(correction, by(verifier)).then(lampCorrected));
  it('sent twice, nothing happens', () => {
    given(lampRecorded, lampCorrected).when(correction, by(verifier)).then();
    given(lampRecorded).when(to({}), by(verifier)).then();
  });
  it('is possible after the reading was verified, and after the cut-off', () =>
    given(lampRecorded, lampVerified, julyCutOff).when(correction, by(verifier)).then(lampCorrected));
  it('is flagged anew', () => {
    const now = { ...lamp.content, dueAt: '2011-06-01T00:00:00-04:00' };
    given(lampRecorded)
      .when({ ...correction, now }, by(verifier))
      .then({
        type: 'ReadingCorrected',
        data: { ...lampCorrected.data, now: { ...now, flags: ['due-before-start'] } },
      } as ReadingLedgerEvent);
  });
  it('reopens a case by leaving out its stop', () => {
    const closed = { ...lampSaid, stoppedAt: '2011-07-02T00:00:00-04:00' };
    const { flags: _flags, ...content } = closed;
    given({ ...lampRecorded, data: { ...lampRecorded.data, stoppedAt: closed.stoppedAt } })
      .when({ ...to({}), was: closed }, by(verifier))
      .then({
        type: 'ReadingCorrected',
        data: { ...lampCorrected.data, was: { ...content, flags: [] }, now: { ...lamp.content, flags: [] } },
      } as ReadingLedgerEvent);
  });
  it('of a ratio', () => {
    const was = { ...calls.content, flags: [] };
    const now = { ...calls.content, numerator: '541' };
    const { reasonCode, reason } = correction;
    given(callsRecorded)
      .when(
        { readingId: calls.id, period: calls.period, now, was, reasonCode, reason },
        by(verifier, { card: answered }),
      )
      .then({
        type: 'ReadingCorrected',
        data: { entry: 0, readingId: calls.id, was, now: { ...now, flags: [] }, reasonCode, reason, by: verifier },
      });
  });
  it('that was never recorded is refused', () =>
    given().when(correction, by(verifier)).refused(readingLedgerRules.aReadingIsRecordedFirst));
  it('that is voided is refused', () =>
    given(lampRecorded, lampVoided)
      .when(correction, by(verifier))
      .refused(readingLedgerRules.aVoidedReadingIsLeftAlone));
  it('by its capturer is refused', () =>
    given(lampRecorded).when(correction, by('p-clerk')).refused(readingLedgerRules.nobodyCorrectsWhatTheyCaptured));
  it('without a reason is refused', () =>
    given(lampRecorded)
      .when({ ...correction, reason: '' }, by(verifier))
      .refused(readingLedgerRules.aCorrectionHasAReason, '/reason'));
  it('to something that the card does not allow is refused, inside the reading', () => {
    given(lampRecorded)
      .when(to({ stoppedAt: '2011-06-30T00:00:00-04:00' }), by(verifier))
      .refused(readingLedgerRules.aCaseStopsAfterItStarts, '/reading/stoppedAt');
    given(lampRecorded)
      .when(correction, by(verifier, { districtExists: false }))
      .refused(readingLedgerRules.aReadingNamesDistrictsThatExist, '/reading/dimensions/ward');
    given(lampRecorded)
      .when(correction, by(verifier, { card: answered }))
      .refused(readingLedgerRules.aReadingIsOfTheKindOfItsIndicator, '/reading/kind');
  });
  it(readingLedgerRules.aCorrectionKeepsThePeriod.sentence, () =>
    given(lampRecorded)
      .when(to({ startedAt: '2011-06-30T23:59:59-04:00' }), by(verifier))
      .refused(readingLedgerRules.aCorrectionKeepsThePeriod, '/reading/startedAt'),
  );
  it(readingLedgerRules.aCorrectionIsOfWhatStands.sentence, () => {
    const rule = readingLedgerRules.aCorrectionIsOfWhatStands;
    given(lampRecorded, lampCorrected)
      .when(to({ dueAt: '2011-07-25T00:00:00-04:00' }), by(verifier))
      .refused(rule);
    given(lampRecorded)
      .when({ ...correction, was: undefined }, by(verifier))
      .refused(rule);
  });
});
