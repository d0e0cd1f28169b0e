import { AgreementsCommandsModule, AgreementsQueriesModule } from '@app/agreements';
import { ComplianceCommandsModule, ComplianceQueriesModule } from '@app/compliance';
import * as directory from '@app/directory';
import { EngagementCommandsModule, EngagementQueriesModule } from '@app/engagement';
import { EventStoreModule } from '@app/event-store';
import { HttpModule, type AppSettings } from '@app/http';
import { IndicatorsCommandsModule, IndicatorsQueriesModule } from '@app/indicators';
import { OversightOperationsModule, OversightQueriesModule } from '@app/oversight';
import { OverviewQueriesModule } from '@app/overview';
import * as personal from '@app/personal-data';
import { PlanningCommandsModule, PlanningQueriesModule } from '@app/planning';
import { ProcessesModule, ProcessesQueriesModule } from '@app/processes';
import { ProjectionsModule } from '@app/projections';
import { Module, type DynamicModule } from '@nestjs/common';
import { projections } from './projections.js';

export interface AllInOneSettings extends AppSettings {
  /** Module of the worker thread that keeps the read models; without it, this thread does. */
  readonly projectorThread?: URL;
}

/** All applications in one process. */
@Module({})
export class AllInOneModule {
  static with({ eventStoreUrl: url, mongoUrl, keys, tokens, logs, projectorThread }: AllInOneSettings): DynamicModule {
    const thread = projectorThread && { module: projectorThread, eventStoreUrl: url };
    const readModels = { mongoUrl, projections, run: true, ...(thread && { thread }) };
    const keyStore = personal.PersonalDataModule.forRoot(keys);
    const stores = [EventStoreModule.forRoot({ url }), ProjectionsModule.forRoot(readModels), keyStore];
    const people = [directory.GrantsModule, directory.GrantCommandsModule];
    const places = [directory.DirectoryCommandsModule, directory.DirectoryQueriesModule];
    const measures = [IndicatorsCommandsModule, IndicatorsQueriesModule];
    const promises = [AgreementsCommandsModule, AgreementsQueriesModule];
    const verdicts = [ComplianceCommandsModule, ComplianceQueriesModule];
    const voices = [EngagementCommandsModule, EngagementQueriesModule];
    const persons = [personal.PersonalDataCommandsModule, personal.PersonalDataQueriesModule];
    const plans = [PlanningCommandsModule, PlanningQueriesModule, ProcessesModule, ProcessesQueriesModule];
    const views = [OverviewQueriesModule, OversightQueriesModule, OversightOperationsModule];
    const doors = [people, places, measures, promises, verdicts, voices, persons, plans, views].flat();
    return { module: AllInOneModule, imports: [...stores, HttpModule.forRoot({ tokens, logs }), ...doors] };
  }
}
