import { Module } from '@nestjs/common';
import { ReadConsultationEndpoint } from './consultation/read-consultation/read-consultation.endpoint.js';
import { ReadInputEndpoint } from './input/read-input/read-input.endpoint.js';
import { StatementSupportEndpoint } from './read-models/statement-support/statement-support.endpoint.js';
import { SupportAt } from './read-models/statement-support/support-at.js';
import { VotingDaysEndpoint } from './read-models/voting-days/voting-days.endpoint.js';

@Module({
  controllers: [ReadConsultationEndpoint, ReadInputEndpoint, StatementSupportEndpoint, VotingDaysEndpoint],
  providers: [SupportAt],
})
export class EngagementQueriesModule {}
