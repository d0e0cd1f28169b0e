import type { DataSubjectEvent } from './data-subject.events.js';

export const asking = { legalGround: 'consent-withdrawn', reason: 'Letter 2026/17' } as const;
export const requested: DataSubjectEvent = { type: 'ErasureRequested', data: { ...asking, by: 'p-clerk' } };
export const declined: DataSubjectEvent = {
  type: 'ErasureDeclined',
  data: { reason: 'The letter is of somebody else', by: 'p-overseer' },
};
export const authority = 'Disposal authority 2026/3';
export const approved: DataSubjectEvent = { type: 'ErasureApproved', data: { authority, by: 'p-overseer' } };
export const holding = { holdId: 'appeal-2026-9', reason: 'Appeal 2026/9 is before the court' };
export const held: DataSubjectEvent = { type: 'LegalHoldPlaced', data: { ...holding, by: 'p-overseer' } };
export const lifting = { holdId: 'appeal-2026-9', reason: 'The appeal was decided' };
export const lifted: DataSubjectEvent = { type: 'LegalHoldLifted', data: { ...lifting, by: 'p-overseer' } };
export const shredded: DataSubjectEvent = { type: 'KeyShredded', data: { epoch: 3 } };
export const verified: DataSubjectEvent = { type: 'ErasureVerified', data: { answer: 'shredded' } };

export const overseer = {
  actor: { person: 'p-overseer', role: 'oversight', tenant: '*', grant: 'g-2', grantRevision: '0' },
};
