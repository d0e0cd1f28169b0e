import { exampleMetadata, specFor } from '@app/testing';
import { julyCutOff, lamp, lampClosed, lampRecorded, lampVoided, verifier } from '../reading-ledger.examples.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { readingLedger } from '../reading-ledger.state.js';
import { VoidReading, voidReading } from './void-reading.js';

const { given } = specFor(readingLedger, VoidReading, voidReading);
const by = (person: string) => ({ actor: { ...exampleMetadata.actor, person } });
const voiding = { readingId: lamp.id, reason: 'Recorded twice' };

describe('void a reading', () => {
  it('counts no more', () => given(lampRecorded).when(voiding, by(verifier)).then(lampVoided));
  it('sent twice, nothing happens', () => given(lampRecorded, lampVoided).when(voiding, by(verifier)).then());
  it('is possible after the cut-off', () =>
    given(lampRecorded, julyCutOff).when(voiding, by(verifier)).then(lampVoided));
  it('that was never recorded is refused', () =>
    given().when(voiding, by(verifier)).refused(readingLedgerRules.aReadingIsRecordedFirst));
  it(readingLedgerRules.nobodyCorrectsWhatTheyCaptured.sentence, () => {
    given(lampRecorded).when(voiding, by('p-clerk')).refused(readingLedgerRules.nobodyCorrectsWhatTheyCaptured);
    const closedByVerifier = { ...lampClosed, data: { ...lampClosed.data, by: verifier } };
    given(lampRecorded, closedByVerifier)
      .when(voiding, by(verifier))
      .refused(readingLedgerRules.nobodyCorrectsWhatTheyCaptured);
  });
  it(readingLedgerRules.aCorrectionHasAReason.sentence, () =>
    given(lampRecorded)
      .when({ ...voiding, reason: ' ' }, by(verifier))
      .refused(readingLedgerRules.aCorrectionHasAReason, '/reason'),
  );
});
