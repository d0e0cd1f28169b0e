import type { AgreementEvent, Consequence, Objective } from './agreement.events.js';
import { contentHash } from './content-hash.js';
import { agreement, type Party } from './agreement.state.js';
import type { IndicatorCard } from './objective.js';

/** Drafted by the clerk of `exampleMetadata`; each party is signed for by somebody else. */
export const author = 'p-clerk';
export const draft = {
  title: 'Street services',
  kind: 'SLA' as const,
  serviceIds: ['street-cleaning'],
  disputeWindowDays: 10,
};
export const provider: Party = {
  partyId: 'public-works',
  name: 'Public Works Department',
  role: 'provider',
  representatives: ['p-head'],
};
export const consumer: Party = {
  partyId: 'residents',
  name: 'Residents council',
  role: 'consumer',
  representatives: ['p-resident', 'p-head'],
};
export const onTimeCard: IndicatorCard = {
  direction: 'higher-is-better',
  dimensions: ['neighborhood'],
  reportingCycle: 'month',
  fiscalYearStart: 4,
  qualityDimension: 'Timeliness',
};
export const onTime: Objective = {
  objectiveId: 'on-time',
  title: 'Cases closed on time',
  indicatorId: 'on-time-percent',
  comparator: 'at-least',
  target: '99.9',
  minimumLevel: '99.8',
  tolerance: '0',
  window: 'month',
  weight: '1',
  perScopeFloor: { dimension: 'neighborhood', floor: '90' },
  severityBands: [
    { severity: 'Minor', from: '99.85', to: '99.9' },
    { severity: 'Serious', from: '99.8', to: '99.85' },
    { severity: 'Severe', to: '99.8' },
  ],
};
export const points: Omit<Consequence, 'kind'> = {
  objectiveId: 'on-time',
  points: [
    { severity: 'Minor', points: '1' },
    { severity: 'Serious', points: '2' },
    { severity: 'Severe', points: '3' },
  ],
  repeatMultiplier: '2',
  cap: '5',
};
export const review = { everyMonths: 12, firstReviewOn: '2012-07-01' };

export const drafted: AgreementEvent = { type: 'AgreementDrafted', data: { ...draft, author } };
export const providerAdded: AgreementEvent = { type: 'PartyAdded', data: { ...provider, representatives: ['p-head'] } };
export const consumerAdded: AgreementEvent = {
  type: 'PartyAdded',
  data: { ...consumer, representatives: ['p-resident', 'p-head'] },
};
export const onTimeAdded: AgreementEvent = { type: 'ObjectiveAdded', data: onTime };
export const pointsDefined: AgreementEvent = { type: 'ConsequenceDefined', data: { kind: 'ServicePoints', ...points } };
export const reviewSet: AgreementEvent = { type: 'ReviewScheduleSet', data: review };

export const complete = [drafted, providerAdded, consumerAdded, onTimeAdded, pointsDefined, reviewSet] as const;
const written = complete.reduce(agreement.evolve, agreement.initial);
export const hash = written.status === 'undrafted' ? '' : contentHash('boston', 'boston', 1, written.terms);

export const submitted: AgreementEvent = {
  type: 'DraftSubmittedForSignature',
  data: { version: 1, contentHash: hash },
};
export const providerSigned: AgreementEvent = {
  type: 'AgreementSigned',
  data: { partyId: 'public-works', signatory: 'p-head', contentHash: hash },
};
export const consumerSigned: AgreementEvent = {
  type: 'AgreementSigned',
  data: { partyId: 'residents', signatory: 'p-resident', contentHash: hash },
};
export const voided = (...parties: string[]): AgreementEvent => ({
  type: 'SignaturesVoided',
  data: { contentHash: hash, parties },
});
export const activated: AgreementEvent = {
  type: 'AgreementActivated',
  data: { version: 1, effectiveFrom: '2011-07-01', contentHash: hash },
};
export const awaiting = [...complete, submitted] as const;
export const signedByAll = [...awaiting, providerSigned, consumerSigned] as const;
export const active = [...signedByAll, activated] as const;
