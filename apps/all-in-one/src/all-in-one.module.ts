import { AgreementsCommandsModule, AgreementsQueriesModule, agreementsProjections } from '@app/agreements';
import { ComplianceCommandsModule, ComplianceQueriesModule, complianceProjections } from '@app/compliance';
import * as directory from '@app/directory';
import { EventStoreModule } from '@app/event-store';
import { HttpModule, type AppSettings } from '@app/http';
import { IndicatorsCommandsModule, IndicatorsQueriesModule, indicatorsProjections } from '@app/indicators';
import { OversightOperationsModule, OversightQueriesModule, oversightProjections } from '@app/oversight';
import { OverviewQueriesModule, overviewProjections } from '@app/overview';
import { ProjectionsModule } from '@app/projections';
import { Module, type DynamicModule } from '@nestjs/common';

const projections = [
  ...directory.directoryProjections,
  ...indicatorsProjections,
  ...agreementsProjections,
  ...complianceProjections,
  ...overviewProjections,
  ...oversightProjections,
];

/** All applications in one process. */
@Module({})
export class AllInOneModule {
  static with({ eventStoreUrl: url, mongoUrl, tokens, logs }: AppSettings): DynamicModule {
    const stores = [EventStoreModule.forRoot({ url }), ProjectionsModule.forRoot({ mongoUrl, projections, run: true })];
    const people = [directory.GrantsModule, directory.GrantCommandsModule];
    const places = [directory.DirectoryCommandsModule, directory.DirectoryQueriesModule];
    const measures = [IndicatorsCommandsModule, IndicatorsQueriesModule];
    const promises = [AgreementsCommandsModule, AgreementsQueriesModule];
    const verdicts = [ComplianceCommandsModule, ComplianceQueriesModule];
    const views = [OverviewQueriesModule, OversightQueriesModule, OversightOperationsModule];
    const doors = [...people, ...places, ...measures, ...promises, ...verdicts, ...views];
    return { module: AllInOneModule, imports: [...stores, HttpModule.forRoot({ tokens, logs }), ...doors] };
  }
}
