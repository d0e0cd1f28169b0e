import { unhandled, type Aggregate } from '@app/kernel';
import { dataSubjectEvents, type DataSubjectEvent, type LegalGround } from './data-subject.events.js';

export interface ErasureRequest {
  readonly legalGround: LegalGround;
  readonly reason: string;
  /** Digest of the person who asked. */
  readonly by: string;
}

export interface ErasureApproval {
  /** Disposal authority, decision or law that it rests on. */
  readonly authority: string;
  readonly by: string;
}

type Erasure =
  | { readonly status: 'standing'; readonly declined?: { readonly reason: string; readonly by: string } }
  | { readonly status: 'erasure-requested'; readonly request: ErasureRequest }
  | {
      /** `key-shredded`: it is not proved yet. */
      readonly status: 'erasure-approved' | 'key-shredded' | 'erased';
      readonly request: ErasureRequest;
      readonly approval: ErasureApproval;
    };

/** Somebody of whom personal data is kept, by an opaque id. */
export type DataSubjectState = Erasure & {
  /** Reasons of the legal holds that stand, by id. */
  readonly holds: ReadonlyMap<string, string>;
  readonly lifted: ReadonlyMap<string, string>;
};

export const dataSubject: Aggregate<DataSubjectState, DataSubjectEvent> = {
  category: 'subject',
  events: dataSubjectEvents,
  initial: { status: 'standing', holds: new Map(), lifted: new Map() },
  evolve: (state, event) => {
    const { holds, lifted } = state;
    switch (event.type) {
      case 'ErasureRequested':
        return { status: 'erasure-requested', request: event.data, holds, lifted };
      case 'ErasureDeclined':
        return { status: 'standing', declined: event.data, holds, lifted };
      case 'ErasureApproved':
        if (state.status === 'standing') return state;
        return { status: 'erasure-approved', request: state.request, approval: event.data, holds, lifted };
      case 'KeyShredded':
        return 'approval' in state ? { ...state, status: 'key-shredded' } : state;
      case 'ErasureVerified':
        return 'approval' in state ? { ...state, status: 'erased' } : state;
      case 'LegalHoldPlaced':
        return { ...state, holds: new Map(holds).set(event.data.holdId, event.data.reason) };
      case 'LegalHoldLifted': {
        const { holdId, reason } = event.data;
        const others = new Map([...holds].filter(([id]) => id !== holdId));
        return { ...state, holds: others, lifted: new Map(lifted).set(holdId, reason) };
      }
      default:
        return unhandled(event);
    }
  },
};
