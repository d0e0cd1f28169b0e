import { agreementEvents } from '@app/agreements/events';
import { breachEvents, compliancePeriodEvents } from '@app/compliance/events';
import type { RecordedEvent } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import { auditEntry, auditId, auditTrail } from './audit-trail.js';

const signed: RecordedEvent = {
  id: '11111111-1111-5111-8111-111111111111',
  type: 'AgreementSigned',
  data: { partyId: 'public-works', signatory: 'p-head' },
  metadata: { ...exampleMetadata, schemaVersion: 1, causationId: 'cause', onBehalfOf: 'p-mayor', legalBasis: 'Act 12' },
  stream: { category: 'agreement', tenant: 'boston', id: 'street-services' },
  streamName: 'agreement-boston/street-services',
  revision: 7n,
  position: { commit: 1207n, prepare: 1207n },
  recordedAt: new Date('2011-06-01T09:00:00Z'),
};

describe('the audit trail', () => {
  it('says who, in what role, by which grant, for whom, on what basis, what and caused by what', () =>
    expect(auditEntry(signed)).toEqual({
      _id: '00000000000000001207-00000000000000001207',
      eventId: signed.id,
      tenant: 'boston',
      entity: 'agreement-boston/street-services',
      revision: '7',
      type: 'AgreementSigned',
      person: 'p-clerk',
      role: 'administrator',
      grant: 'g-1@0',
      onBehalfOf: 'p-mayor',
      legalBasis: 'Act 12',
      occurredAt: '2026-01-05T09:00:00Z',
      recordedAt: signed.recordedAt,
      commandId: exampleMetadata.commandId,
      correlationId: exampleMetadata.correlationId,
      causationId: 'cause',
      change: 'partyId=public-works, signatory=p-head',
    }));
  it('has ids in the order of the log', () => {
    const at = (commit: bigint, prepare: bigint): string => auditId({ position: { commit, prepare } });
    const positions = [9n, 10n, 100n, 2n ** 63n].map((half) => at(half, half));
    expect([...positions].sort()).toEqual(positions);
    expect(at(10n, 9n) < at(10n, 10n)).toBe(true);
  });
  it('hears every type of event', () => {
    const heard = Object.keys(auditTrail.on);
    for (const type of [agreementEvents, compliancePeriodEvents, breachEvents].flatMap((events) => Object.keys(events)))
      expect(heard).toContain(type);
  });
});
