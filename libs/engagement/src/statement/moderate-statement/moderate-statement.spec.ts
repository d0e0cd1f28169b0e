import { specFor } from '@app/testing';
import { livingWageProposed, livingWageRejected } from '../statement.examples.js';
import { statementRules } from '../statement.rules.js';
import { statements } from '../statement.state.js';
import { ModerateStatement, moderateStatement } from './moderate-statement.js';

const { given } = specFor(statements, ModerateStatement, moderateStatement);
const rejection = {
  statement: 'living-wage',
  verdict: 'rejected',
  reason: 'It says two things at once.',
  moderatedAt: '2026-01-06T09:00:00.000Z',
  receivedAt: '2026-01-06T09:00:00Z',
} as const;

describe('moderate a statement', () => {
  it('accepts or rejects it, from a moment on', () =>
    given(livingWageProposed).when(rejection).then(livingWageRejected));
  it('sent twice, nothing happens', () => given(livingWageProposed, livingWageRejected).when(rejection).then());
  it('can be taken back', () => {
    const back = { ...rejection, verdict: 'pending', reason: 'It was split.' } as const;
    const { receivedAt: _receivedAt, ...data } = back;
    given(livingWageProposed, livingWageRejected).when(back).then({ type: 'StatementModerated', data });
  });
  it(statementRules.aModeratedStatementIsThere.sentence, () =>
    given().when(rejection).refused(statementRules.aModeratedStatementIsThere),
  );
  it(statementRules.aModerationIsNotInTheFuture.sentence, () =>
    given(livingWageProposed)
      .when({ ...rejection, receivedAt: '2026-01-06T08:59:59.999Z' })
      .refused(statementRules.aModerationIsNotInTheFuture, '/moderatedAt'),
  );
});
