import { agreementsProjections } from '@app/agreements';
import { complianceProjections } from '@app/compliance';
import { GrantsModule, directoryProjections } from '@app/directory';
import { engagementProjections } from '@app/engagement';
import { EventStoreModule } from '@app/event-store';
import { HttpModule, type AppSettings } from '@app/http';
import { indicatorsProjections } from '@app/indicators';
import { OversightOperationsModule, oversightProjections } from '@app/oversight';
import { overviewProjections } from '@app/overview';
import { personalDataProjections } from '@app/personal-data';
import { planningProjections } from '@app/planning';
import { processesProjections } from '@app/processes';
import { ProjectionsModule } from '@app/projections';
import { Module, type DynamicModule } from '@nestjs/common';

const projections = [
  ...directoryProjections,
  ...indicatorsProjections,
  ...agreementsProjections,
  ...complianceProjections,
  ...engagementProjections,
  ...personalDataProjections,
  ...planningProjections,
  ...processesProjections,
  ...overviewProjections,
  ...oversightProjections,
];

/** Keeps every read model; its doors are health, metrics and those of the operator. */
@Module({})
export class ProjectorModule {
  static with({ eventStoreUrl: url, mongoUrl, tokens, logs }: AppSettings): DynamicModule {
    return {
      module: ProjectorModule,
      imports: [
        EventStoreModule.forRoot({ url }),
        ProjectionsModule.forRoot({ mongoUrl, projections, run: true }),
        HttpModule.forRoot({ tokens, logs }),
        GrantsModule,
        OversightOperationsModule,
      ],
    };
  }
}
