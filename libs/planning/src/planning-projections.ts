import type { Projection } from '@app/projections';
import { approvals } from './read-models/approvals/approvals.js';
import { initiativeBoard } from './read-models/initiative-board/initiative-board.js';
import { planBook } from './read-models/plan-book/plan-book.js';
import { plans } from './read-models/plans/plans.js';
import { solutionRanking } from './read-models/solution-ranking/solution-ranking.js';

export const planningProjections: readonly Projection[] = [
  plans,
  approvals,
  planBook,
  solutionRanking,
  initiativeBoard,
];
