import type { DomainEvent, RecordedEvent } from '@app/kernel';
import fc from 'fast-check';
import { ballotBox, boxOf } from '../../ballot-box/ballot-box.state.js';
import type { Vote } from '../../ballot-box/ballot-box.events.js';
import { CastVote, castVote } from '../../ballot-box/cast-vote/cast-vote.js';
import { agreed } from '../../ballot-box/ballot-box.examples.js';
import { livingWageProposed, livingWageRejected, minimumWage } from '../../statement/statement.examples.js';
import { statementSupport, type SupportedStatement } from './statement-support.js';

const recorded = (event: DomainEvent): RecordedEvent => {
  const id = event.type === 'VoteCast' ? boxOf('wage', 'k-1') : 'wage';
  return { ...event, stream: { category: '', tenant: 'seattle', id } } as unknown as RecordedEvent;
};
const folded = (...events: readonly DomainEvent[]): SupportedStatement | undefined =>
  events.map(recorded).reduce<SupportedStatement | undefined>((doc, event) => {
    const [id] = statementSupport.documentIds(event);
    expect(id).toBe('seattle/wage/living-wage');
    return statementSupport.on[event.type]!(doc, event, id!);
  }, undefined);
const cast = (more: object): DomainEvent => ({ type: 'VoteCast', data: { ...agreed.data, ...more } });

describe('the support of a statement', () => {
  it('begins with no votes of any group', () =>
    expect(folded(livingWageProposed)).toMatchObject({
      verdict: 'pending',
      current: { agree: 0, disagree: 0, pass: 0 },
      groups: [{ group: 'renters' }, { group: 'owners' }],
      numerator: '1',
      denominator: '4',
    }));
  it('counts a vote for its group', () =>
    expect(folded(livingWageProposed, agreed)).toMatchObject({
      events: { agree: 1 },
      current: { agree: 1 },
      groups: [
        { group: 'renters', agree: 1 },
        { group: 'owners', agree: 0 },
      ],
      numerator: '2',
      denominator: '6',
    }));
  it('counts the last vote of a participant, and every event', () =>
    expect(folded(livingWageProposed, agreed, cast({ vote: 'pass', replaces: 'agree' }))).toMatchObject({
      events: { agree: 1, disagree: 0, pass: 1 },
      current: { agree: 0, disagree: 0, pass: 1 },
      groups: [{ agree: 0, pass: 1 }, {}],
    }));
  it('counts a vote that came too late as an event only', () =>
    expect(folded(livingWageProposed, agreed, cast({ vote: 'pass', counts: false }))).toMatchObject({
      events: { agree: 1, pass: 1 },
      current: { agree: 1, pass: 0 },
    }));
  it('counts who declared no group among all, and in no group', () =>
    expect(folded(livingWageProposed, cast({ group: undefined }))).toMatchObject({
      current: { agree: 1 },
      groups: [{ agree: 0 }, { agree: 0 }],
    }));
  it('takes everybody as one group where the consultation asks none', () => {
    const proposed = { ...livingWageProposed, data: { ...livingWageProposed.data, groups: [] } };
    expect(folded(proposed, cast({ group: undefined }))).toMatchObject({ numerator: '2', denominator: '3' });
  });
  it('keeps its votes when the statement is rejected', () =>
    expect(folded(livingWageProposed, agreed, livingWageRejected)).toMatchObject({
      verdict: 'rejected',
      current: { agree: 1 },
    }));
  it('is made of no vote whose statement is not there', () => expect(folded(agreed)).toBeUndefined());

  it('equals a count of the last votes by hand, whatever is sent in whatever order', () => {
    const vote = fc.record({
      participant: fc.constantFrom('a', 'b', 'c'),
      vote: fc.constantFrom<Vote>('agree', 'disagree', 'pass'),
      second: fc.nat(5),
      id: fc.nat(8).map((number) => `v${number}`),
    });
    const facts = { consultation: minimumWage, statement: { text: 'x', verdict: 'accepted' } } as const;
    fc.assert(
      fc.property(fc.array(vote, { maxLength: 40 }), (sent) => {
        let box = ['a', 'b', 'c'].reduce(
          (state, participant) =>
            ballotBox.evolve(state, { type: 'ParticipantRegistered', data: { participant, group: 'renters' } }),
          ballotBox.initial,
        );
        const events: DomainEvent[] = [livingWageProposed];
        const taken = new Map<string, { participant: string; vote: Vote; second: number }>();
        for (const { id, participant, vote: said, second } of sent) {
          if (taken.has(`${participant} ${id}`)) continue;
          taken.set(`${participant} ${id}`, { participant, vote: said, second });
          const given = {
            id,
            participant,
            statement: 'living-wage',
            vote: said,
            castAt: `2026-01-05T09:00:0${second}.000Z`,
          };
          const command = new CastVote(
            'seattle',
            'wage/0',
            { given, receivedAt: '2026-01-06T09:00:00Z', facts },
            {} as never,
          );
          for (const event of castVote(command, box, undefined)) {
            box = ballotBox.evolve(box, event);
            events.push(event);
          }
        }
        const last = new Map<string, { vote: Vote; second: number }>();
        for (const one of taken.values())
          if (one.second >= (last.get(one.participant)?.second ?? 0)) last.set(one.participant, one);
        const count = (of: Iterable<{ vote: Vote }>, wanted: Vote) =>
          [...of].filter((one) => one.vote === wanted).length;
        const countedBy = (of: () => Iterable<{ vote: Vote }>) => ({
          agree: count(of(), 'agree'),
          disagree: count(of(), 'disagree'),
          pass: count(of(), 'pass'),
        });
        const doc = folded(...events)!;
        expect(doc.events).toEqual(countedBy(() => taken.values()));
        expect(doc.current).toEqual(countedBy(() => last.values()));
        expect(doc.groups[0]).toEqual({ group: 'renters', ...doc.current });
      }),
    );
  });
});
