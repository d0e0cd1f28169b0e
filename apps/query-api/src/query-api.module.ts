import { AgreementsQueriesModule, agreementsProjections } from '@app/agreements';
import { ComplianceQueriesModule, complianceProjections } from '@app/compliance';
import { DirectoryQueriesModule, GrantsModule, directoryProjections } from '@app/directory';
import { EventStoreModule } from '@app/event-store';
import { HttpModule, type AppSettings } from '@app/http';
import { IndicatorsQueriesModule, indicatorsProjections } from '@app/indicators';
import { OversightQueriesModule, oversightProjections } from '@app/oversight';
import { OverviewQueriesModule, overviewProjections } from '@app/overview';
import { ProjectionsModule } from '@app/projections';
import { Module, type DynamicModule } from '@nestjs/common';

const projections = [
  ...directoryProjections,
  ...indicatorsProjections,
  ...agreementsProjections,
  ...complianceProjections,
  ...overviewProjections,
  ...oversightProjections,
];

/** Answers questions; no command has a handler here. */
@Module({})
export class QueryApiModule {
  static with({ eventStoreUrl: url, mongoUrl, tokens, logs }: AppSettings): DynamicModule {
    const stores = [
      EventStoreModule.forRoot({ url }),
      ProjectionsModule.forRoot({ mongoUrl, projections, run: false }),
    ];
    const contexts = [
      DirectoryQueriesModule,
      IndicatorsQueriesModule,
      AgreementsQueriesModule,
      ComplianceQueriesModule,
    ];
    const views = [OverviewQueriesModule, OversightQueriesModule];
    return {
      module: QueryApiModule,
      imports: [...stores, HttpModule.forRoot({ tokens, logs }), GrantsModule, ...contexts, ...views],
    };
  }
}
