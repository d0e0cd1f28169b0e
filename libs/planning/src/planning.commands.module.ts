import { Module } from '@nestjs/common';
import { ProposeSolutionEndpoint, ProposeSolutionHandler } from './plan/propose-solution/propose-solution.endpoint.js';
import { ScoreSolutionEndpoint, ScoreSolutionHandler } from './plan/score-solution/score-solution.endpoint.js';
import { RankPrioritiesEndpoint, RankPrioritiesHandler } from './plan/rank-priorities/rank-priorities.endpoint.js';
import { SelectSolutionEndpoint, SelectSolutionHandler } from './plan/select-solution/select-solution.endpoint.js';
import { RejectSolutionEndpoint, RejectSolutionHandler } from './plan/reject-solution/reject-solution.endpoint.js';
import {
  NameSolutionOwnerEndpoint,
  NameSolutionOwnerHandler,
} from './plan/name-solution-owner/name-solution-owner.endpoint.js';
import {
  RecordPublishedGoalEndpoint,
  RecordPublishedGoalHandler,
} from './plan/record-published-goal/record-published-goal.endpoint.js';
import {
  RecordPublishedPlanEndpoint,
  RecordPublishedPlanHandler,
} from './plan/record-published-plan/record-published-plan.endpoint.js';
import { RecordSuccessorEndpoint, RecordSuccessorHandler } from './plan/record-successor/record-successor.endpoint.js';

@Module({
  controllers: [
    RecordPublishedPlanEndpoint,
    RecordPublishedGoalEndpoint,
    RecordSuccessorEndpoint,
    ProposeSolutionEndpoint,
    ScoreSolutionEndpoint,
    RankPrioritiesEndpoint,
    SelectSolutionEndpoint,
    RejectSolutionEndpoint,
    NameSolutionOwnerEndpoint,
  ],
  providers: [
    RecordPublishedPlanHandler,
    RecordPublishedGoalHandler,
    RecordSuccessorHandler,
    ProposeSolutionHandler,
    ScoreSolutionHandler,
    RankPrioritiesHandler,
    SelectSolutionHandler,
    RejectSolutionHandler,
    NameSolutionOwnerHandler,
  ],
})
export class PlanningCommandsModule {}
