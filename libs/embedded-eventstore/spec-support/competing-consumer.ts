import type {
  EventStoreDBClient,
  PersistentSubscriptionToStream,
  PersistentSubscriptionToAll,
} from '@eventstore/db-client';
import type { SpecEvent } from './given.js';

type Answer = 'ack' | 'park' | 'retry' | 'skip' | 'stop' | 'nothing';
type Subscription = PersistentSubscriptionToStream<SpecEvent> | PersistentSubscriptionToAll;

/** Connects to a group, notes what is delivered as `1`, `1+1` when tried again, `>1` by a link, and answers each. */
export class CompetingConsumer {
  readonly seen: string[] = [];
  readonly ended: Promise<Error>;
  private readonly waiting: { count: number; resolve: () => void }[] = [];

  constructor(
    private readonly subscription: Subscription,
    private readonly answer: (value: number | string, retryCount: number) => Answer = () => 'ack',
  ) {
    this.ended = new Promise((resolve) => subscription.on('error', resolve));
    (subscription as PersistentSubscriptionToStream<SpecEvent>).on('data', (resolved) => {
      const { event, link, retryCount } = resolved;
      const { value } = event?.data ?? { value: 'nothing' };
      this.seen.push(`${link === undefined ? '' : '>'}${value}${retryCount > 0 ? `+${retryCount}` : ''}`);
      const decided = this.answer(value, retryCount);
      if (decided === 'ack') void this.subscription.ack(resolved);
      else if (decided !== 'nothing') void this.subscription.nack(decided, 'because', resolved);
      for (const { count, resolve } of this.waiting) if (this.seen.length >= count) resolve();
    });
  }

  static of(
    client: EventStoreDBClient,
    stream: string,
    group: string,
    answer?: (value: number | string, retryCount: number) => Answer,
    bufferSize = 10,
  ): CompetingConsumer {
    const options = { bufferSize };
    return new CompetingConsumer(client.subscribeToPersistentSubscriptionToStream(stream, group, options), answer);
  }

  async confirmed(): Promise<this> {
    await new Promise<void>((resolve) => this.subscription.once('confirmation', resolve));
    return this;
  }

  /** What was delivered, once there are so many deliveries. */
  async sees(count: number): Promise<string[]> {
    if (this.seen.length < count) await new Promise<void>((resolve) => this.waiting.push({ count, resolve }));
    return this.seen;
  }

  async leave(): Promise<void> {
    await this.subscription.unsubscribe();
  }
}

/** Waits until the server's answer is as wanted; answers of consumers travel by a call of their own. */
export async function eventually<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
  }
}
