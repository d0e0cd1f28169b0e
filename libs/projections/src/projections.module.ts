import { EventLog } from '@app/event-store';
import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ProjectionEngine } from './projection-engine.js';
import type { Projection } from './projection.js';
import { ReadModels } from './read-models.js';

export interface ProjectionsOptions {
  readonly mongoUrl: string;
  readonly projections: readonly Projection[];
  /** False where another process projects, and this one only answers questions. */
  readonly run: boolean;
}

const runs = Symbol('whether this process projects');

@Module({})
export class ProjectionsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly engine: ProjectionEngine,
    private readonly readModels: ReadModels,
    @Inject(runs) private readonly run: boolean,
  ) {}

  static forRoot({ mongoUrl, projections, run }: ProjectionsOptions): DynamicModule {
    return {
      module: ProjectionsModule,
      global: true,
      providers: [
        { provide: runs, useValue: run },
        { provide: ReadModels, useFactory: () => new ReadModels(mongoUrl) },
        {
          provide: ProjectionEngine,
          useFactory: (log: EventLog, readModels: ReadModels) => new ProjectionEngine(log, readModels, projections),
          inject: [EventLog, ReadModels],
        },
      ],
      exports: [ReadModels, ProjectionEngine],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.run) await this.engine.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.engine.stop();
    await this.readModels.close();
  }
}
