import type { ServiceEvent } from './service.events.js';

export const water = {
  name: 'Water supply',
  type: 'infrastructure',
  scope: 'external' as const,
  channels: ['telephone' as const, 'online' as const],
  feeBearing: true,
  departmentId: 'public-works',
  owner: 'p-owner',
};
export const informal = {
  groupId: 'informal-settlement',
  name: 'Informal settlement',
  kind: 'households' as const,
  populationSize: 12_000,
  asOf: '2025-06-30',
  source: 'Census 2025',
  districtIds: ['allston', 'roxbury'],
  actualOrPotential: 'potential' as const,
};
export const recount = {
  groupId: 'informal-settlement',
  populationSize: 13_250,
  asOf: '2025-12-31',
  source: 'Household survey 2025',
};
export const distance = {
  groupId: 'informal-settlement',
  barrierId: 'distance',
  barrier: 'The nearest office is 14 km away',
  severity: 'high' as const,
};
export const officeOpened = {
  groupId: 'informal-settlement',
  barrierId: 'distance',
  how: 'A mobile office comes weekly',
};
export const review = { on: '2025-12-01', findings: 'Leaks are mended in 9 days, promised are 3' };
export const suspension = { reason: 'Reservoir under repair' };
export const resumption = { reason: 'Reservoir repaired' };
export const retirement = { reason: 'Handed over to the regional utility' };

export const waterRegistered: ServiceEvent = { type: 'ServiceRegistered', data: water };
export const nextOwnerAssigned: ServiceEvent = {
  type: 'ServiceOwnerAssigned',
  data: { person: 'p-next', from: '2026-02-01' },
};
export const informalIdentified: ServiceEvent = { type: 'ClientGroupIdentified', data: informal };
export const recounted: ServiceEvent = { type: 'ClientGroupPopulationRevised', data: recount };
export const distanceRecorded: ServiceEvent = { type: 'AccessBarrierRecorded', data: distance };
export const distanceRemoved: ServiceEvent = { type: 'AccessBarrierRemoved', data: officeOpened };
export const reviewed: ServiceEvent = { type: 'ServiceReviewed', data: review };
export const suspended: ServiceEvent = { type: 'ServiceSuspended', data: suspension };
export const resumed: ServiceEvent = { type: 'ServiceResumed', data: resumption };
export const retired: ServiceEvent = { type: 'ServiceRetired', data: retirement };
