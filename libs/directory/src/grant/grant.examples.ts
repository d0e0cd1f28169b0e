import type { GrantEvent } from './grant.events.js';

export const capturing = { role: 'data-capturer', basis: 'Appointment 2026/14' };
export const capturerGranted: GrantEvent = { type: 'RoleGranted', data: { ...capturing, by: 'p-clerk' } };
export const capturerRevoked: GrantEvent = {
  type: 'RoleRevoked',
  data: { role: 'data-capturer', basis: 'Moved to another department', by: 'p-clerk' },
};
