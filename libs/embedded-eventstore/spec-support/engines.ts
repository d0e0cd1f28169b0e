import { ANY } from '../src/codec/append-requests.js';
import { recordData, recordStream } from '../src/codec/recorded-event.js';
import { newUuid } from '../src/codec/uuid.js';
import { Engine } from '../src/engine/engine.js';

/** So small that a few events fill a segment. */
export const SMALL_SEGMENT = 2000;

export const anEngine = (folder: string): Engine => new Engine(folder, undefined, { segmentBytes: SMALL_SEGMENT });

/** Appends one event and waits until it is durable; answers its position. */
export async function append(engine: Engine, stream: string, value: string, id = newUuid()): Promise<number> {
  const type = Buffer.from('T');
  const event = { id, type, isJson: true, metadata: Buffer.alloc(0), data: Buffer.from(value) };
  const outcome = engine.append(stream, ANY, [event]);
  if (outcome.kind !== 'written') throw new Error(`the append was answered with ${outcome.kind}`);
  await durable(engine, outcome.until);
  return outcome.until;
}

export async function durable(engine: Engine, position: number): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    engine.log.whenDurable(position, (error) => (error === undefined ? resolve() : reject(error))),
  );
  // Readers see an event a microtask after its acknowledgement.
  await Promise.resolve();
}

/** Every event of `$all` as `stream=data`, without those that every store begins with. */
export function everything({ log }: Engine): string[] {
  const values: string[] = [];
  for (let index = 0; index < log.events.length;) {
    const records = log.readPage(log.events, index, log.events.length);
    values.push(...records.map((record) => `${recordStream(record).toString()}=${recordData(record).toString()}`));
    index += records.length;
  }
  return values.filter((value) => !value.startsWith('$$$scavenges=') && !value.startsWith('$scavenges'));
}

/** What a reader of the stream gets. */
export function valuesOf(engine: Engine, name: string): string[] {
  const stream = engine.streams.find(name);
  if (stream === undefined) return [];
  const values: string[] = [];
  for (let revision = stream.firstVisible; revision < stream.visible; revision++)
    values.push(recordData(engine.log.read(stream.positions.at(revision))).toString());
  return values;
}
