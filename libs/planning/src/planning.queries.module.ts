import { Module } from '@nestjs/common';
import { ReadCompletenessEndpoint } from './plan/read-completeness/read-completeness.endpoint.js';
import { ReadHistoryEndpoint } from './plan/read-history/read-history.endpoint.js';
import { ReadRevisionsEndpoint } from './plan/read-revisions/read-revisions.endpoint.js';
import { ApprovalsAt } from './read-models/approvals/approvals-at.js';
import { ApprovalsEndpoint } from './read-models/approvals/approvals.endpoint.js';
import { ReadPlanEndpoint } from './plan/read-plan/read-plan.endpoint.js';
import { ReadInitiativeEndpoint } from './initiative/read-initiative/read-initiative.endpoint.js';
import { InitiativeBoardEndpoint } from './read-models/initiative-board/initiative-board.endpoint.js';
import { PlansEndpoint } from './read-models/plans/plans.endpoint.js';
import { SolutionRankingEndpoint } from './read-models/solution-ranking/solution-ranking.endpoint.js';
import { ListedAt } from './read-models/listed-at.js';
import { Books } from './read-models/plan-book/books.js';
import { DraftBookEndpoint } from './read-models/plan-book/draft-book.endpoint.js';
import { GapAnalysisEndpoint } from './read-models/plan-book/gap-analysis.endpoint.js';
import { GoalProgressEndpoint } from './read-models/plan-book/goal-progress.endpoint.js';
import { Measures } from './read-models/plan-book/measures.js';
import { PlanBookEndpoint } from './read-models/plan-book/plan-book.endpoint.js';
import { PlansAt } from './read-models/plan-book/plans-at.js';

@Module({
  controllers: [
    ReadCompletenessEndpoint,
    ReadHistoryEndpoint,
    ReadRevisionsEndpoint,
    ApprovalsEndpoint,
    GoalProgressEndpoint,
    GapAnalysisEndpoint,
    PlanBookEndpoint,
    DraftBookEndpoint,
    PlansEndpoint,
    ReadPlanEndpoint,
    SolutionRankingEndpoint,
    ReadInitiativeEndpoint,
    InitiativeBoardEndpoint,
  ],
  providers: [ApprovalsAt, Books, ListedAt, Measures, PlansAt],
})
export class PlanningQueriesModule {}
