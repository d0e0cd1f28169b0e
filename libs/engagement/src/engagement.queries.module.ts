import { Module } from '@nestjs/common';
import { ReadConsultationEndpoint } from './consultation/read-consultation/read-consultation.endpoint.js';
import { ReadResponseEndpoint } from './consultation/read-response/read-response.endpoint.js';
import { ReadInputEndpoint } from './input/read-input/read-input.endpoint.js';
import { ConsultationCoverageEndpoint } from './read-models/consultation-coverage/consultation-coverage.endpoint.js';
import { ConsultationsEndpoint } from './read-models/consultation-coverage/consultations.endpoint.js';
import { InputTraceabilityEndpoint } from './read-models/input-traceability/input-traceability.endpoint.js';
import { InputsAt } from './read-models/input-traceability/inputs-at.js';
import { InputsEndpoint } from './read-models/input-traceability/inputs.endpoint.js';
import { StatementSupportEndpoint } from './read-models/statement-support/statement-support.endpoint.js';
import { SupportAt } from './read-models/statement-support/support-at.js';
import { VotingDaysEndpoint } from './read-models/voting-days/voting-days.endpoint.js';
import { ReadBallotEndpoint } from './statement/read-ballot/read-ballot.endpoint.js';

@Module({
  controllers: [
    ReadConsultationEndpoint,
    ReadResponseEndpoint,
    ReadInputEndpoint,
    ConsultationsEndpoint,
    ConsultationCoverageEndpoint,
    InputsEndpoint,
    InputTraceabilityEndpoint,
    ReadBallotEndpoint,
    StatementSupportEndpoint,
    VotingDaysEndpoint,
  ],
  providers: [InputsAt, SupportAt],
})
export class EngagementQueriesModule {}
