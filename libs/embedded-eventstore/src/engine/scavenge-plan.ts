import { recordCreatedMs } from '../codec/recorded-event.js';
import type { Engine } from './engine.js';
import { hasAged, type StreamState } from './stream-state.js';

/** How many streams are looked at in one turn. */
const SLICE = 1000;
const PAGE = 500;

/**
 * What can go: events that no reader of their stream can see any more, and all but the tombstone of a tombstoned
 * stream. The last event of a stream stays, because it tells the stream's revision. Only a stream's lowest revisions go, so
 * that the others follow one another without a gap. Answers their positions, rising.
 */
export async function planScavenge(engine: Engine, end: number): Promise<Float64Array> {
  const doomed: number[] = [];
  let looked = 0;
  for (const stream of engine.streams.all()) {
    const bound = Math.min(boundOf(engine, stream), stream.positions.lowerBound(end));
    for (let revision = stream.positions.first; revision < bound; revision++)
      doomed.push(stream.positions.at(revision));
    looked += 1;
    if (looked % SLICE === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return Float64Array.from(doomed).sort();
}

function boundOf(engine: Engine, stream: StreamState): number {
  if (engine.streams.isTombstoneVisible(stream)) return stream.visible;
  const last = stream.visible - 1;
  if (stream.visibleMetadata.softDeleted) return last;
  return Math.min(last, firstFresh(engine, stream, stream.firstVisible));
}

/** The lowest revision from `from` on that is younger than $maxAge. */
function firstFresh({ log }: Engine, { positions, visible, visibleMetadata }: StreamState, from: number): number {
  if (visibleMetadata.maxAgeSeconds === undefined) return from;
  const now = Date.now();
  for (let revision = from; revision < visible;) {
    const records = log.readPage(positions, revision, Math.min(visible, revision + PAGE));
    const fresh = records.findIndex((record) => !hasAged(visibleMetadata, recordCreatedMs(record), now));
    if (fresh >= 0) return revision + fresh;
    revision += records.length;
  }
  return visible;
}
