import { AgreementsCommandsModule } from '@app/agreements';
import { ComplianceCommandsModule } from '@app/compliance';
import { DirectoryCommandsModule, GrantCommandsModule, GrantsModule } from '@app/directory';
import { EngagementCommandsModule } from '@app/engagement';
import { EventStoreModule } from '@app/event-store';
import { HttpModule, type AppSettings } from '@app/http';
import { IndicatorsCommandsModule } from '@app/indicators';
import { PersonalDataCommandsModule, PersonalDataModule } from '@app/personal-data';
import { PlanningCommandsModule } from '@app/planning';
import { ProjectionsModule } from '@app/projections';
import { Module, type DynamicModule } from '@nestjs/common';

/** Accepts commands. MongoDB keeps only the answers to requests with an Idempotency-Key. */
@Module({})
export class CommandApiModule {
  static with({ eventStoreUrl, mongoUrl, keys, tokens, logs }: AppSettings): DynamicModule {
    return {
      module: CommandApiModule,
      imports: [
        EventStoreModule.forRoot({ url: eventStoreUrl }),
        ProjectionsModule.forRoot({ mongoUrl, projections: [], run: false }),
        PersonalDataModule.forRoot(keys),
        HttpModule.forRoot({ tokens, logs }),
        GrantsModule,
        GrantCommandsModule,
        DirectoryCommandsModule,
        IndicatorsCommandsModule,
        AgreementsCommandsModule,
        ComplianceCommandsModule,
        EngagementCommandsModule,
        PersonalDataCommandsModule,
        PlanningCommandsModule,
      ],
    };
  }
}
