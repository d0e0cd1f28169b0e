import type { RecordedEvent } from '@app/kernel';
import { confirmed, detected, minor, severe, threePoints } from '../../breach/breach.examples.js';
import type { BreachEvent } from '../../breach/breach.events.js';
import { breachRegister, type RegisteredBreach } from './breach-register.js';

type Handler = (doc: RegisteredBreach | undefined, event: RecordedEvent) => RegisteredBreach | undefined;
const handlers = breachRegister.on as unknown as Readonly<Record<string, Handler>>;

function registered(...events: readonly BreachEvent[]): RegisteredBreach | undefined {
  return events.reduce<RegisteredBreach | undefined>((doc, event, index) => {
    const recorded = {
      ...event,
      stream: { category: 'breach', tenant: 'boston', id: 'street-services/on-time/all/2011-07' },
      metadata: { occurredAt: `2011-08-0${index + 1}T09:00:00Z` },
    } as unknown as RecordedEvent;
    return handlers[event.type]!(doc, recorded);
  }, undefined);
}

describe('the breach register', () => {
  it('lists a detected breach with its figure', () =>
    expect(registered(detected(severe))).toMatchObject({
      _id: 'boston/street-services/on-time/all/2011-07',
      agency: 'boston',
      objective: 'on-time',
      status: 'detected',
      severity: 'Severe',
      value: '96.5',
    }));
  it('shows the figure of the last assessment and keeps the day of detection', () =>
    expect(registered(detected(severe), { type: 'BreachReassessed', data: minor })).toMatchObject({
      status: 'detected',
      severity: 'Minor',
      value: '98.5',
      detectedAt: '2011-08-01T09:00:00Z',
      updatedAt: '2011-08-02T09:00:00Z',
    }));
  it('shows the points of a confirmed breach', () =>
    expect(registered(detected(severe), confirmed, threePoints)).toMatchObject({ status: 'confirmed', points: '3' }));
  it('keeps a withdrawn breach and says so', () =>
    expect(registered(detected(severe), { type: 'BreachWithdrawn', data: { resultHash: 'x' } })).toMatchObject({
      status: 'withdrawn',
    }));
});
