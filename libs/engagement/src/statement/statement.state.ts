import { unhandled, type Aggregate } from '@app/kernel';
import { statementEvents, type StatementEvent, type Verdict } from './statement.events.js';

export interface StatementStanding {
  readonly text: string;
  readonly author?: string;
  readonly verdict: Verdict;
  /** Absent until somebody has moderated it. */
  readonly moderatedAt?: string;
}

/** All statements of one consultation, by id. */
export type Statements = ReadonlyMap<string, StatementStanding>;

/** One stream per consultation: `statements-seattle/minimum-wage`. */
export const statements: Aggregate<Statements, StatementEvent> = {
  category: 'statements',
  events: statementEvents,
  initial: new Map(),
  evolve: (all, event) => {
    switch (event.type) {
      case 'StatementProposed': {
        const { statement, text, author } = event.data;
        const standing: StatementStanding = { text, ...(author === undefined ? {} : { author }), verdict: 'pending' };
        return new Map(all).set(statement, standing);
      }
      case 'StatementModerated': {
        const { statement, verdict, moderatedAt } = event.data;
        const before = all.get(statement);
        if (before === undefined) throw new Error(`statement ${statement} was never proposed`);
        return new Map(all).set(statement, { ...before, verdict, moderatedAt });
      }
      default:
        return unhandled(event);
    }
  },
};
