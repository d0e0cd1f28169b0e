import { specFor } from '@app/testing';
import { minimumWage } from '../../statement/statement.examples.js';
import { agreed, agreement, renterRegistered } from '../ballot-box.examples.js';
import type { BallotBoxEvent } from '../ballot-box.events.js';
import { ballotBoxRules } from '../ballot-box.rules.js';
import { ballotBox } from '../ballot-box.state.js';
import { givenVote } from '../given-lines.js';
import { CastVote, castVote } from './cast-vote.js';

const { given } = specFor(ballotBox, CastVote, castVote);
const receivedAt = '2026-03-05T09:00:00Z';
const facts = { consultation: minimumWage, statement: { text: 'It is fair.', verdict: 'pending' } } as const;
const rejected = { ...facts, statement: { ...facts.statement, verdict: 'rejected', moderatedAt: receivedAt } } as const;

const at = (castAt: string) => ({ given: { ...agreement, castAt }, receivedAt, facts });
const first = at('2026-01-05T09:00:00.000Z');

describe('cast a vote', () => {
  it('counts for the group of the participant', () => given(renterRegistered).when(first).then(agreed));
  it('is cast now where no time is given', () =>
    given(renterRegistered).when({ given: agreement, receivedAt: '2026-01-05T09:00:00Z', facts }).then(agreed));
  it('counts for no group where none was declared', () => {
    const { group: _group, ...data } = agreed.data as Extract<BallotBoxEvent, { type: 'VoteCast' }>['data'];
    given({ type: 'ParticipantRegistered', data: { participant: 'k-1' } })
      .when(first)
      .then({ type: 'VoteCast', data });
  });
  it('sent twice, nothing happens', () => given(renterRegistered, agreed).when(first).then());
  it('sent again without its time, nothing happens', () =>
    given(renterRegistered, agreed).when({ given: agreement, receivedAt, facts }).then());
  it('sent again after its statement was rejected, nothing happens', () =>
    given(renterRegistered, agreed)
      .when({ ...first, facts: rejected })
      .then());
});

describe('who changes their mind', () => {
  const second = (vote: 'agree' | 'disagree', castAt: string) => ({
    given: { ...agreement, id: 'second', vote, castAt },
    receivedAt,
    facts,
  });
  const changed = (vote: 'agree' | 'disagree', castAt: string, more: object): BallotBoxEvent =>
    ({ type: 'VoteCast', data: { ...agreed.data, voteId: 'second', vote, castAt, ...more } }) as BallotBoxEvent;

  it.each([
    ['later', '2026-01-05T09:00:00.001Z'],
    ['at the same moment, but recorded later', '2026-01-05T09:00:00.000Z'],
  ])('is counted with the vote that was cast last: %s', (_when, castAt) =>
    given(renterRegistered, agreed)
      .when(second('disagree', castAt))
      .then(changed('disagree', castAt, { counts: true, replaces: 'agree' })),
  );
  it('is not counted with a vote that was cast before, but every vote is kept', () =>
    given(renterRegistered, agreed)
      .when(second('disagree', '2026-01-05T08:59:59.999Z'))
      .then(changed('disagree', '2026-01-05T08:59:59.999Z', { counts: false })));
  it('may say the same again', () =>
    given(renterRegistered, agreed)
      .when(second('agree', '2026-01-05T10:00:00.000Z'))
      .then(changed('agree', '2026-01-05T10:00:00.000Z', { counts: true, replaces: 'agree' })));
  it('is decided from what came before, also where the history went on elsewhere', () => {
    const before = [renterRegistered, agreed].reduce(ballotBox.evolve, ballotBox.initial);
    const other = { ...agreed.data, voteId: 'second', vote: 'pass', castAt: '2026-01-05T11:00:00.000Z' };
    ballotBox.evolve(before, { type: 'VoteCast', data: other } as BallotBoxEvent);
    const again = ballotBox.evolve(before, {
      type: 'VoteCast',
      data: { ...other, voteId: 'third', castAt: '2026-01-05T10:00:00.000Z' },
    } as BallotBoxEvent);
    const command = new CastVote('boston', 'wage/0', second('disagree', '2026-01-05T10:30:00.000Z'), {} as never);
    expect(castVote(command, again, undefined)).toMatchObject([{ data: { counts: true, replaces: 'pass' } }]);
    expect(castVote(command, before, undefined)).toMatchObject([{ data: { counts: true, replaces: 'agree' } }]);
  });
});

describe('a vote that is refused', () => {
  it(ballotBoxRules.aVoteStandsAsItWasCast.sentence, () =>
    given(renterRegistered, agreed)
      .when({ ...first, given: { ...first.given, vote: 'pass' } })
      .refused(ballotBoxRules.aVoteStandsAsItWasCast, '/id'),
  );
  it(ballotBoxRules.aVoterIsAParticipant.sentence, () =>
    given().when(first).refused(ballotBoxRules.aVoterIsAParticipant, '/participant'),
  );
  it(ballotBoxRules.aVoteIsOnAStatementOfTheConsultation.sentence, () =>
    given(renterRegistered)
      .when({ ...first, facts: { ...facts, statement: undefined } })
      .refused(ballotBoxRules.aVoteIsOnAStatementOfTheConsultation, '/statement'),
  );
  it(ballotBoxRules.aVoteIsOnAStatementThatStands.sentence, () =>
    given(renterRegistered)
      .when({ ...at('2026-03-05T09:00:00.000Z'), facts: rejected })
      .refused(ballotBoxRules.aVoteIsOnAStatementThatStands, '/statement'),
  );
  it('is none that was cast before the statement was rejected', () =>
    given(renterRegistered)
      .when({ ...first, facts: rejected })
      .then(agreed));
  it.each(['2026-01-05T07:59:59.999Z', '2026-02-05T08:00:00.000Z', '2026-02-10T08:00:00.000Z'])(
    `${ballotBoxRules.aVoteIsCastWhileTheConsultationIsOpen.sentence} (%s)`,
    (castAt) =>
      given(renterRegistered).when(at(castAt)).refused(ballotBoxRules.aVoteIsCastWhileTheConsultationIsOpen, '/castAt'),
  );
  it('may be cast once the consultation is open again', () =>
    given(renterRegistered)
      .when(at('2026-03-01T08:00:00.000Z'))
      .then({ type: 'VoteCast', data: { ...agreed.data, castAt: '2026-03-01T08:00:00.000Z' } as never }));
  it(ballotBoxRules.aVoteIsNotCastInTheFuture.sentence, () =>
    given(renterRegistered)
      .when(at('2026-03-05T09:00:00.001Z'))
      .refused(ballotBoxRules.aVoteIsNotCastInTheFuture, '/castAt'),
  );
});

describe('a line of an upload', () => {
  it('has its time as an instant of UTC', () =>
    expect(givenVote({ ...agreement, castAt: '2026-01-05T10:00:00+01:00' })).toEqual({
      ...agreement,
      castAt: '2026-01-05T09:00:00.000Z',
    }));
  it.each([
    ['/vote', 'another word', { ...agreement, vote: 'maybe' }],
    ['/id', 'no id', { ...agreement, id: undefined }],
    ['/castAt', 'a day that no calendar has', { ...agreement, castAt: '2026-02-30T09:00:00Z' }],
    ['', 'a field that nobody knows', { ...agreement, weight: 2 }],
  ])(`${ballotBoxRules.aLineIsAVote.sentence} Refused at '%s': %s.`, (pointer, _what, line) =>
    expect(() => givenVote(line)).toThrow(expect.objectContaining({ rule: ballotBoxRules.aLineIsAVote, pointer })),
  );
});
