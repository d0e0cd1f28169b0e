import { AgreementsQueriesModule } from '@app/agreements';
import { ComplianceQueriesModule } from '@app/compliance';
import { DirectoryQueriesModule, GrantsModule } from '@app/directory';
import { EngagementQueriesModule } from '@app/engagement';
import { EventStoreModule } from '@app/event-store';
import { HttpModule, type AppSettings } from '@app/http';
import { IndicatorsQueriesModule } from '@app/indicators';
import { OversightQueriesModule } from '@app/oversight';
import { OverviewQueriesModule } from '@app/overview';
import { PersonalDataModule, PersonalDataQueriesModule } from '@app/personal-data';
import { PlanningQueriesModule } from '@app/planning';
import { ProcessesQueriesModule } from '@app/processes';
import { ProjectionsModule } from '@app/projections';
import { Module, type DynamicModule } from '@nestjs/common';
import { projections } from './projections.js';

/** Answers questions; no command has a handler here. */
@Module({})
export class QueryApiModule {
  static with({ eventStoreUrl: url, mongoUrl, keys, tokens, logs }: AppSettings): DynamicModule {
    const stores = [
      EventStoreModule.forRoot({ url }),
      ProjectionsModule.forRoot({ mongoUrl, projections, run: false }),
      PersonalDataModule.forRoot(keys),
    ];
    const contexts = [
      DirectoryQueriesModule,
      IndicatorsQueriesModule,
      AgreementsQueriesModule,
      ComplianceQueriesModule,
      EngagementQueriesModule,
      PersonalDataQueriesModule,
      PlanningQueriesModule,
    ];
    const views = [ProcessesQueriesModule, OverviewQueriesModule, OversightQueriesModule];
    return {
      module: QueryApiModule,
      imports: [...stores, HttpModule.forRoot({ tokens, logs }), GrantsModule, ...contexts, ...views],
    };
  }
}
