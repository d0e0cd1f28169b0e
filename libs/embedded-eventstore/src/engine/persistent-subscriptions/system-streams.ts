import { ANY } from '../../codec/append-requests.js';
import { recordData } from '../../codec/recorded-event.js';
import { newUuid } from '../../codec/uuid.js';
import type { Acknowledge } from '../../storage/batch.js';
import type { Engine, NewEvent } from '../engine.js';
import { firstReadable, META_PREFIX } from '../stream-state.js';

export const CONFIG_STREAM = '$persistentSubscriptionConfig';
export const checkpointStream = (key: string): string => `$persistentsubscription-${key}-checkpoint`;
export const parkedStream = (key: string): string => `$persistentsubscription-${key}-parked`;

/** Readable revisions of a stream, those that wait for the disk included: `first` up to, not including, `end`. */
export function revisionsOf(engine: Engine, name: string): { first: number; end: number } {
  const stream = engine.streams.find(name);
  if (stream === undefined || stream.last < 0 || stream.metadata.softDeleted || engine.streams.isTombstoned(stream))
    return { first: 0, end: 0 };
  const end = stream.last + 1;
  return { first: Math.min(Math.max(stream.positions.first, firstReadable(stream.metadata, stream.last)), end), end };
}

/** The data of a stream's last readable event. */
export function lastData(engine: Engine, name: string): string | undefined {
  const { first, end } = revisionsOf(engine, name);
  if (first === end) return undefined;
  const position = engine.streams.find(name)?.positions.at(end - 1);
  return position === undefined ? undefined : recordData(engine.log.read(position)).toString();
}

/**
 * Appends an event of the server's own and calls back when it is on the disk. An error says that it is not, and that
 * it never will be.
 */
export function write(engine: Engine, name: string, event: Omit<NewEvent, 'id'>, done: Acknowledge): void {
  try {
    const outcome = engine.append(name, ANY, [{ id: newUuid(), ...event }]);
    if (outcome.kind === 'written') engine.log.whenDurable(outcome.until, done);
    else done(new Error(`The system stream ${name} is deleted and takes no events.`));
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}

const NOTHING = Buffer.alloc(0);

export const jsonEvent = (type: string, data: string): Omit<NewEvent, 'id'> => ({
  type: Buffer.from(type),
  isJson: true,
  metadata: NOTHING,
  data: Buffer.from(data),
});

export function writeMetadata(engine: Engine, name: string, metadata: string, done: Acknowledge): void {
  write(engine, META_PREFIX + name, jsonEvent('$metadata', metadata), done);
}

/** Soft-deletes a stream that is there. */
export function deleteIfThere(engine: Engine, name: string): void {
  if (revisionsOf(engine, name).end > 0) engine.delete(name, ANY, false);
}
