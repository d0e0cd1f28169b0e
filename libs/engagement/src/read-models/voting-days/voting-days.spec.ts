import type { RecordedEvent } from '@app/kernel';
import { agreed } from '../../ballot-box/ballot-box.examples.js';
import { votingDays, type VotingDay } from './voting-days.js';

const cast = (more: object): RecordedEvent =>
  ({
    type: 'VoteCast',
    data: { ...agreed.data, ...more },
    stream: { category: 'ballots', tenant: 'seattle', id: 'wage/2' },
  }) as unknown as RecordedEvent;
const folded = (...events: readonly RecordedEvent[]): VotingDay | undefined =>
  events.reduce<VotingDay | undefined>(
    (doc, event) => votingDays.on['VoteCast']!(doc, event, votingDays.documentIds(event)[0]!),
    undefined,
  );

describe('the days of voting', () => {
  it('are those of UTC on which the votes were cast', () =>
    expect(votingDays.documentIds(cast({ castAt: '2026-01-05T23:59:59.999Z' }))).toEqual(['seattle/wage/2026-01-05']));
  it('count every vote, also one that is replaced or came too late', () =>
    expect(
      folded(cast({}), cast({ vote: 'pass', replaces: 'agree' }), cast({ vote: 'disagree', counts: false })),
    ).toEqual({
      _id: 'seattle/wage/2026-01-05',
      agency: 'seattle',
      consultation: 'wage',
      day: '2026-01-05',
      votes: 3,
      agree: 1,
      disagree: 1,
      pass: 1,
    }));
  it('are none for people who only join', () =>
    expect(
      votingDays.documentIds({ ...cast({}), type: 'ParticipantRegistered', data: { participant: 'k-1' } }),
    ).toEqual([]));
});
