import { parentPort, workerData } from 'node:worker_threads';
import { EventLog } from '@app/event-store';
import { LocalEngine } from './local-engine.js';
import type { Projection } from './projection.js';
import { ReadModels } from './read-models.js';

/** What the thread is started with. */
export interface ThreadStores {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
}

export const engineCalls = ['start', 'stop', 'position', 'waitFor', 'rebuild', 'parked', 'retry', 'skip'] as const;
export type EngineCall = (typeof engineCalls)[number];

export interface ToThread {
  readonly id: number;
  readonly call: EngineCall;
  readonly args: readonly unknown[];
}

/** What can be asked of the engine without waiting. */
export interface EngineState {
  readonly failure: string | undefined;
  readonly events: number;
  readonly lag: number;
  readonly parkedDocuments: number;
}

export type FromThread =
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: Error }
  | { readonly kind: 'state'; readonly state: EngineState };

const millisecondsBetweenStates = 100;

/** Keeps the read models in the worker thread that this is called in, for a ThreadedEngine outside it. */
export function keepReadModelsInThisThread(projections: readonly Projection[]): void {
  const { eventStoreUrl, mongoUrl } = workerData as ThreadStores;
  const log = EventLog.connect(eventStoreUrl);
  const readModels = new ReadModels(mongoUrl);
  const engine = new LocalEngine(log, readModels, projections);
  const tell = (message: FromThread): void => parentPort?.postMessage(message);
  const tellState = (): void => {
    const { failure, events, lag, parkedDocuments } = engine;
    const reason = failure === undefined ? undefined : failure instanceof Error ? failure.message : String(failure);
    tell({ kind: 'state', state: { failure: reason, events, lag, parkedDocuments } });
  };
  const states = setInterval(tellState, millisecondsBetweenStates);
  parentPort?.on('message', ({ id, call, args }: ToThread) => {
    const work = engine[call] as (...given: readonly unknown[]) => Promise<unknown>;
    work
      .apply(engine, [...args])
      .then(
        (result) => {
          tellState();
          tell({ kind: 'answer', id, result });
        },
        (error: unknown) =>
          tell({ kind: 'refusal', id, error: error instanceof Error ? error : new Error(String(error)) }),
      )
      .finally(async () => {
        if (call !== 'stop') return;
        clearInterval(states);
        await readModels.close();
        await log.close();
        parentPort?.close();
      });
  });
}
