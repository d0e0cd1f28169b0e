import { parentPort, workerData } from 'node:worker_threads';
import { EventLog } from '@app/event-store';
import type { Position } from '@app/kernel';
import { LocalEngine } from './local-engine.js';
import type { Projection } from './projection.js';
import { ReadModels } from './read-models.js';

/** What the thread is started with. */
export interface ThreadStores {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
}

export type EngineCall = 'start' | 'stop' | 'position' | 'waitFor' | 'rebuild' | 'parked' | 'retry' | 'skip';

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
  /** What the read models have; they may have more by now. */
  readonly applied: Position | undefined;
}

export type FromThread =
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: Error }
  | { readonly kind: 'state'; readonly state: EngineState };

const millisecondsBetweenStates = 100;

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(JSON.stringify(thrown)));

/** Keeps the read models in the worker thread that this is called in, for a ThreadedEngine outside it. */
export function keepReadModelsInThisThread(projections: readonly Projection[]): void {
  const { eventStoreUrl, mongoUrl } = workerData as ThreadStores;
  const log = EventLog.connect(eventStoreUrl);
  const readModels = new ReadModels(mongoUrl);
  const engine = new LocalEngine(log, readModels, projections);
  const tell = (message: FromThread): void => parentPort?.postMessage(message);
  const tellState = (): void => {
    const { failure, events, lag, parkedDocuments, applied } = engine;
    const reason = failure === undefined ? undefined : asError(failure).message;
    tell({ kind: 'state', state: { failure: reason, events, lag, parkedDocuments, applied } });
  };
  const calls: { readonly [Call in EngineCall]: LocalEngine[Call] } = {
    start: () => engine.start(),
    stop: () => engine.stop(),
    position: () => engine.position(),
    waitFor: (position, milliseconds) => engine.waitFor(position, milliseconds),
    rebuild: (...names) => engine.rebuild(...names),
    parked: () => engine.parked(),
    retry: (projection, document) => engine.retry(projection, document),
    skip: (projection, document) => engine.skip(projection, document),
  };
  const states = setInterval(tellState, millisecondsBetweenStates);
  parentPort?.on('message', ({ id, call, args }: ToThread) => {
    const work = calls[call] as (...given: readonly unknown[]) => Promise<unknown>;
    work(...args)
      .then(
        (result) => {
          tellState();
          tell({ kind: 'answer', id, result });
        },
        (error: unknown) => tell({ kind: 'refusal', id, error: asError(error) }),
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
