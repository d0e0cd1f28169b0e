import type { RecordedEvent } from '@app/kernel';
import type { ProcessEvent } from '../../process/process.events.js';
import {
  accepted,
  issued,
  refused,
  reminded,
  reminderDone,
  timerElapsed,
  timerSet,
} from '../../process/process.examples.js';
import { processes, rowOf, type RunningProcess } from './processes.js';

const id = 'boston/remind-owner-when-progress-is-late/water-2026';

const shown = (...events: readonly ProcessEvent[]): RunningProcess =>
  events.reduce<RunningProcess | undefined>(
    (doc, event, index) =>
      processes.on[event.type]!(
        doc,
        {
          ...event,
          revision: BigInt(index),
          stream: { category: 'process', tenant: 'boston', id: 'remind-owner-when-progress-is-late/water-2026' },
          metadata: { occurredAt: '2026-04-01T09:00:00Z' },
        } as unknown as RecordedEvent,
        id,
      ),
    undefined,
  )!;

describe('the running processes', () => {
  it('are found by the earliest timer, in UTC', () => {
    expect(shown(timerSet).wakeAt).toBe('2026-04-15T04:00:00.000Z');
    expect(shown(timerSet, { type: 'TimerSet', data: { timer: 'other', dueAt: '2026-04-15T03:00:00Z' } }).wakeAt).toBe(
      '2026-04-15T03:00:00.000Z',
    );
    expect(shown(timerSet, timerElapsed).wakeAt).toBeUndefined();
  });
  it('are found at once while a command has no answer', () => {
    expect(shown(timerSet, issued).wakeAt).toBe('1970-01-01T00:00:00.000Z');
    expect(shown(issued, accepted).wakeAt).toBeUndefined();
  });
  it('count what is open, awaited and refused', () => {
    expect(rowOf(shown(reminded, issued))).toMatchObject({ openActions: 1, awaitedCommands: 1, refusedCommands: 0 });
    expect(rowOf(shown(reminded, reminderDone, issued, refused))).toMatchObject({
      agency: 'boston',
      process: 'remind-owner-when-progress-is-late',
      key: 'water-2026',
      openActions: 0,
      awaitedCommands: 0,
      refusedCommands: 1,
      revision: '3',
    });
  });
});
