import { Module } from '@nestjs/common';
import { StatementSupportEndpoint } from './read-models/statement-support/statement-support.endpoint.js';
import { SupportAt } from './read-models/statement-support/support-at.js';
import { VotingDaysEndpoint } from './read-models/voting-days/voting-days.endpoint.js';

@Module({ controllers: [StatementSupportEndpoint, VotingDaysEndpoint], providers: [SupportAt] })
export class EngagementQueriesModule {}
