import { EventLog } from '@app/event-store';
import { Clock, SystemClock } from '@app/kernel';
import { ProjectionEngine, ReadModels } from '@app/projections';
import { Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { LedgerGuard } from './auth/ledger-guard.js';
import { Tokens, type TokenOptions } from './auth/tokens.js';
import { Commands } from './doors/commands.js';
import { ProblemFilter } from './problems/problem-filter.js';
import { ProblemsEndpoint } from './problems/problems.endpoint.js';
import { Answers } from './requests/answers.js';
import { ReadProgress } from './requests/freshness.js';
import { FirstAnswers } from './requests/first-answers.js';
import { RequestGuard } from './requests/request-guard.js';
import { FieldsPipe } from './requests/validation.js';
import { HealthEndpoint } from './service/health.endpoint.js';
import { Logs } from './service/logs.js';
import { Metrics } from './service/metrics.js';
import { EngineProgress, StoredAnswers } from './service/read-side.js';
import { Readiness } from './service/readiness.js';

export interface HttpOptions {
  readonly tokens: TokenOptions;
  readonly clock?: Clock;
  readonly logs?: Logs;
}

/** What every door shares. Needs EventStoreModule and ProjectionsModule, and a global provider of `Grants`. */
@Module({})
export class HttpModule implements OnModuleInit {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    private readonly log: EventLog,
    private readonly readModels: ReadModels,
    private readonly engine: ProjectionEngine,
  ) {}

  static forRoot({ tokens, clock = new SystemClock(), logs = new Logs() }: HttpOptions): DynamicModule {
    const shared = [Clock, Logs, Tokens, Commands, Metrics, Readiness, Answers, ReadProgress];
    return {
      module: HttpModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      controllers: [ProblemsEndpoint, HealthEndpoint],
      providers: [
        { provide: Clock, useValue: clock },
        { provide: Logs, useValue: logs },
        { provide: Tokens, useValue: new Tokens(tokens, clock) },
        { provide: Answers, useClass: StoredAnswers },
        { provide: ReadProgress, useClass: EngineProgress },
        Commands,
        Metrics,
        Readiness,
        { provide: APP_FILTER, useClass: ProblemFilter },
        FirstAnswers,
        // In this order: who asks, whether it was answered before, what the request says.
        { provide: APP_GUARD, useClass: LedgerGuard },
        { provide: APP_GUARD, useExisting: FirstAnswers },
        { provide: APP_GUARD, useClass: RequestGuard },
        { provide: APP_PIPE, useClass: FieldsPipe },
      ],
      exports: [...shared, CqrsModule],
    };
  }

  onModuleInit(): void {
    this.readiness.add(
      { name: 'event-store', check: () => this.log.ping() },
      {
        name: 'read-models',
        check: async () => {
          await this.readModels.db.command({ ping: 1 });
          if (this.engine.failure !== undefined) throw new Error('The projections stand still');
          return { lagSeconds: this.engine.lag };
        },
      },
    );
    this.metrics.gauge(
      'civic_projection_lag_seconds',
      'Age of the oldest event that a read model lacks',
      () => this.engine.lag,
    );
    this.metrics.gauge(
      'civic_projection_parked_documents',
      'Documents whose events wait because one of them could not be applied',
      () => this.engine.parkedDocuments,
    );
    this.metrics.gauge(
      'civic_projection_events',
      'Events applied since the start of the process',
      () => this.engine.events,
    );
  }
}
