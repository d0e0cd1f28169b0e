import { EventLog } from '@app/event-store';
import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LocalEngine } from './local-engine.js';
import { ProjectionEngine } from './projection-engine.js';
import type { Projection } from './projection.js';
import { ReadModels } from './read-models.js';
import { ThreadedEngine } from './threaded-engine.js';

export interface ProjectionsOptions {
  readonly mongoUrl: string;
  readonly projections: readonly Projection[];
  /** False where another process projects, and this one only answers questions. */
  readonly run: boolean;
  /** Projects in a worker thread, which loads `module`; without it, in this one. */
  readonly thread?: { readonly module: URL; readonly eventStoreUrl: string };
}

const runs = Symbol('whether this process projects');
const inThread = Symbol('whether the engine has a thread of its own');

@Module({})
export class ProjectionsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly engine: ProjectionEngine,
    private readonly readModels: ReadModels,
    @Inject(runs) private readonly run: boolean,
    @Inject(inThread) private readonly isInThread: boolean,
  ) {}

  /** Resolves when the engine follows the log; rejects with the reason why it cannot. */
  started: Promise<void> = Promise.resolve();

  static forRoot({ mongoUrl, projections, run, thread }: ProjectionsOptions): DynamicModule {
    return {
      module: ProjectionsModule,
      global: true,
      providers: [
        { provide: runs, useValue: run },
        { provide: inThread, useValue: thread !== undefined },
        { provide: ReadModels, useFactory: () => new ReadModels(mongoUrl) },
        {
          provide: ProjectionEngine,
          useFactory: (log: EventLog, readModels: ReadModels): ProjectionEngine =>
            thread === undefined
              ? new LocalEngine(log, readModels, projections)
              : new ThreadedEngine(
                  thread.module,
                  { eventStoreUrl: thread.eventStoreUrl, mongoUrl },
                  projections.map(({ name }) => name),
                ),
          inject: [EventLog, ReadModels],
        },
      ],
      exports: [ReadModels, ProjectionEngine],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.run) return;
    this.started = this.engine.start();
    // A thread takes seconds to load; until it follows, questions are answered from what the read models have.
    if (this.isInThread) this.started.catch(() => undefined);
    else await this.started;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.engine.stop();
    await this.readModels.close();
  }
}
