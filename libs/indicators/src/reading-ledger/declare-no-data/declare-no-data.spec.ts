import { specFor } from '@app/testing';
import { onTime } from '../../indicator/indicator.examples.js';
import { julyCutOff, lampRecorded, lampVoided, noDataInWard3 } from '../reading-ledger.examples.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { readingLedger } from '../reading-ledger.state.js';
import { DeclareNoData, declareNoData } from './declare-no-data.js';

const { given } = specFor(readingLedger, DeclareNoData, declareNoData);
const facts = { card: onTime, retired: false, districtExists: true };
const declaration = { dimensions: { ward: 'Ward 3' }, volume: 'ND', reason: 'The depot burned down' } as const;

describe('declare that there is no data', () => {
  it('is declared beside readings of other dimensions', () =>
    given(lampRecorded).when(declaration, { facts }).then(noDataInWard3));
  it('sent twice, nothing happens', () => given(noDataInWard3).when(declaration, { facts }).then());
  it('is declared in another way after that', () =>
    given(noDataInWard3)
      .when({ ...declaration, volume: 'NA' }, { facts })
      .then({ type: 'NoDataDeclared', data: { ...noDataInWard3.data, volume: 'NA' } } as typeof noDataInWard3));
  it(readingLedgerRules.noDataIsDeclaredWhereNothingStands.sentence, () => {
    const rule = readingLedgerRules.noDataIsDeclaredWhereNothingStands;
    const standing: Record<string, string>[] = [{}, { ward: 'Ward 17' }, { ward: 'Ward 17', department: 'PWDx' }];
    for (const dimensions of standing)
      given(lampRecorded)
        .when({ ...declaration, dimensions }, { facts })
        .refused(rule, '/dimensions');
  });
  it('is declared where the only reading was voided', () =>
    given(lampRecorded, lampVoided)
      .when({ ...declaration, dimensions: {} }, { facts })
      .then({ type: 'NoDataDeclared', data: { ...noDataInWard3.data, dimensions: {} } } as typeof noDataInWard3));
  it(readingLedgerRules.noDataIsDeclaredForAReason.sentence, () =>
    given()
      .when({ ...declaration, reason: ' ' }, { facts })
      .refused(readingLedgerRules.noDataIsDeclaredForAReason, '/reason'),
  );
  it('of an undeclared dimension, or of no district, is refused', () => {
    given()
      .when({ ...declaration, dimensions: { colour: 'red' } }, { facts })
      .refused(readingLedgerRules.aReadingNamesDeclaredDimensions, '/dimensions/colour');
    given()
      .when(declaration, { facts: { ...facts, districtExists: false } })
      .refused(readingLedgerRules.aReadingNamesDistrictsThatExist, '/dimensions/ward');
  });
  it('of a retired indicator, or after the cut-off, is refused', () => {
    given()
      .when(declaration, { facts: { ...facts, retired: true } })
      .refused(readingLedgerRules.aRetiredIndicatorTakesNoReadings);
    given(julyCutOff).when(declaration, { facts }).refused(readingLedgerRules.aCutOffLedgerTakesNoNewReadings);
  });
});
