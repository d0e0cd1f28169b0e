import { unhandled, type Aggregate } from '@app/kernel';
import { inputEvents, type InputEvent, type Moderation, type ReceivedInput } from './input.events.js';

type Received = ReceivedInput & {
  /** Absent until somebody has looked at it; the last one stands. */
  readonly moderation?: { readonly moderation: Moderation; readonly reason: string };
};

export type StandingInput = Received & { readonly status: 'received' };
export type WithdrawnInput = Received & { readonly status: 'withdrawn' };
export type InputState = { readonly status: 'none' } | StandingInput | WithdrawnInput;

/** One input has a stream of its own: a consultation may get very many. */
export const input: Aggregate<InputState, InputEvent> = {
  category: 'input',
  events: inputEvents,
  initial: { status: 'none' },
  evolve: (state, event) => {
    if (event.type === 'InputReceived') return { ...event.data, status: 'received' };
    if (state.status === 'none') return state;
    switch (event.type) {
      case 'InputModerated':
        return { ...state, moderation: event.data };
      case 'InputThemed':
        return { ...state, themeIds: event.data.themeIds };
      case 'InputWithdrawn':
        return { ...state, status: 'withdrawn' };
      default:
        return unhandled(event);
    }
  },
};

/** Neither name has a full stop in it. */
export const inputStreamId = (consultationId: string, inputId: string): string => `${consultationId}.${inputId}`;
