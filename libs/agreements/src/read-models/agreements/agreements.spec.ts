import type { RecordedEvent } from '@app/kernel';
import { agreementEvents, type AgreementEvent } from '../../agreement/agreement.events.js';
import { active, complete } from '../../agreement/agreement.examples.js';
import { agreements, rowOf, type ListedAgreement } from './agreements.js';

type Handler = (doc: ListedAgreement | undefined, event: RecordedEvent) => ListedAgreement | undefined;
const handlers = agreements.on as unknown as Readonly<Record<string, Handler>>;

function listed(events: readonly AgreementEvent[]): ListedAgreement | undefined {
  return events.reduce<ListedAgreement | undefined>((doc, event, index) => {
    const recorded = {
      ...event,
      revision: BigInt(index),
      stream: { category: 'agreement', tenant: 'boston', id: 'street-services' },
      metadata: { occurredAt: '2011-06-01T09:00:00Z' },
    } as unknown as RecordedEvent;
    return handlers[event.type]!(doc, recorded);
  }, undefined);
}

describe('the list of agreements', () => {
  it('hears every event of an agreement', () =>
    expect(Object.keys(agreements.on).sort()).toEqual(Object.keys(agreementEvents).sort()));
  it('shows a draft', () =>
    expect(rowOf(listed(complete)!)).toMatchObject([
      { agreement: 'street-services', status: 'drafting', objectives: ['on-time'], effectiveFrom: null },
    ]));
  it('shows an agreement in force, its parties and its revision', () =>
    expect(rowOf(listed(active)!)).toMatchObject([
      {
        status: 'active',
        parties: ['public-works', 'residents'],
        effectiveFrom: '2011-07-01',
        revision: String(active.length - 1),
      },
    ]));
});
