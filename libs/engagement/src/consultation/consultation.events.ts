import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

/** What the consultation informs. */
export const subjectKinds = ['plan', 'agreement', 'amendment'] as const;
/** How far the public shapes the decision: the spectrum of IAP2. */
export const participationLevels = ['inform', 'consult', 'involve', 'collaborate', 'empower'] as const;
export const consultationChannels = [
  'in-person',
  'home-visit',
  'online',
  'email',
  'telephone',
  'post',
  'radio',
  'other',
] as const;
/** What makes a channel usable for people whom its usual form shuts out. */
export const accessibleFormats = [
  'step-free',
  'sign-language',
  'easy-read',
  'large-print',
  'braille',
  'audio',
  'translation',
  'interpreter',
  'offline-form',
  'free-of-charge',
] as const;
export const dispositions = ['accepted', 'partly-accepted', 'rejected', 'out-of-scope'] as const;
export const linkKinds = ['problem', 'goal', 'clause'] as const;

const decimal = z.string();
/** RFC 3339 on the wall clock of the agency. */
const moment = z.string();

const requiredGroup = z.strictObject({
  groupId: z.string(),
  name: z.string(),
  /** The service that registers the group; absent for a group of the consultation's own. */
  serviceId: z.string().optional(),
  /** People of the group when the consultation was planned; above zero. */
  population: z.int(),
  /** Calendar day that the population is of. */
  asOf: z.string(),
  source: z.string(),
  /** Share of the group that must have had the opportunity: above 0, at most 1. */
  threshold: decimal,
});

const link = z.strictObject({
  kind: z.enum(linkKinds),
  /** Of a problem or goal. */
  plan: z.string().optional(),
  /** Of a clause. */
  agreement: z.string().optional(),
  id: z.string(),
});

/** Either the one input or every input of the theme. */
const answered = { inputId: z.string().optional(), themeId: z.string().optional() };

const groupCoverage = z.strictObject({
  groupId: z.string(),
  reached: z.int(),
  population: z.int(),
  /** Reached over population, at most 1; 30 digits at most. */
  coverage: decimal,
  threshold: decimal,
  /** Accessible channels that were open for the days that are asked for. */
  openChannels: z.array(z.enum(consultationChannels)),
  standing: z.enum(['covered', 'waived', 'uncovered']),
});

// These names and fields are what is stored: add a version, never change one.
export const consultationEvents = defineEvents({
  ConsultationPlanned: {
    version: 1,
    schema: z.strictObject({
      title: z.string(),
      subject: z.strictObject({ kind: z.enum(subjectKinds), id: z.string() }),
      level: z.enum(participationLevels),
      questions: z.array(z.string()),
      requiredGroups: z.array(requiredGroup),
      minOpenDays: z.int(),
      planner: z.string(),
    }),
  },
  /** It took place before this ledger, or elsewhere: votes and statements of it are recorded, nothing is decided on it. */
  PastConsultationRecorded: {
    version: 1,
    schema: z.strictObject({
      title: z.string(),
      subject: z.strictObject({ kind: z.enum(subjectKinds), id: z.string() }),
      level: z.enum(participationLevels),
      questions: z.array(z.string()),
      /** Ids of the groups that its participants were counted in. */
      groups: z.array(z.string()),
      openedAt: moment,
      closedAt: moment,
      /** Who published the record of it, where and under which licence. */
      source: z.string(),
      recordedBy: z.string(),
    }),
  },
  /** A second one opens it again after it was closed as inadequate. */
  ConsultationOpened: {
    version: 1,
    schema: z.strictObject({
      /** SHA-256 of what people are asked to look at, in hex. */
      materialsHash: z.string(),
      openedAt: moment,
      closesAt: moment,
    }),
  },
  ConsultationExtended: { version: 1, schema: z.strictObject({ closesAt: moment, reason: z.string() }) },
  OpportunityProvided: {
    version: 1,
    schema: z.strictObject({
      opportunityId: z.string(),
      groupId: z.string(),
      channel: z.enum(consultationChannels),
      accessibleFormats: z.array(z.enum(accessibleFormats)),
      /** People of the group who had the opportunity, whether they used it or not. */
      reached: z.int(),
      from: moment,
      to: moment,
      /** SHA-256 of what proves it, in hex. */
      evidenceHash: z.string(),
    }),
  },
  GroupUnreachableDeclared: { version: 1, schema: z.strictObject({ groupId: z.string(), reason: z.string() }) },
  CoverageWaiverGranted: {
    version: 1,
    schema: z.strictObject({ groupId: z.string(), reason: z.string(), grantedBy: z.string() }),
  },
  ThemeNamed: {
    version: 1,
    schema: z.strictObject({ themeId: z.string(), title: z.string() }),
  },
  ConsultationClosed: {
    version: 1,
    schema: z.strictObject({ closedAt: moment, adequate: z.boolean(), coverage: z.array(groupCoverage) }),
  },
  InputAnswered: {
    version: 1,
    schema: z.strictObject({
      ...answered,
      disposition: z.enum(dispositions),
      rationale: z.string(),
      linkedTo: z.array(link),
    }),
  },
  /** What an answer led to, where it became known later. */
  AnswerLinked: { version: 1, schema: z.strictObject({ ...answered, linkedTo: z.array(link) }) },
  ConsultationResponsePublished: {
    version: 1,
    schema: z.strictObject({
      youSaidWeDid: z.array(z.strictObject({ themeId: z.string(), youSaid: z.string(), weDid: z.string() })),
    }),
  },
});
export type ConsultationEvent = EventOf<typeof consultationEvents>;

export type SubjectKind = (typeof subjectKinds)[number];
export type ParticipationLevel = (typeof participationLevels)[number];
export type ConsultationChannel = (typeof consultationChannels)[number];
export type AccessibleFormat = (typeof accessibleFormats)[number];
export type Disposition = (typeof dispositions)[number];
export type RequiredGroup = Readonly<z.infer<typeof requiredGroup>>;
export type GroupCoverage = Readonly<z.infer<typeof groupCoverage>>;
export type AnswerLink = Readonly<z.infer<typeof link>>;
