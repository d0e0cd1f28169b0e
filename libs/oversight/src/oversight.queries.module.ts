import { Module } from '@nestjs/common';
import { HistoryEndpoint } from './history/history.endpoint.js';
import { AuditTrailEndpoint } from './read-models/audit-trail/audit-trail.endpoint.js';

@Module({ controllers: [AuditTrailEndpoint, HistoryEndpoint] })
export class OversightQueriesModule {}
