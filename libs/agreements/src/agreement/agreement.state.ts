import { unhandled, type Aggregate } from '@app/kernel';
import {
  agreementEvents,
  type AgreementEvent,
  type AgreementKind,
  type Consequence,
  type Objective,
  type PartyRole,
} from './agreement.events.js';

export interface Party {
  readonly partyId: string;
  readonly name: string;
  readonly role: PartyRole;
  /** Persons who may sign for it. They are part of what is signed, so every party sees who binds the others. */
  readonly representatives: readonly string[];
}

export interface Signature {
  readonly partyId: string;
  readonly signatory: string;
}

/** What is agreed: everything here but the author and the removed ids goes into the content hash. */
export interface Terms {
  readonly title: string;
  readonly kind: AgreementKind;
  readonly serviceIds: readonly string[];
  readonly disputeWindowDays: number;
  readonly parties: readonly Party[];
  readonly objectives: readonly Objective[];
  readonly consequences: readonly Consequence[];
  readonly reviewSchedule?: { readonly everyMonths: number; readonly firstReviewOn: string };
  readonly author: string;
  /** An id that was removed is not given again: figures of the past refer to it. */
  readonly removedObjectives: readonly string[];
}

interface Written {
  readonly version: number;
  readonly terms: Terms;
}
interface Submitted extends Written {
  readonly contentHash: string;
  readonly signatures: readonly Signature[];
}

export type Drafting = Written & { readonly status: 'drafting' };
export type AwaitingSignatures = Submitted & { readonly status: 'awaiting-signatures' };
export type Signed = Submitted & { readonly status: 'signed' };
export type Active = Submitted & { readonly status: 'active'; readonly effectiveFrom: string };
export type Editable = Drafting | AwaitingSignatures | Signed;
export type AgreementState = { readonly status: 'undrafted' } | Editable | Active;

export const agreement: Aggregate<AgreementState, AgreementEvent> = {
  category: 'agreement',
  events: agreementEvents,
  initial: { status: 'undrafted' },
  evolve: (state, event) => {
    if (event.type === 'AgreementDrafted')
      return {
        status: 'drafting',
        version: 1,
        terms: { ...event.data, parties: [], objectives: [], consequences: [], removedObjectives: [] },
      };
    return state.status === 'undrafted' ? state : evolveWritten(state, event);
  },
  // A draft that many parties work on for months has hundreds of events.
  snapshot: { version: 1, every: 50, encode: (state) => state, decode: (stored) => stored as AgreementState },
};

type LaterEvent = Exclude<AgreementEvent, { type: 'AgreementDrafted' }>;

function evolveWritten(state: Editable | Active, event: LaterEvent): AgreementState {
  const { terms } = state;
  const edited = (change: Partial<Terms>): AgreementState => ({ ...state, terms: { ...terms, ...change } });
  switch (event.type) {
    case 'PartyAdded':
      return edited({ parties: [...terms.parties, event.data] });
    case 'ObjectiveAdded':
      return edited({ objectives: [...terms.objectives, event.data] });
    case 'ObjectiveChanged':
      return edited({ objectives: replaced(terms.objectives, event.data) });
    case 'ObjectiveRemoved':
      return edited({
        objectives: without(terms.objectives, event.data.objectiveId),
        consequences: without(terms.consequences, event.data.objectiveId),
        removedObjectives: [...terms.removedObjectives, event.data.objectiveId],
      });
    case 'ConsequenceDefined':
      return edited({ consequences: [...without(terms.consequences, event.data.objectiveId), event.data] });
    case 'ReviewScheduleSet':
      return edited({ reviewSchedule: event.data });
    case 'DraftSubmittedForSignature':
      return { status: 'awaiting-signatures', terms, ...event.data, signatures: [] };
    case 'SignaturesVoided':
      return { status: 'drafting', version: state.version, terms };
    case 'AgreementSigned':
      return signed(state, event.data);
    case 'AgreementActivated':
      return 'contentHash' in state
        ? { ...state, status: 'active', effectiveFrom: event.data.effectiveFrom, version: event.data.version }
        : state;
    default:
      return unhandled(event);
  }
}

function signed(state: Editable | Active, { partyId, signatory }: Signature): AgreementState {
  if (state.status !== 'awaiting-signatures') return state;
  const signatures = [...state.signatures, { partyId, signatory }];
  const complete = state.terms.parties.every((party) => signatures.some((one) => one.partyId === party.partyId));
  return { ...state, status: complete ? 'signed' : 'awaiting-signatures', signatures };
}

interface OfObjective {
  readonly objectiveId: string;
}
const without = <T extends OfObjective>(all: readonly T[], objectiveId: string): readonly T[] =>
  all.filter((one) => one.objectiveId !== objectiveId);
const replaced = <T extends OfObjective>(all: readonly T[], next: T): readonly T[] =>
  all.map((one) => (one.objectiveId === next.objectiveId ? next : one));

/** The agreement as it binds on a local date of the agency, or undefined when it is not in force then. */
export const termsInForce = (state: AgreementState, date: string): Active | undefined =>
  state.status === 'active' && state.effectiveFrom <= date ? state : undefined;
