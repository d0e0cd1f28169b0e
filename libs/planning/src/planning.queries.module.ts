import { Module } from '@nestjs/common';
import { ReadPlanEndpoint } from './plan/read-plan/read-plan.endpoint.js';
import { ReadInitiativeEndpoint } from './initiative/read-initiative/read-initiative.endpoint.js';
import { InitiativeBoardEndpoint } from './read-models/initiative-board/initiative-board.endpoint.js';
import { SolutionRankingEndpoint } from './read-models/solution-ranking/solution-ranking.endpoint.js';

@Module({ controllers: [ReadPlanEndpoint, SolutionRankingEndpoint, ReadInitiativeEndpoint, InitiativeBoardEndpoint] })
export class PlanningQueriesModule {}
