import { EventTooLarge, UnstorableEvent } from '@app/event-store';
import { asProblem, problemDetails } from './problem-details.js';
import { problems } from './problem.js';

describe('what is thrown below a door', () => {
  it('as an event that is too large is told with its size, and is the fault of the request', () => {
    const problem = asProblem(new EventTooLarge(70_000, 65_536, 'PlanReturned'));
    expect(problemDetails(problem, 'a-trace')).toMatchObject({
      status: 413,
      title: problems.eventTooLarge.sentence,
      detail: 'PlanReturned has 70000 bytes; at most 65536 are kept.',
    });
  });

  it('as an event that does not fit its schema is a fault of the service, which tells nothing of it', () => {
    const problem = asProblem(new UnstorableEvent('PlanReturned does not fit its schema: findings'));
    expect(problemDetails(problem, 'a-trace')).toMatchObject({ status: 500, title: problems.internal.sentence });
    expect(problem.detail).toBeUndefined();
  });
});
