import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Position } from '@app/kernel';
import type { EngineCall, EngineState, FromThread, ThreadStores, ToThread } from './engine-thread.js';
import type { ParkedEvent } from './parked-events.js';
import { ProjectionEngine } from './projection-engine.js';

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (reason: Error) => void;
}

const idle: EngineState = { failure: undefined, events: 0, lag: 0, parkedDocuments: 0, applied: undefined };
const millisecondsUntilRestart = 1_000;

/** An engine in a worker thread: a busy service does not hold the read models up, nor they the service. */
export class ThreadedEngine extends ProjectionEngine {
  #worker: Worker | undefined;
  #state = idle;
  #calls = 0;
  #stopped = true;
  readonly #waiting = new Map<number, Waiting>();

  constructor(
    /** A module that calls `keepReadModelsInThisThread`. */
    private readonly module: URL,
    private readonly stores: ThreadStores,
    readonly names: readonly string[],
  ) {
    super();
  }

  get failure(): unknown {
    return this.#state.failure;
  }

  get events(): number {
    return this.#state.events;
  }

  get lag(): number {
    return this.#state.lag;
  }

  get parkedDocuments(): number {
    return this.#state.parkedDocuments;
  }

  start(): Promise<void> {
    this.#stopped = false;
    return this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const worker = this.#worker;
    if (worker === undefined) return;
    const exited = once(worker, 'exit');
    await this.#ask('stop');
    await exited;
  }

  /** As the thread told it last: a question does not wait for a thread that is busy with a batch. */
  async position(): Promise<Position | undefined> {
    const { applied } = this.#state;
    return this.#worker === undefined || applied === undefined ? this.#ask('position') : applied;
  }

  waitFor(position: Position, milliseconds: number): Promise<boolean> {
    return this.#ask('waitFor', position, milliseconds);
  }

  rebuild(...names: readonly string[]): Promise<void> {
    return this.#ask('rebuild', ...names);
  }

  parked(): Promise<ParkedEvent[]> {
    return this.#ask('parked');
  }

  retry(projection: string, document: string): Promise<number> {
    return this.#ask('retry', projection, document);
  }

  skip(projection: string, document: string): Promise<number> {
    return this.#ask('skip', projection, document);
  }

  #ask<Result>(call: EngineCall, ...args: readonly unknown[]): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#worker === undefined) {
        reject(new Error('The projector thread does not run.'));
        return;
      }
      const id = ++this.#calls;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, args } satisfies ToThread);
    });
  }

  #hear(message: FromThread): void {
    if (message.kind === 'state') {
      this.#state = message.state;
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'answer') waiting?.resolve(message.result as never);
    else waiting?.reject(message.error);
  }

  async #run(): Promise<void> {
    const worker = new Worker(this.module, { workerData: this.stores });
    this.#worker = worker;
    worker.on('message', (message: FromThread) => this.#hear(message));
    worker.on('error', (error) => this.#ended(worker, error));
    worker.on('exit', (code) => this.#ended(worker, new Error(`The projector thread ended with code ${code}.`)));
    try {
      await this.#ask('start');
    } catch (error) {
      if (worker === this.#worker) this.#worker = undefined;
      await worker.terminate();
      throw error;
    }
  }

  #ended(worker: Worker, reason: Error): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    if (!this.#stopped) this.#again(reason);
  }

  /** What it had not saved is read again: a new thread goes on from the checkpoint. */
  #again(reason: Error): void {
    this.#state = { ...this.#state, failure: reason.message };
    setTimeout(() => {
      if (!this.#stopped) this.#run().catch((error: Error) => this.#again(error));
    }, millisecondsUntilRestart).unref();
  }
}
