import type { RecordedEvent } from '@app/kernel';
import { serviceEvents, type ServiceEvent } from '../../service/service.events.js';
import {
  distanceRecorded,
  distanceRemoved,
  informalIdentified,
  nextOwnerAssigned,
  reviewed,
  suspended,
  waterRegistered,
} from '../../service/service.examples.js';
import { rowOf, services, type ListedService } from './services.js';

type Handler = (doc: ListedService | undefined, event: RecordedEvent) => ListedService | undefined;
const handlers = services.on as unknown as Readonly<Record<string, Handler>>;

function listed(...events: readonly ServiceEvent[]): ListedService | undefined {
  return events.reduce<ListedService | undefined>((doc, event, index) => {
    const recorded = {
      ...event,
      revision: BigInt(index),
      stream: { category: 'service', tenant: 'boston', id: 'water-supply' },
      metadata: { occurredAt: `2026-01-0${index + 1}T09:00:00Z` },
    } as unknown as RecordedEvent;
    return handlers[event.type]!(doc, recorded);
  }, undefined);
}

describe('the list of services', () => {
  it('hears every event of a service', () =>
    expect(Object.keys(services.on).sort()).toEqual(Object.keys(serviceEvents).sort()));
  it('shows a service from its registration on', () =>
    expect(rowOf(listed(waterRegistered)!)).toEqual({
      service: 'water-supply',
      name: 'Water supply',
      type: 'infrastructure',
      scope: 'external',
      status: 'active',
      department: 'public-works',
      channels: ['telephone', 'online'],
      feeBearing: true,
      clientGroups: 0,
      openBarriers: 0,
      lastReviewOn: null,
      revision: '0',
      updatedAt: '2026-01-01T09:00:00Z',
    }));
  it('counts client groups and the barriers that still stand', () => {
    const barred = [waterRegistered, informalIdentified, distanceRecorded];
    expect(rowOf(listed(...barred)!)).toMatchObject({ clientGroups: 1, openBarriers: 1 });
    expect(rowOf(listed(...barred, distanceRemoved)!)).toMatchObject({ clientGroups: 1, openBarriers: 0 });
  });
  it('shows the status and the day of the last review, with the revision of the record', () => {
    const earlier: ServiceEvent = { type: 'ServiceReviewed', data: { on: '2024-12-01', findings: 'Good' } };
    expect(rowOf(listed(waterRegistered, reviewed, earlier, suspended)!)).toMatchObject({
      status: 'suspended',
      lastReviewOn: '2025-12-01',
      revision: '3',
      updatedAt: '2026-01-04T09:00:00Z',
    });
  });
  it('names no person', () =>
    expect(JSON.stringify(rowOf(listed(waterRegistered, nextOwnerAssigned)!))).not.toMatch(/p-(owner|next)/));
});
