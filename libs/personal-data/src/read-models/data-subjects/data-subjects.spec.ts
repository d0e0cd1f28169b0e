import type { RecordedEvent } from '@app/kernel';
import {
  approved,
  declined,
  held,
  lifted,
  requested,
  shredded,
  verified,
} from '../../data-subject/data-subject.examples.js';
import type { DataSubjectEvent } from '../../data-subject/data-subject.events.js';
import { dataSubjects, type ListedDataSubject } from './data-subjects.js';

const after = (...events: readonly DataSubjectEvent[]): ListedDataSubject | undefined =>
  events.reduce<ListedDataSubject | undefined>((doc, event, index) => {
    const recorded = {
      ...event,
      stream: { category: 'subject', tenant: 'boston', id: 'p-1' },
      metadata: { occurredAt: `2026-03-0${index + 1}T09:00:00Z` },
      revision: BigInt(index),
    } as unknown as RecordedEvent;
    return dataSubjects.on[event.type]!(doc, recorded, 'boston/p-1');
  }, undefined);

describe('the list of data subjects', () => {
  it('shows whose erasure is asked for, and on what ground', () =>
    expect(after(requested)).toEqual({
      _id: 'boston/p-1',
      agency: 'boston',
      person: 'p-1',
      status: 'erasure-requested',
      holds: [],
      legalGround: 'consent-withdrawn',
      requestedAt: '2026-03-01T09:00:00Z',
      updatedAt: '2026-03-01T09:00:00Z',
      revision: '0',
    }));
  it('shows legal holds that stand', () => {
    expect(after(held, requested)).toMatchObject({ status: 'erasure-requested', holds: ['appeal-2026-9'] });
    expect(after(held, requested, lifted)).toMatchObject({ status: 'erasure-requested', holds: [] });
  });
  it('shows a declined one as standing', () => {
    expect(after(requested, declined)).toMatchObject({ status: 'standing', revision: '1' });
    expect(after(requested, declined)).not.toHaveProperty('requestedAt');
  });
  it('shows how far an approved one is', () => {
    expect(after(requested, approved)).toMatchObject({
      status: 'erasure-approved',
      authority: 'Disposal authority 2026/3',
    });
    expect(after(requested, approved, shredded)).toMatchObject({ status: 'key-shredded' });
    expect(after(requested, approved, shredded, verified)).toMatchObject({
      status: 'erased',
      erasedAt: '2026-03-04T09:00:00Z',
    });
  });
});
