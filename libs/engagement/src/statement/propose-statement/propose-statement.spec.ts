import { specFor } from '@app/testing';
import { livingWage, livingWageProposed, minimumWage, unplanned } from '../statement.examples.js';
import { givenStatement } from '../given-statement.js';
import { statementRules } from '../statement.rules.js';
import { statements } from '../statement.state.js';
import { ProposeStatement, proposeStatement } from './propose-statement.js';

const { given } = specFor(statements, ProposeStatement, proposeStatement);
const receivedAt = '2026-01-05T09:00:00Z';
const facts = { consultation: minimumWage, isAuthorKnown: true };
const proposal = { given: livingWage, receivedAt };

describe('propose a statement', () => {
  it('puts its wording to the consultation, pending, for all of its groups', () => {
    given().when(proposal, { facts }).then(livingWageProposed);
    expect(statements.evolve(statements.initial, livingWageProposed).get('living-wage')).toEqual({
      text: livingWage.text,
      verdict: 'pending',
    });
  });
  it('names its author and the time, where they are given', () =>
    given()
      .when({ ...proposal, given: { ...livingWage, author: 'k-1', proposedAt: '2026-01-05T08:59:59.500Z' } }, { facts })
      .then({
        type: 'StatementProposed',
        data: { ...livingWageProposed.data, author: 'k-1', proposedAt: '2026-01-05T08:59:59.500Z' } as never,
      }));
  it('sent twice, nothing happens', () => given(livingWageProposed).when(proposal, { facts }).then());
  it(statementRules.aStatementIsProposedOnce.sentence, () =>
    given(livingWageProposed)
      .when({ ...proposal, given: { ...livingWage, text: 'Another wording.' } }, { facts })
      .refused(statementRules.aStatementIsProposedOnce, '/text'),
  );
  it(statementRules.aStatementIsPutToAConsultation.sentence, () =>
    given()
      .when(proposal, { facts: { ...facts, consultation: unplanned } })
      .refused(statementRules.aStatementIsPutToAConsultation),
  );
  it(statementRules.aStatementIsProposedBeforeTheConsultationEnds.sentence, () =>
    given()
      .when(proposal, { facts: { ...facts, consultation: { ...minimumWage, endedAt: '2026-01-05T09:00:00Z' } } })
      .refused(statementRules.aStatementIsProposedBeforeTheConsultationEnds, '/proposedAt'),
  );
  it(statementRules.aStatementIsNotProposedInTheFuture.sentence, () =>
    given()
      .when({ ...proposal, given: { ...livingWage, proposedAt: '2026-01-05T09:00:00.001Z' } }, { facts })
      .refused(statementRules.aStatementIsNotProposedInTheFuture, '/proposedAt'),
  );
  it(statementRules.anAuthorOfAStatementIsAParticipant.sentence, () =>
    given()
      .when({ ...proposal, given: { ...livingWage, author: 'k-1' } }, { facts: { ...facts, isAuthorKnown: false } })
      .refused(statementRules.anAuthorOfAStatementIsAParticipant, '/author'),
  );
});

describe('a line of an upload', () => {
  it('has its time as an instant of UTC', () =>
    expect(givenStatement({ ...livingWage, proposedAt: '2026-01-05T10:00:00.5+01:00' })).toEqual({
      ...livingWage,
      proposedAt: '2026-01-05T09:00:00.500Z',
    }));
  it.each([
    ['/id', 'an id that is no part of an address', { ...livingWage, id: 'Living wage' }],
    ['/text', 'a text that says nothing', { ...livingWage, text: ' \n' }],
    ['/proposedAt', 'a time without offset', { ...livingWage, proposedAt: '2026-01-05T10:00:00' }],
    ['', 'a field that nobody knows', { ...livingWage, colour: 'red' }],
  ])(`${statementRules.aLineIsAStatement.sentence} Refused at '%s': %s.`, (pointer, _what, line) =>
    expect(() => givenStatement(line)).toThrow(
      expect.objectContaining({ rule: statementRules.aLineIsAStatement, pointer }),
    ),
  );
});
