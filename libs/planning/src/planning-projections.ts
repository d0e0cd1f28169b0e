import type { Projection } from '@app/projections';
import { initiativeBoard } from './read-models/initiative-board/initiative-board.js';
import { solutionRanking } from './read-models/solution-ranking/solution-ranking.js';

export const planningProjections: readonly Projection[] = [solutionRanking, initiativeBoard];
