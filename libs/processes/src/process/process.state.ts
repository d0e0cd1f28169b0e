import { unhandled, type Aggregate } from '@app/kernel';
import {
  processEvents,
  type Cause,
  type IssuedCommand,
  type ProcessEvent,
  type PublicNotice,
  type RequestedAction,
} from './process.events.js';

export interface SetTimer {
  /** RFC 3339. */
  readonly dueAt: string;
  readonly cause?: Cause | undefined;
}

export type Action = RequestedAction & { readonly outcome: 'open' | 'done' | 'withdrawn' | 'superseded' };

export type SentCommand = IssuedCommand &
  (
    | { readonly answer: 'awaited' }
    | { readonly answer: 'accepted'; readonly revision: string }
    | { readonly answer: 'refused'; readonly rule: string; readonly sentence: string }
  );

export type Notice = PublicNotice & { readonly stands: boolean };

/** One instance of a process: what it waits for, and what it has asked, sent and said so far, by name. */
export interface ProcessState {
  readonly timers: Readonly<Record<string, SetTimer>>;
  readonly actions: Readonly<Record<string, Action>>;
  readonly commands: Readonly<Record<string, SentCommand>>;
  readonly notices: Readonly<Record<string, Notice>>;
  readonly memory: Readonly<Record<string, string>>;
}

/** All processes share one kind of stream: `process-boston/ask-for-links-when-input-is-accepted/<key>`. */
export const processInstance: Aggregate<ProcessState, ProcessEvent> = {
  category: 'process',
  events: processEvents,
  initial: { timers: {}, actions: {}, commands: {}, notices: {}, memory: {} },
  evolve: (state, event) => {
    switch (event.type) {
      case 'TimerSet': {
        const { timer, dueAt, cause } = event.data;
        return { ...state, timers: { ...state.timers, [timer]: { dueAt, ...(cause && { cause }) } } };
      }
      case 'TimerElapsed':
      case 'TimerCancelled':
        return { ...state, timers: without(state.timers, event.data.timer) };
      case 'ActionRequested':
        return { ...state, actions: { ...state.actions, [event.data.action]: { ...event.data, outcome: 'open' } } };
      case 'ActionSettled': {
        const { action, outcome } = event.data;
        const asked = state.actions[action];
        return asked === undefined
          ? state
          : { ...state, actions: { ...state.actions, [action]: { ...asked, outcome } } };
      }
      case 'CommandIssued':
        return answered(state, { ...event.data, answer: 'awaited' });
      case 'CommandAccepted': {
        const { name, revision } = event.data;
        const issued = state.commands[name];
        return issued === undefined ? state : answered(state, { ...issued, answer: 'accepted', revision });
      }
      case 'CommandRefused': {
        const { name, rule, sentence } = event.data;
        const issued = state.commands[name];
        return issued === undefined ? state : answered(state, { ...issued, answer: 'refused', rule, sentence });
      }
      case 'PublicNoticeGiven':
        return { ...state, notices: { ...state.notices, [event.data.notice]: { ...event.data, stands: true } } };
      case 'PublicNoticeWithdrawn': {
        const given = state.notices[event.data.notice];
        return given === undefined
          ? state
          : { ...state, notices: { ...state.notices, [event.data.notice]: { ...given, stands: false } } };
      }
      case 'Remembered':
        return { ...state, memory: { ...state.memory, [event.data.name]: event.data.value } };
      case 'Forgotten':
        return { ...state, memory: without(state.memory, event.data.name) };
      default:
        return unhandled(event);
    }
  },
  // The process of an agency's breaches goes on for as long as the agency does.
  snapshot: { version: 1, every: 200, encode: (state) => state, decode: (stored) => stored as ProcessState },
};

const answered = (state: ProcessState, command: SentCommand): ProcessState => ({
  ...state,
  commands: { ...state.commands, [command.name]: command },
});

const without = <Value>(all: Readonly<Record<string, Value>>, name: string): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(all).filter(([one]) => one !== name));

/** Commands that were issued and have no answer yet, in the order in which they were issued. */
export const awaitedCommands = ({ commands }: ProcessState): readonly IssuedCommand[] =>
  Object.values(commands).flatMap((sent) => {
    if (sent.answer !== 'awaited') return [];
    const { answer: _answer, ...issued } = sent;
    return [issued];
  });

export const openActions = ({ actions }: ProcessState): readonly Action[] =>
  Object.values(actions).filter(({ outcome }) => outcome === 'open');

/** The earliest moment that a timer of the instance is due at, in UTC; undefined where none is set. */
export const nextDueAt = ({ timers }: ProcessState): string | undefined =>
  Object.values(timers)
    .map(({ dueAt }) => new Date(dueAt).toISOString())
    .sort()[0];

/** Timers that are due, the earliest first. */
export const dueTimers = ({ timers }: ProcessState, now: string): readonly string[] =>
  Object.entries(timers)
    .filter(([, { dueAt }]) => Date.parse(dueAt) <= Date.parse(now))
    .sort(([, one], [, other]) => Date.parse(one.dueAt) - Date.parse(other.dueAt))
    .map(([timer]) => timer);
