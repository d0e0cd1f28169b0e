import { EventLog, StreamDecider } from '@app/event-store';
import { Metrics, Readiness } from '@app/http';
import { Clock } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { Module, type BeforeApplicationShutdown, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { ProcessEngine } from './engine/process-engine.js';
import { ProcessOperationsEndpoint } from './operations/process-operations.endpoint.js';
import { processList } from './process-list.js';

/** Runs every process, and has the doors of its operator. */
@Module({
  controllers: [ProcessOperationsEndpoint],
  providers: [
    {
      provide: ProcessEngine,
      useFactory: (log: EventLog, decider: StreamDecider, readModels: ReadModels, clock: Clock) =>
        new ProcessEngine(log, decider, readModels, clock, processList),
      inject: [EventLog, StreamDecider, ReadModels, Clock],
    },
  ],
  exports: [ProcessEngine],
})
export class ProcessesModule implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly engine: ProcessEngine,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.readiness.add({
      name: 'processes',
      check: async () => {
        if (this.engine.failure !== undefined) throw new Error('The processes stand still');
      },
    });
    this.metrics.gauge(
      'civic_parked_process_instances',
      'Process instances that wait because one of their steps failed',
      () => this.engine.parkedInstances,
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.engine.start();
  }

  /** Before the stores are closed: what was begun is finished first. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.engine.stop();
  }
}
