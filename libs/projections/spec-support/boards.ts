import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';
import { defineProjection, type Projection } from '../src/projection.js';

export const boardEvents = defineEvents({
  TallyCounted: { version: 1, schema: z.strictObject({ board: z.string(), points: z.int() }) },
  TallyCleared: { version: 1, schema: z.strictObject({ board: z.string() }) },
});
export type BoardEvent = EventOf<typeof boardEvents>;

export interface Board {
  readonly _id: string;
  readonly points: number;
  readonly counted: number;
}

/** A tally of so many points cannot be folded while it is poisonous. */
export const poison = { points: 666, isPoisonous: true };

export const boardsOf = (version = 1): Projection<Board> =>
  defineProjection<Board, BoardEvent>({
    name: 'boards',
    version,
    indexes: [{ key: { points: 1, _id: 1 } }],
    documentId: ({ data }) => data.board,
    on: {
      TallyCounted: (board, { data: { points } }, _id) => {
        if (points === poison.points && poison.isPoisonous) throw new Error('this tally is poison');
        return { _id, points: (board?.points ?? 0) + points * version, counted: (board?.counted ?? 0) + 1 };
      },
      TallyCleared: () => undefined,
    },
  });
export const boards = boardsOf();
export const tallies = defineProjection<{ _id: string; board: string }, BoardEvent>({
  name: 'tallies',
  version: 1,
  documentPerEvent: true,
  documentId: ({ streamName, revision }) => `${streamName}@${revision}`,
  on: { TallyCounted: (_doc, { data: { board } }, _id) => ({ _id, board }) },
});

export const counted = (board: string, points: number): BoardEvent => ({
  type: 'TallyCounted',
  data: { board, points },
});
export const cleared = (board: string): BoardEvent => ({ type: 'TallyCleared', data: { board } });

/** What the boards are, folded plainly. */
export function plainBoards(events: readonly BoardEvent[]): Map<string, Board> {
  const plain = new Map<string, Board>();
  for (const { type, data } of events) {
    const { points, counted: before } = plain.get(data.board) ?? { points: 0, counted: 0 };
    if (type === 'TallyCleared') plain.delete(data.board);
    else plain.set(data.board, { _id: data.board, points: points + data.points, counted: before + 1 });
  }
  return plain;
}
