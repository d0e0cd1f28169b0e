import type { GroupSettings } from '../src/codec/group-requests.js';
import type { Consumer, Outlet } from '../src/engine/persistent-subscriptions/consumer.js';
import { Group } from '../src/engine/persistent-subscriptions/group.js';
import { Message } from '../src/engine/persistent-subscriptions/message.js';

export const someSettings = (changes: Partial<GroupSettings> = {}): GroupSettings => ({
  resolveLinks: false,
  extraStatistics: false,
  messageTimeout: 30_000,
  maxRetryCount: 10,
  checkpointAfter: 2000,
  minCheckpointCount: 10,
  maxCheckpointCount: 1000,
  maxSubscriberCount: 0,
  liveBufferSize: 500,
  readBatchSize: 20,
  historyBufferSize: 500,
  strategy: 'RoundRobin',
  ...changes,
});

/** A consumer that writes down what it is given, as `a` or, tried again, `a+1`. */
class Notes implements Outlet {
  isReady = true;
  readonly seen: string[] = [];

  joined(): void {
    this.seen.push('joined');
  }

  deliver({ id, retryCount }: Message): void {
    this.seen.push(retryCount === 0 ? id : `${id}+${retryCount}`);
  }

  drop(error?: Error): void {
    this.seen.push(error === undefined ? 'dropped' : `dropped: ${error.message}`);
  }
}

/** A group fed by hand. Events are single letters, and what it wants done outside is written down. */
export class GroupByHand {
  now = 0;
  readonly checkpoints: number[] = [];
  readonly parked: string[] = [];
  readonly replayed: string[] = [];
  /** Letters of events that are in the log no longer. */
  gone = '';
  /** What becomes of parking; undefined leaves it open. */
  parking: boolean | undefined = true;
  readonly group: Group;
  /** Ends the parking that was left open. */
  endParking: (parked: boolean) => void = () => {};
  private position = 0;

  constructor(changes: Partial<GroupSettings> = {}, checkpoint?: number) {
    const port = {
      checkpoint: (position: number): void => void this.checkpoints.push(position),
      park: (message: Message, reason: string, done: (parked: boolean) => void): void => {
        this.parked.push(`${message.id}: ${reason}`);
        this.endParking = done;
        if (this.parking !== undefined) done(this.parking);
      },
      replayed: (message: Message): void => void this.replayed.push(message.id),
      isGone: ({ id }: Message): boolean => this.gone.includes(id),
    };
    this.group = new Group(someSettings(changes), checkpoint, port, () => this.now);
    this.position = checkpoint === undefined ? 0 : checkpoint + 1;
  }

  consumer(bufferSize = 100): Notes & { consumer: Consumer } {
    const notes = new Notes();
    const consumer = this.group.connect(notes, { username: 'somebody', connectionName: 'spec', bufferSize });
    notes.seen.length = 0;
    return Object.assign(notes, { consumer });
  }

  /** Each letter is an event at the next position; `pin` is what pinned strategies look at. */
  events(letters: string, pin: (letter: string) => string = () => ''): void {
    for (const letter of letters) {
      this.group.arrive(new Message(letter, this.position, this.position, pin(letter), false, Buffer.from(letter)));
      this.position += 1;
    }
    this.group.pump();
  }

  /** Events that the filter does not let through. */
  skipped(count: number): void {
    this.position += count;
    this.group.skip(this.position - 1, count);
  }

  replays(letters: string): void {
    for (const [number, letter] of [...letters].entries())
      this.group.replay(new Message(letter, number, number, '', true, undefined));
    this.group.pump();
  }

  ack(letters: string): void {
    this.group.acknowledge([...letters]);
  }

  tickAfter(ms: number): void {
    this.now += ms;
    this.group.tick();
  }
}
