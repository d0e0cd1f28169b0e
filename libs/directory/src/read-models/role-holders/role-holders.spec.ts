import type { RecordedEvent } from '@app/kernel';
import type { GrantEvent } from '../../grant/grant.events.js';
import { capturerGranted, capturerRevoked } from '../../grant/grant.examples.js';
import { roleHolders, rowsOf, type RoleHolder } from './role-holders.js';

const verifierGranted: GrantEvent = {
  type: 'RoleGranted',
  data: { role: 'verifier', basis: 'Appointment 2026/20', by: 'p-clerk' },
};
const listed = (...events: readonly GrantEvent[]): RoleHolder =>
  events.reduce<RoleHolder | undefined>((doc, event, index) => {
    const recorded = {
      ...event,
      revision: BigInt(index),
      stream: { category: 'grant', tenant: 'boston', id: 'p-vera' },
      metadata: { occurredAt: `2026-01-0${index + 1}T09:00:00Z` },
    } as unknown as RecordedEvent;
    return roleHolders.on[event.type]!(doc, recorded, 'boston/p-vera');
  }, undefined)!;

describe('the list of role holders', () => {
  it('shows each role with its basis, who granted it, and since when', () =>
    expect(rowsOf(listed(capturerGranted, verifierGranted))).toEqual([
      {
        agency: 'boston',
        person: 'p-vera',
        role: 'data-capturer',
        basis: 'Appointment 2026/14',
        by: 'p-clerk',
        since: '2026-01-01T09:00:00Z',
        revision: '1',
      },
      {
        agency: 'boston',
        person: 'p-vera',
        role: 'verifier',
        basis: 'Appointment 2026/20',
        by: 'p-clerk',
        since: '2026-01-02T09:00:00Z',
        revision: '1',
      },
    ]));
  it('shows one role only when it is asked for', () =>
    expect(rowsOf(listed(capturerGranted, verifierGranted), 'verifier')).toMatchObject([{ role: 'verifier' }]));
  it('leaves out a role from its revocation on', () =>
    expect(rowsOf(listed(capturerGranted, verifierGranted, capturerRevoked))).toMatchObject([
      { role: 'verifier', revision: '2' },
    ]));
});
