import type { RecordedEvent } from '@app/kernel';
import { defineProjection } from '@app/projections';
import type { ProcessEvent } from '../../process/process.events.js';
import {
  awaitedCommands,
  nextDueAt,
  openActions,
  processInstance,
  type ProcessState,
} from '../../process/process.state.js';

/** One instance of a process as it stands. The engine finds here what is due, the operator what is going on. */
export interface RunningProcess {
  /** `boston/ask-for-links-when-input-is-accepted/<key>`. */
  readonly _id: string;
  readonly agency: string;
  readonly process: string;
  readonly key: string;
  readonly state: ProcessState;
  /** UTC: of its earliest timer; the epoch while a command waits to be sent; absent while nothing is to be done. */
  readonly wakeAt?: string;
  readonly revision: string;
  readonly updatedAt: string;
}

const atOnce = '1970-01-01T00:00:00.000Z';

function fold(doc: RunningProcess | undefined, event: RecordedEvent<ProcessEvent>, _id: string): RunningProcess {
  const state = processInstance.evolve(doc?.state ?? processInstance.initial, event as ProcessEvent);
  const { tenant, id } = event.stream;
  const wakeAt = awaitedCommands(state).length > 0 ? atOnce : nextDueAt(state);
  const slash = id.indexOf('/');
  return {
    _id,
    agency: tenant,
    process: id.slice(0, slash),
    key: id.slice(slash + 1),
    state,
    ...(wakeAt === undefined ? {} : { wakeAt }),
    revision: event.revision.toString(),
    updatedAt: event.metadata.occurredAt,
  };
}

export const processes = defineProjection<RunningProcess, ProcessEvent>({
  name: 'processes',
  version: 1,
  indexes: [
    { key: { wakeAt: 1, _id: 1 } },
    { key: { agency: 1, _id: 1 } },
    { key: { agency: 1, process: 1, _id: 1 } },
    { key: { process: 1, _id: 1 } },
  ],
  documentId: ({ stream }) => `${stream.tenant}/${stream.id}`,
  on: {
    TimerSet: fold,
    TimerElapsed: fold,
    TimerCancelled: fold,
    ActionRequested: fold,
    ActionSettled: fold,
    CommandIssued: fold,
    CommandAccepted: fold,
    CommandRefused: fold,
    PublicNoticeGiven: fold,
    PublicNoticeWithdrawn: fold,
    Remembered: fold,
    Forgotten: fold,
  },
});

export interface ProcessRow {
  readonly agency: string;
  readonly process: string;
  readonly key: string;
  /** null: it waits for an event. */
  readonly wakeAt: string | null;
  readonly openActions: number;
  readonly awaitedCommands: number;
  readonly refusedCommands: number;
  readonly revision: string;
  readonly updatedAt: string;
}

export const rowOf = ({ agency, process, key, state, wakeAt, revision, updatedAt }: RunningProcess): ProcessRow => ({
  agency,
  process,
  key,
  wakeAt: wakeAt ?? null,
  openActions: openActions(state).length,
  awaitedCommands: awaitedCommands(state).length,
  refusedCommands: Object.values(state.commands).filter(({ answer }) => answer === 'refused').length,
  revision,
  updatedAt,
});

export const processColumns = (
  [
    'agency',
    'process',
    'key',
    'wakeAt',
    'openActions',
    'awaitedCommands',
    'refusedCommands',
    'revision',
    'updatedAt',
  ] as const
).map((name) => ({ name, of: (row: ProcessRow) => row[name] }));
