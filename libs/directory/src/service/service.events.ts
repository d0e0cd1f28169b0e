import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

/** Who it is for: people outside, other public bodies, or the agency itself. */
export const serviceScopes = ['external', 'enterprise', 'internal'] as const;
export const channels = ['online', 'email', 'telephone', 'post', 'in-person', 'fax', 'other'] as const;
export const clientGroupKinds = ['persons', 'households', 'businesses', 'organisations', 'public-bodies'] as const;
/** Somebody who has a right to the service and does not use it yet belongs to a potential group. */
export const clientGroupUses = ['actual', 'potential'] as const;
export const barrierSeverities = ['low', 'medium', 'high'] as const;

const population = {
  /** How many belong to the group; above zero. */
  populationSize: z.int(),
  /** Calendar day that the size is of. */
  asOf: z.string(),
  /** Census, register or survey that it comes from. */
  source: z.string(),
};

// These names and fields are what is stored: add a version, never change one.
export const serviceEvents = defineEvents({
  ServiceRegistered: {
    version: 1,
    schema: z.strictObject({
      name: z.string(),
      /** The agency's own classification. */
      type: z.string(),
      scope: z.enum(serviceScopes),
      channels: z.array(z.enum(channels)),
      feeBearing: z.boolean(),
      departmentId: z.string().optional(),
      /** Digest of the person who answers for it from its registration on. */
      owner: z.string(),
    }),
  },
  ServiceOwnerAssigned: {
    version: 1,
    schema: z.strictObject({
      person: z.string(),
      /** First calendar day, in the agency's time zone. */
      from: z.string(),
    }),
  },
  ClientGroupIdentified: {
    version: 1,
    schema: z.strictObject({
      groupId: z.string(),
      name: z.string(),
      kind: z.enum(clientGroupKinds),
      ...population,
      /** None: the group is not bound to a district. */
      districtIds: z.array(z.string()),
      actualOrPotential: z.enum(clientGroupUses),
    }),
  },
  ClientGroupPopulationRevised: {
    version: 1,
    schema: z.strictObject({ groupId: z.string(), ...population }),
  },
  AccessBarrierRecorded: {
    version: 1,
    schema: z.strictObject({
      groupId: z.string(),
      barrierId: z.string(),
      barrier: z.string(),
      severity: z.enum(barrierSeverities),
    }),
  },
  AccessBarrierRemoved: {
    version: 1,
    schema: z.strictObject({ groupId: z.string(), barrierId: z.string(), how: z.string() }),
  },
  ServiceReviewed: { version: 1, schema: z.strictObject({ on: z.string(), findings: z.string() }) },
  ServiceSuspended: { version: 1, schema: z.strictObject({ reason: z.string() }) },
  ServiceResumed: { version: 1, schema: z.strictObject({ reason: z.string() }) },
  ServiceRetired: { version: 1, schema: z.strictObject({ reason: z.string() }) },
});
export type ServiceEvent = EventOf<typeof serviceEvents>;

export type ServiceScope = (typeof serviceScopes)[number];
export type Channel = (typeof channels)[number];
export type ClientGroupKind = (typeof clientGroupKinds)[number];
export type ClientGroupUse = (typeof clientGroupUses)[number];
export type BarrierSeverity = (typeof barrierSeverities)[number];
