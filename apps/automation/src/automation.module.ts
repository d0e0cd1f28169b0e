import { GrantsModule } from '@app/directory';
import { EventStoreModule } from '@app/event-store';
import { HttpModule, type AppSettings } from '@app/http';
import { ProcessesModule } from '@app/processes';
import { ProjectionsModule } from '@app/projections';
import { Module, type DynamicModule } from '@nestjs/common';

/** Runs the processes: hears events, issues commands. Its doors are health, metrics and those of the operator. */
@Module({})
export class AutomationModule {
  static with({ eventStoreUrl: url, mongoUrl, tokens, logs }: AppSettings): DynamicModule {
    return {
      module: AutomationModule,
      imports: [
        EventStoreModule.forRoot({ url }),
        ProjectionsModule.forRoot({ mongoUrl, projections: [], run: false }),
        HttpModule.forRoot({ tokens, logs }),
        GrantsModule,
        ProcessesModule,
      ],
    };
  }
}
