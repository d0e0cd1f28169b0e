import { unhandled, type Aggregate } from '@app/kernel';
import { erasureRegisterEvents, type ErasureRegisterEvent } from './erasure-register.events.js';

export interface DataSubject {
  readonly agency: string;
  readonly person: string;
}

export interface ListedErasure extends DataSubject {
  /** The key was shredded, which is recorded and proved. */
  readonly isConcluded: boolean;
}

/** Every erasure that was ever asked for, by `agency/person`. */
export type ErasureRegister = ReadonlyMap<string, ListedErasure>;

export const keyOf = ({ agency, person }: DataSubject): string => `${agency}/${person}`;

/** Whoever starts must know the erasures of all agencies: they are one stream. */
export const wholeInstallation = { tenant: '*', id: 'all' } as const;

export const erasureRegister: Aggregate<ErasureRegister, ErasureRegisterEvent> = {
  category: 'erasures',
  events: erasureRegisterEvents,
  initial: new Map(),
  evolve: (state, event) => {
    switch (event.type) {
      case 'ErasureListed':
        return new Map(state).set(keyOf(event.data), { ...event.data, isConcluded: false });
      case 'ErasureConcluded':
        return new Map(state).set(keyOf(event.data), { ...event.data, isConcluded: true });
      default:
        return unhandled(event);
    }
  },
};
