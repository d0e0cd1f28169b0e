import { Module } from '@nestjs/common';
import { OpenPlanCycleEndpoint, OpenPlanCycleHandler } from './plan/open-plan-cycle/open-plan-cycle.endpoint.js';
import {
  AppointTeamMemberEndpoint,
  AppointTeamMemberHandler,
} from './plan/appoint-team-member/appoint-team-member.endpoint.js';
import {
  RemoveTeamMemberEndpoint,
  RemoveTeamMemberHandler,
} from './plan/remove-team-member/remove-team-member.endpoint.js';
import {
  SelectKeyServiceEndpoint,
  SelectKeyServiceHandler,
} from './plan/select-key-service/select-key-service.endpoint.js';
import {
  RecordCurrentStandardEndpoint,
  RecordCurrentStandardHandler,
} from './plan/record-current-standard/record-current-standard.endpoint.js';
import {
  SetDesiredStandardEndpoint,
  SetDesiredStandardHandler,
} from './plan/set-desired-standard/set-desired-standard.endpoint.js';
import { IdentifyGapEndpoint, IdentifyGapHandler } from './plan/identify-gap/identify-gap.endpoint.js';
import { StateProblemEndpoint, StateProblemHandler } from './plan/state-problem/state-problem.endpoint.js';
import {
  StateProblemCausesEndpoint,
  StateProblemCausesHandler,
} from './plan/state-problem-causes/state-problem-causes.endpoint.js';
import { EndDiagnosisEndpoint, EndDiagnosisHandler } from './plan/end-diagnosis/end-diagnosis.endpoint.js';
import { SetGoalEndpoint, SetGoalHandler } from './plan/set-goal/set-goal.endpoint.js';
import { ChangeGoalEndpoint, ChangeGoalHandler } from './plan/change-goal/change-goal.endpoint.js';
import { RemoveGoalEndpoint, RemoveGoalHandler } from './plan/remove-goal/remove-goal.endpoint.js';
import { EndGoalSettingEndpoint, EndGoalSettingHandler } from './plan/end-goal-setting/end-goal-setting.endpoint.js';
import { RecordedFigures } from './plan/recorded-figures.js';
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
import { SubmitPlanEndpoint, SubmitPlanHandler } from './plan/submit-plan/submit-plan.endpoint.js';
import { ReturnPlanEndpoint, ReturnPlanHandler } from './plan/return-plan/return-plan.endpoint.js';
import { EndorsePlanEndpoint, EndorsePlanHandler } from './plan/endorse-plan/endorse-plan.endpoint.js';
import { ApprovePlanEndpoint, ApprovePlanHandler } from './plan/approve-plan/approve-plan.endpoint.js';
import { PublishPlanEndpoint, PublishPlanHandler } from './plan/publish-plan/publish-plan.endpoint.js';
import {
  FileProgressReportEndpoint,
  FileProgressReportHandler,
} from './plan/file-progress-report/file-progress-report.endpoint.js';
import {
  VerifyProgressReportEndpoint,
  VerifyProgressReportHandler,
} from './plan/verify-progress-report/verify-progress-report.endpoint.js';
import {
  ReturnProgressReportEndpoint,
  ReturnProgressReportHandler,
} from './plan/return-progress-report/return-progress-report.endpoint.js';
import {
  ApprovePlanRevisionEndpoint,
  ApprovePlanRevisionHandler,
} from './plan/approve-plan-revision/approve-plan-revision.endpoint.js';
import {
  RejectPlanRevisionEndpoint,
  RejectPlanRevisionHandler,
} from './plan/reject-plan-revision/reject-plan-revision.endpoint.js';
import {
  PublishPlanRevisionEndpoint,
  PublishPlanRevisionHandler,
} from './plan/publish-plan-revision/publish-plan-revision.endpoint.js';
import { ClosePlanCycleEndpoint, ClosePlanCycleHandler } from './plan/close-plan-cycle/close-plan-cycle.endpoint.js';
import {
  CarryGoalForwardEndpoint,
  CarryGoalForwardHandler,
} from './plan/carry-goal-forward/carry-goal-forward.endpoint.js';
import {
  ProposePlanRevisionEndpoint,
  ProposePlanRevisionHandler,
} from './plan/propose-plan-revision/propose-plan-revision.endpoint.js';
import { EvaluatePlanEndpoint, EvaluatePlanHandler } from './plan/evaluate-plan/evaluate-plan.endpoint.js';
import {
  StartInitiativeEndpoint,
  StartInitiativeHandler,
} from './initiative/start-initiative/start-initiative.endpoint.js';
import { PlanMilestoneEndpoint, PlanMilestoneHandler } from './initiative/plan-milestone/plan-milestone.endpoint.js';
import {
  RescheduleMilestoneEndpoint,
  RescheduleMilestoneHandler,
} from './initiative/reschedule-milestone/reschedule-milestone.endpoint.js';
import {
  ReachMilestoneEndpoint,
  ReachMilestoneHandler,
} from './initiative/reach-milestone/reach-milestone.endpoint.js';
import { MissMilestoneEndpoint, MissMilestoneHandler } from './initiative/miss-milestone/miss-milestone.endpoint.js';
import {
  ReportProgressEndpoint,
  ReportProgressHandler,
} from './initiative/report-progress/report-progress.endpoint.js';
import { RaiseBlockerEndpoint, RaiseBlockerHandler } from './initiative/raise-blocker/raise-blocker.endpoint.js';
import { ClearBlockerEndpoint, ClearBlockerHandler } from './initiative/clear-blocker/clear-blocker.endpoint.js';
import {
  ChangeInitiativeOwnerEndpoint,
  ChangeInitiativeOwnerHandler,
} from './initiative/change-initiative-owner/change-initiative-owner.endpoint.js';
import {
  CompleteInitiativeEndpoint,
  CompleteInitiativeHandler,
} from './initiative/complete-initiative/complete-initiative.endpoint.js';
import {
  CancelInitiativeEndpoint,
  CancelInitiativeHandler,
} from './initiative/cancel-initiative/cancel-initiative.endpoint.js';

@Module({
  controllers: [
    ProposePlanRevisionEndpoint,
    EvaluatePlanEndpoint,
    OpenPlanCycleEndpoint,
    AppointTeamMemberEndpoint,
    RemoveTeamMemberEndpoint,
    SelectKeyServiceEndpoint,
    RecordCurrentStandardEndpoint,
    SetDesiredStandardEndpoint,
    IdentifyGapEndpoint,
    StateProblemEndpoint,
    StateProblemCausesEndpoint,
    EndDiagnosisEndpoint,
    SetGoalEndpoint,
    ChangeGoalEndpoint,
    RemoveGoalEndpoint,
    EndGoalSettingEndpoint,
    SubmitPlanEndpoint,
    ReturnPlanEndpoint,
    EndorsePlanEndpoint,
    ApprovePlanEndpoint,
    PublishPlanEndpoint,
    FileProgressReportEndpoint,
    VerifyProgressReportEndpoint,
    ReturnProgressReportEndpoint,
    ApprovePlanRevisionEndpoint,
    RejectPlanRevisionEndpoint,
    PublishPlanRevisionEndpoint,
    ClosePlanCycleEndpoint,
    CarryGoalForwardEndpoint,
    RecordPublishedPlanEndpoint,
    RecordPublishedGoalEndpoint,
    RecordSuccessorEndpoint,
    ProposeSolutionEndpoint,
    ScoreSolutionEndpoint,
    RankPrioritiesEndpoint,
    SelectSolutionEndpoint,
    RejectSolutionEndpoint,
    NameSolutionOwnerEndpoint,
    StartInitiativeEndpoint,
    PlanMilestoneEndpoint,
    RescheduleMilestoneEndpoint,
    ReachMilestoneEndpoint,
    MissMilestoneEndpoint,
    ReportProgressEndpoint,
    RaiseBlockerEndpoint,
    ClearBlockerEndpoint,
    ChangeInitiativeOwnerEndpoint,
    CompleteInitiativeEndpoint,
    CancelInitiativeEndpoint,
  ],
  providers: [
    ProposePlanRevisionHandler,
    EvaluatePlanHandler,
    RecordedFigures,
    OpenPlanCycleHandler,
    AppointTeamMemberHandler,
    RemoveTeamMemberHandler,
    SelectKeyServiceHandler,
    RecordCurrentStandardHandler,
    SetDesiredStandardHandler,
    IdentifyGapHandler,
    StateProblemHandler,
    StateProblemCausesHandler,
    EndDiagnosisHandler,
    SetGoalHandler,
    ChangeGoalHandler,
    RemoveGoalHandler,
    EndGoalSettingHandler,
    SubmitPlanHandler,
    ReturnPlanHandler,
    EndorsePlanHandler,
    ApprovePlanHandler,
    PublishPlanHandler,
    FileProgressReportHandler,
    VerifyProgressReportHandler,
    ReturnProgressReportHandler,
    ApprovePlanRevisionHandler,
    RejectPlanRevisionHandler,
    PublishPlanRevisionHandler,
    ClosePlanCycleHandler,
    CarryGoalForwardHandler,
    RecordPublishedPlanHandler,
    RecordPublishedGoalHandler,
    RecordSuccessorHandler,
    ProposeSolutionHandler,
    ScoreSolutionHandler,
    RankPrioritiesHandler,
    SelectSolutionHandler,
    RejectSolutionHandler,
    NameSolutionOwnerHandler,
    StartInitiativeHandler,
    PlanMilestoneHandler,
    RescheduleMilestoneHandler,
    ReachMilestoneHandler,
    MissMilestoneHandler,
    ReportProgressHandler,
    RaiseBlockerHandler,
    ClearBlockerHandler,
    ChangeInitiativeOwnerHandler,
    CompleteInitiativeHandler,
    CancelInitiativeHandler,
  ],
})
export class PlanningCommandsModule {}
