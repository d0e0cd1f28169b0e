import { instantSeconds, unhandled, type Aggregate } from '@app/kernel';
import { Answers, type Answer } from './answers.js';
import {
  consultationEvents,
  type AccessibleFormat,
  type ConsultationChannel,
  type ConsultationEvent,
  type GroupCoverage,
  type ParticipationLevel,
  type RequiredGroup,
  type SubjectKind,
} from './consultation.events.js';

export { Answers, isAccepted, unlinkedAccepted, type Answer } from './answers.js';

export interface Opportunity {
  readonly opportunityId: string;
  readonly groupId: string;
  readonly channel: ConsultationChannel;
  readonly accessibleFormats: readonly AccessibleFormat[];
  readonly reached: number;
  readonly from: string;
  readonly to: string;
  readonly evidenceHash: string;
}

export interface Waiver {
  readonly groupId: string;
  readonly reason: string;
  readonly grantedBy: string;
}

export interface Theme {
  readonly themeId: string;
  readonly title: string;
}

export interface YouSaidWeDid {
  readonly themeId: string;
  readonly youSaid: string;
  readonly weDid: string;
}

export interface Consultation {
  readonly title: string;
  readonly subject: { readonly kind: SubjectKind; readonly id: string };
  readonly level: ParticipationLevel;
  readonly questions: readonly string[];
  readonly requiredGroups: readonly RequiredGroup[];
  readonly minOpenDays: number;
  readonly planner: string;
  readonly opportunities: readonly Opportunity[];
  readonly unreachable: readonly { readonly groupId: string; readonly reason: string }[];
  readonly waivers: readonly Waiver[];
  readonly themes: readonly Theme[];
  readonly answers: Answers;
}

/** When people could say something: half-open. */
export interface Opening {
  readonly from: string;
  /** Absent while it lasts. */
  readonly to?: string;
}

interface Opened extends Consultation {
  readonly materialsHash: string;
  /** Of the first opening, where there was a second one. */
  readonly openedAt: string;
  readonly closesAt: string;
  readonly openings: readonly Opening[];
}
interface Ended extends Opened {
  readonly closedAt: string;
  readonly adequate: boolean;
  readonly coverage: readonly GroupCoverage[];
}

export type PlannedConsultation = Consultation & { readonly status: 'planned' };
export type OpenConsultation = Opened & { readonly status: 'open' };
export type ClosedConsultation = Ended & { readonly status: 'closed' };
export type AnsweredConsultation = Ended & {
  readonly status: 'response-published';
  readonly youSaidWeDid: readonly YouSaidWeDid[];
};
/** Recorded long after: nothing can be done with it but to record its votes. */
export type PastConsultation = Ended & {
  readonly status: 'past';
  readonly groups: readonly string[];
  readonly source: string;
};
export type KnownConsultation =
  PlannedConsultation | OpenConsultation | ClosedConsultation | AnsweredConsultation | PastConsultation;
export type ConsultationState = { readonly status: 'unplanned' } | KnownConsultation;

export const consultation: Aggregate<ConsultationState, ConsultationEvent> = {
  category: 'consultation',
  events: consultationEvents,
  initial: { status: 'unplanned' },
  evolve: (state, event) => {
    if (event.type === 'ConsultationPlanned') return { ...event.data, ...nothingYet, status: 'planned' };
    if (event.type === 'PastConsultationRecorded') return past(event.data);
    return state.status === 'unplanned' ? state : evolvePlanned(state, event);
  },
  // Ten thousand inputs may be answered one by one.
  snapshot: { version: 2, every: 500, encode: (state) => state, decode },
};

type FirstEvent = Extract<ConsultationEvent, { type: 'ConsultationPlanned' | 'PastConsultationRecorded' }>;
type LaterEvent = Exclude<ConsultationEvent, FirstEvent>;

const nothingYet = {
  opportunities: [],
  unreachable: [],
  waivers: [],
  themes: [],
  answers: Answers.none,
} as const;

function decode(stored: object): ConsultationState {
  const state = stored as
    { readonly status: 'unplanned' } | (KnownConsultation & { readonly answers: readonly Answer[] });
  return state.status === 'unplanned' ? state : { ...state, answers: Answers.of(state.answers) };
}

function past(data: Extract<FirstEvent, { type: 'PastConsultationRecorded' }>['data']): PastConsultation {
  const { recordedBy, openedAt, closedAt, ...said } = data;
  return {
    ...nothingYet,
    ...said,
    status: 'past',
    requiredGroups: [],
    minOpenDays: 0,
    planner: recordedBy,
    materialsHash: '',
    openedAt,
    closesAt: closedAt,
    closedAt,
    openings: [{ from: openedAt, to: closedAt }],
    adequate: false,
    coverage: [],
  };
}

function evolvePlanned(state: KnownConsultation, event: LaterEvent): ConsultationState {
  switch (event.type) {
    case 'ConsultationOpened':
      return opened(state, event.data);
    case 'ConsultationExtended':
      return state.status === 'open' ? { ...state, closesAt: event.data.closesAt } : state;
    case 'OpportunityProvided':
      return { ...state, opportunities: [...state.opportunities, event.data] };
    case 'GroupUnreachableDeclared':
      return { ...state, unreachable: [...state.unreachable, event.data] };
    case 'CoverageWaiverGranted':
      return { ...state, waivers: [...state.waivers, event.data] };
    case 'ThemeNamed':
      return { ...state, themes: [...state.themes, event.data] };
    case 'ConsultationClosed':
      return state.status === 'open' ? closed(state, event.data) : state;
    case 'InputAnswered':
      return { ...state, answers: state.answers.with(event.data) };
    case 'AnswerLinked':
      return { ...state, answers: state.answers.linked(event.data, event.data.linkedTo) };
    case 'ConsultationResponsePublished':
      return state.status === 'closed' ? { ...state, ...event.data, status: 'response-published' } : state;
    default:
      return unhandled(event);
  }
}

function opened(
  state: KnownConsultation,
  { materialsHash, openedAt, closesAt }: { materialsHash: string; openedAt: string; closesAt: string },
): ConsultationState {
  const first = 'openedAt' in state ? state.openedAt : openedAt;
  const openings = [...('openings' in state ? state.openings : []), { from: openedAt }];
  return { ...consultationOf(state), status: 'open', materialsHash, openedAt: first, closesAt, openings };
}

function closed(
  state: OpenConsultation,
  ended: { closedAt: string; adequate: boolean; coverage: readonly GroupCoverage[] },
): ClosedConsultation {
  const { closedAt } = ended;
  const to = instantSeconds(closedAt) < instantSeconds(state.closesAt) ? closedAt : state.closesAt;
  const openings = state.openings.map((one) => ({ to, ...one }));
  return { ...state, ...ended, openings, status: 'closed' };
}

/** What stays when a consultation opens. */
const consultationOf = (state: KnownConsultation): Consultation => ({
  title: state.title,
  subject: state.subject,
  level: state.level,
  questions: state.questions,
  requiredGroups: state.requiredGroups,
  minOpenDays: state.minOpenDays,
  planner: state.planner,
  opportunities: state.opportunities,
  unreachable: state.unreachable,
  waivers: state.waivers,
  themes: state.themes,
  answers: state.answers,
});
