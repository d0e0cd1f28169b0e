import { specFor } from '@app/testing';
import { julyOpened } from '../ledger-register.examples.js';
import { ledgerRegisterRules } from '../ledger-register.rules.js';
import { ledgerRegister } from '../ledger-register.state.js';
import { OpenReadingPeriod, openReadingPeriod } from './open-reading-period.js';

const { given } = specFor(ledgerRegister, OpenReadingPeriod, openReadingPeriod);
const july = { period: '2011-07', reportingCycle: 'month' } as const;

describe('open a reading period', () => {
  it('lists its ledger', () => given().when(july).then(julyOpened));
  it('sent twice, nothing happens', () => given(julyOpened).when(july).then());
  it('lists every ledger once, in order of opening', () => {
    const june = { type: 'ReadingPeriodOpened', data: { period: '2011-06' } } as const;
    given(julyOpened)
      .when({ ...july, period: '2011-06' })
      .then(june);
    expect([julyOpened, june].reduce(ledgerRegister.evolve, ledgerRegister.initial).periods).toEqual([
      '2011-07',
      '2011-06',
    ]);
  });
  it.each(['2011-13', '2011-Q3', '2011', 'FY2011-12', ''])(
    `${ledgerRegisterRules.aPeriodFollowsTheReportingCycle.sentence} (%s)`,
    (period) =>
      given()
        .when({ ...july, period })
        .refused(ledgerRegisterRules.aPeriodFollowsTheReportingCycle, '/period'),
  );
});
