import { exampleMetadata, specFor } from '@app/testing';
import { julyCutOff, lampRecorded, verifier } from '../reading-ledger.examples.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { readingLedger } from '../reading-ledger.state.js';
import { CutOffLedger, cutOffLedger } from './cut-off-ledger.js';

const { given } = specFor(readingLedger, CutOffLedger, cutOffLedger);
const at = (occurredAt: string) => ({
  actor: { ...exampleMetadata.actor, person: verifier },
  occurredAt,
  facts: { timeZone: 'America/New_York', fiscalYearStart: 1 },
});
const july = { period: '2011-07' };

describe('cut a reading ledger off', () => {
  it('is cut off at the time of the command', () =>
    given(lampRecorded).when(july, at('2011-08-05T12:00:00.000Z')).then(julyCutOff));
  it('sent twice, nothing happens', () => given(julyCutOff).when(july, at('2011-08-06T12:00:00.000Z')).then());
  it(readingLedgerRules.aLedgerIsCutOffAfterItsPeriod.sentence, () => {
    given(lampRecorded)
      .when(july, at('2011-08-01T03:59:59.999Z'))
      .refused(readingLedgerRules.aLedgerIsCutOffAfterItsPeriod);
    given(lampRecorded)
      .when(july, at('2011-08-01T04:00:00.000Z'))
      .then({ type: 'ReadingPeriodCutOff', data: { at: '2011-08-01T04:00:00.000Z', by: verifier } });
  });
});
