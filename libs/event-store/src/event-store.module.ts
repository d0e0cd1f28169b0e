import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { EventLog } from './event-log.js';
import { StreamDecider } from './stream-decider.js';

export interface EventStoreOptions {
  readonly url: string;
}

@Module({})
export class EventStoreModule implements OnApplicationShutdown {
  constructor(private readonly log: EventLog) {}

  static forRoot({ url }: EventStoreOptions): DynamicModule {
    return {
      module: EventStoreModule,
      global: true,
      providers: [
        { provide: EventLog, useFactory: () => EventLog.connect(url) },
        { provide: StreamDecider, useFactory: (log: EventLog) => new StreamDecider(log), inject: [EventLog] },
      ],
      exports: [EventLog, StreamDecider],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.log.close();
  }
}
