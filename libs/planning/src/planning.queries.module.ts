import { Module } from '@nestjs/common';
import { ReadPlanEndpoint } from './plan/read-plan/read-plan.endpoint.js';
import { ReadInitiativeEndpoint } from './initiative/read-initiative/read-initiative.endpoint.js';
import { InitiativeBoardEndpoint } from './read-models/initiative-board/initiative-board.endpoint.js';
import { SolutionRankingEndpoint } from './read-models/solution-ranking/solution-ranking.endpoint.js';
import { GapAnalysisEndpoint } from './read-models/plan-book/gap-analysis.endpoint.js';
import { GoalProgressEndpoint } from './read-models/plan-book/goal-progress.endpoint.js';
import { Measures } from './read-models/plan-book/measures.js';
import { PlansAt } from './read-models/plan-book/plans-at.js';

@Module({
  controllers: [
    GoalProgressEndpoint,
    GapAnalysisEndpoint,
    ReadPlanEndpoint,
    SolutionRankingEndpoint,
    ReadInitiativeEndpoint,
    InitiativeBoardEndpoint,
  ],
  providers: [Measures, PlansAt],
})
export class PlanningQueriesModule {}
