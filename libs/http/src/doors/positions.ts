import type { Position, RecordedEvent } from '@app/kernel';

/** A point of the past to load an aggregate at; empty means the present. */
export interface PointInLog {
  readonly revision?: bigint;
  readonly position?: Position;
  readonly recordedAt?: Date;
}

/** `commit-prepare`, both halves in decimal: what a log position looks like over HTTP. */
export const positionText = ({ commit, prepare }: Position): string => `${commit}-${prepare}`;

/** Reverse of {@link positionText}; one number stands for both halves. */
export function parsePosition(text: string): Position | undefined {
  const match = /^(\d{1,20})(?:-(\d{1,20}))?$/.exec(text);
  if (match === null) return undefined;
  return { commit: BigInt(match[1]!), prepare: BigInt(match[2] ?? match[1]!) };
}

export const comparePositions = (a: Position, b: Position): number =>
  a.commit < b.commit ? -1 : a.commit > b.commit ? 1 : a.prepare < b.prepare ? -1 : a.prepare > b.prepare ? 1 : 0;

export const isPast = ({ revision, position, recordedAt }: PointInLog): boolean =>
  revision !== undefined || position !== undefined || recordedAt !== undefined;

/** Not known yet at that point. */
export const isAfter = (event: RecordedEvent, { revision, position, recordedAt }: PointInLog): boolean =>
  (revision !== undefined && event.revision > revision) ||
  (position !== undefined && comparePositions(event.position, position) > 0) ||
  (recordedAt !== undefined && event.recordedAt > recordedAt);
