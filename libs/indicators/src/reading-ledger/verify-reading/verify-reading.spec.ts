import { exampleMetadata, specFor } from '@app/testing';
import {
  lamp,
  lampClosed,
  lampCorrected,
  lampRecorded,
  lampVerified,
  lampVoided,
  verifier,
} from '../reading-ledger.examples.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { readingLedger } from '../reading-ledger.state.js';
import { VerifyReading, verifyReading } from './verify-reading.js';

const { given } = specFor(readingLedger, VerifyReading, verifyReading);
const by = (person: string, owner?: string) => ({
  actor: { ...exampleMetadata.actor, person },
  facts: { owner },
});
const verification = { readingId: lamp.id };

describe('verify a reading', () => {
  it('is verified by somebody who did not capture it', () =>
    given(lampRecorded).when(verification, by(verifier)).then(lampVerified));
  it('sent twice, nothing happens', () => given(lampRecorded, lampVerified).when(verification, by(verifier)).then());
  it('is verified anew after it was closed', () =>
    given(lampRecorded, lampVerified, lampClosed).when(verification, by(verifier)).then(lampVerified));
  it(readingLedgerRules.aReadingIsRecordedFirst.sentence, () =>
    given().when(verification, by(verifier)).refused(readingLedgerRules.aReadingIsRecordedFirst),
  );
  it(readingLedgerRules.nobodyVerifiesWhatTheyCaptured.sentence, () => {
    const rule = readingLedgerRules.nobodyVerifiesWhatTheyCaptured;
    given(lampRecorded).when(verification, by('p-clerk')).refused(rule);
    const closedByVerifier = { ...lampClosed, data: { ...lampClosed.data, by: verifier } };
    given(lampRecorded, closedByVerifier).when(verification, by(verifier)).refused(rule);
    given(lampRecorded, lampCorrected).when(verification, by(verifier)).refused(rule);
  });
  it('that one verifier corrected is verified by another', () =>
    given(lampRecorded, lampCorrected)
      .when(verification, by('p-second'))
      .then({ type: 'ReadingVerified', data: { entry: 0, readingId: lamp.id, by: 'p-second' } }));
  it(readingLedgerRules.anOwnerDoesNotVerify.sentence, () =>
    given(lampRecorded).when(verification, by(verifier, verifier)).refused(readingLedgerRules.anOwnerDoesNotVerify),
  );
  it('that is voided is refused', () =>
    given(lampRecorded, lampVoided)
      .when(verification, by(verifier))
      .refused(readingLedgerRules.aVoidedReadingIsLeftAlone));
});
