import { comparePositions, type PointInLog } from '@app/http';
import type { RecordedEvent } from '@app/kernel';

export const isPast = ({ revision, position, recordedAt }: PointInLog): boolean =>
  revision !== undefined || position !== undefined || recordedAt !== undefined;

/** Not known yet at that point. */
export const isAfter = (event: RecordedEvent, { revision, position, recordedAt }: PointInLog): boolean =>
  (revision !== undefined && event.revision > revision) ||
  (position !== undefined && comparePositions(event.position, position) > 0) ||
  (recordedAt !== undefined && event.recordedAt > recordedAt);
