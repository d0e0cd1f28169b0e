import { Module } from '@nestjs/common';
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
    RecordPastConsultationEndpoint,
    ProposeStatementEndpoint,
    ModerateStatementEndpoint,
    RegisterParticipantEndpoint,
    CastVoteEndpoint,
  ],
  providers: [
    RecordPastConsultationHandler,
    ProposeStatementHandler,
    ModerateStatementHandler,
    RegisterParticipantHandler,
    CastVoteHandler,
  ],
})
export class EngagementCommandsModule {}
