import { ANY } from '../codec/append-requests.js';
import { newUuid, uuidText } from '../codec/uuid.js';
import { forgetScavenge, interruptedScavenge, markScavenge } from '../storage/data-folder.js';
import type { Engine } from './engine.js';
import { planScavenge } from './scavenge-plan.js';

const SCAVENGES = '$scavenges';

interface Running {
  id: string;
  isStopped: boolean;
  finished: Promise<void>;
}

/**
 * Gives back the room of events that cannot be read any more, one scavenge at a time. What it does is told in the
 * stream `$scavenges-<id>`, to which `$scavenges` links.
 */
export class Scavenger {
  private running: Running | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly folder: string,
  ) {}

  /** The id of the scavenge that runs now. */
  get current(): string | undefined {
    return this.running?.id;
  }

  /** Resolves when no scavenge runs. */
  get idle(): Promise<void> {
    return this.running?.finished ?? Promise.resolve();
  }

  start(): string {
    const id = uuidText(newUuid());
    this.tell(id, '$scavengeStarted', {});
    this.link(id);
    markScavenge(this.folder, id);
    this.run(id);
    return id;
  }

  /** Goes on with a scavenge that the end of a process interrupted. */
  resume(): void {
    const id = interruptedScavenge(this.folder);
    if (id !== undefined) this.run(id);
  }

  /** Answers whether this scavenge ran. */
  stop(id: string): boolean {
    if (this.running?.id !== id) return false;
    this.running.isStopped = true;
    return true;
  }

  private run(id: string): void {
    const running: Running = { id, isStopped: false, finished: Promise.resolve() };
    running.finished = this.scavenge(running).finally(() => (this.running = undefined));
    this.running = running;
  }

  private async scavenge(running: Running): Promise<void> {
    const { log } = this.engine;
    const began = Date.now();
    try {
      log.sealNewest();
      await new Promise<void>((resolve, reject) =>
        log.whenDurable(log.addEmptyWrite(), (error) => (error === undefined ? resolve() : reject(error))),
      );
      await log.sealed();
      const doomed = await planScavenge(this.engine, log.sealedEnd);
      const spaceSaved = await log.scavenge({ doomed, isStopped: () => running.isStopped });
      // Closed before it was done: the next start goes on with it.
      if (log.isClosed) return;
      await this.ended(running.id, running.isStopped ? 'Stopped' : 'Success', began, { spaceSaved });
    } catch (error) {
      if (log.isClosed || log.failure !== undefined) return;
      await this.ended(running.id, 'Errored', began, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  /** It is only forgotten when its end is on the disk: after a crash between, the next start finds nothing left and tells it. */
  private async ended(id: string, result: string, began: number, more: Record<string, unknown>): Promise<void> {
    const timeTaken = new Date(Date.now() - began).toISOString().slice(11, 23);
    this.tell(id, '$scavengeCompleted', { result, timeTaken, ...more });
    const { log } = this.engine;
    await new Promise<void>((resolve) =>
      log.whenDurable(log.nextPosition - 1, (error) => {
        if (error === undefined) forgetScavenge(this.folder);
        resolve();
      }),
    );
  }

  private tell(id: string, type: string, data: Record<string, unknown>): void {
    this.append(`${SCAVENGES}-${id}`, type, true, JSON.stringify({ scavengeId: id, ...data }));
  }

  private link(id: string): void {
    this.append(SCAVENGES, '$>', false, `0@${SCAVENGES}-${id}`);
  }

  private append(stream: string, type: string, isJson: boolean, data: string): void {
    const event = {
      id: newUuid(),
      type: Buffer.from(type),
      isJson,
      metadata: Buffer.alloc(0),
      data: Buffer.from(data),
    };
    this.engine.append(stream, ANY, [event]);
  }
}
