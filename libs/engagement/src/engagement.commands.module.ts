import { Module } from '@nestjs/common';
import { AnswerInputEndpoint, AnswerInputHandler } from './consultation/answer-input/answer-input.endpoint.js';
import {
  CloseConsultationEndpoint,
  CloseConsultationHandler,
} from './consultation/close-consultation/close-consultation.endpoint.js';
import {
  DeclareGroupUnreachableEndpoint,
  DeclareGroupUnreachableHandler,
} from './consultation/declare-group-unreachable/declare-group-unreachable.endpoint.js';
import {
  ExtendConsultationEndpoint,
  ExtendConsultationHandler,
} from './consultation/extend-consultation/extend-consultation.endpoint.js';
import {
  GrantCoverageWaiverEndpoint,
  GrantCoverageWaiverHandler,
} from './consultation/grant-coverage-waiver/grant-coverage-waiver.endpoint.js';
import { LinkAnswerEndpoint, LinkAnswerHandler } from './consultation/link-answer/link-answer.endpoint.js';
import { NameThemeEndpoint, NameThemeHandler } from './consultation/name-theme/name-theme.endpoint.js';
import {
  OpenConsultationEndpoint,
  OpenConsultationHandler,
} from './consultation/open-consultation/open-consultation.endpoint.js';
import {
  PlanConsultationEndpoint,
  PlanConsultationHandler,
} from './consultation/plan-consultation/plan-consultation.endpoint.js';
import {
  ProvideOpportunityEndpoint,
  ProvideOpportunityHandler,
} from './consultation/provide-opportunity/provide-opportunity.endpoint.js';
import {
  PublishResponseEndpoint,
  PublishResponseHandler,
} from './consultation/publish-response/publish-response.endpoint.js';
import { ModerateInputEndpoint, ModerateInputHandler } from './input/moderate-input/moderate-input.endpoint.js';
import {
  GatheredInputsEndpoint,
  SubmitInputEndpoint,
  SubmitInputHandler,
} from './input/submit-input/submit-input.endpoint.js';
import { ThemeInputEndpoint, ThemeInputHandler } from './input/theme-input/theme-input.endpoint.js';
import { WithdrawInputEndpoint, WithdrawInputHandler } from './input/withdraw-input/withdraw-input.endpoint.js';
import { InputDesk } from './input/input-desk.js';
import { ReadReceiptEndpoint } from './input/read-receipt/read-receipt.endpoint.js';
import { ReceiptHolder } from './input/receipt-holder.js';
import { CastVoteEndpoint, CastVoteHandler } from './ballot-box/cast-vote/cast-vote.endpoint.js';
import {
  RegisterParticipantEndpoint,
  RegisterParticipantHandler,
} from './ballot-box/register-participant/register-participant.endpoint.js';
import {
  RecordPastConsultationEndpoint,
  RecordPastConsultationHandler,
} from './consultation/record-past-consultation/record-past-consultation.endpoint.js';
import {
  ModerateStatementEndpoint,
  ModerateStatementHandler,
} from './statement/moderate-statement/moderate-statement.endpoint.js';
import {
  ProposeStatementEndpoint,
  ProposeStatementHandler,
} from './statement/propose-statement/propose-statement.endpoint.js';

@Module({
  controllers: [
    AnswerInputEndpoint,
    CloseConsultationEndpoint,
    DeclareGroupUnreachableEndpoint,
    ExtendConsultationEndpoint,
    GrantCoverageWaiverEndpoint,
    LinkAnswerEndpoint,
    NameThemeEndpoint,
    OpenConsultationEndpoint,
    PlanConsultationEndpoint,
    ProvideOpportunityEndpoint,
    PublishResponseEndpoint,
    ModerateInputEndpoint,
    SubmitInputEndpoint,
    GatheredInputsEndpoint,
    ThemeInputEndpoint,
    WithdrawInputEndpoint,
    ReadReceiptEndpoint,
    RecordPastConsultationEndpoint,
    ProposeStatementEndpoint,
    ModerateStatementEndpoint,
    RegisterParticipantEndpoint,
    CastVoteEndpoint,
  ],
  providers: [
    InputDesk,
    ReceiptHolder,
    AnswerInputHandler,
    CloseConsultationHandler,
    DeclareGroupUnreachableHandler,
    ExtendConsultationHandler,
    GrantCoverageWaiverHandler,
    LinkAnswerHandler,
    NameThemeHandler,
    OpenConsultationHandler,
    PlanConsultationHandler,
    ProvideOpportunityHandler,
    PublishResponseHandler,
    ModerateInputHandler,
    SubmitInputHandler,
    ThemeInputHandler,
    WithdrawInputHandler,
    RecordPastConsultationHandler,
    ProposeStatementHandler,
    ModerateStatementHandler,
    RegisterParticipantHandler,
    CastVoteHandler,
  ],
})
export class EngagementCommandsModule {}
