import type { Projection } from '@app/projections';
import { initiativeBoard } from './read-models/initiative-board/initiative-board.js';
import { planBook } from './read-models/plan-book/plan-book.js';
import { solutionRanking } from './read-models/solution-ranking/solution-ranking.js';

export const planningProjections: readonly Projection[] = [planBook, solutionRanking, initiativeBoard];
