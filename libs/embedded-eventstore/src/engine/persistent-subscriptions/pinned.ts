import { crc32 } from 'node:zlib';
import type { Consumer } from './consumer.js';
import type { Message } from './message.js';
import type { Choice, Strategy } from './strategy.js';

const BUCKETS = 1024;

/** Every pin falls into a bucket and every bucket belongs to one consumer, as long as that one stays. */
export class Pinned implements Strategy {
  private readonly owners: (Consumer | undefined)[] = new Array<Consumer | undefined>(BUCKETS).fill(undefined);
  private readonly inFlight = new Int32Array(BUCKETS);
  private readonly owned = new Map<Consumer, number>();

  /** Takes its share of the buckets from those who have more; idle buckets first. */
  join(consumer: Consumer): void {
    this.owned.set(consumer, 0);
    const total = this.owners.filter((owner) => owner !== undefined).length;
    const share = Math.ceil(total / this.owned.size);
    for (const [owner, count] of [...this.owned])
      for (const bucket of this.bucketsOf(owner).slice(0, Math.max(0, count - share))) this.assign(bucket, consumer);
  }

  private bucketsOf(owner: Consumer): number[] {
    const buckets = [...this.owners.keys()].filter((bucket) => this.owners[bucket] === owner);
    return buckets.sort((a, b) => (this.inFlight[a] as number) - (this.inFlight[b] as number));
  }

  private assign(bucket: number, consumer: Consumer): void {
    const before = this.owners[bucket];
    if (before !== undefined) this.owned.set(before, (this.owned.get(before) as number) - 1);
    this.owners[bucket] = consumer;
    this.inFlight[bucket] = 0;
    this.owned.set(consumer, (this.owned.get(consumer) as number) + 1);
  }

  leave(consumer: Consumer): void {
    this.owned.delete(consumer);
    for (const [bucket, owner] of this.owners.entries()) if (owner === consumer) this.owners[bucket] = undefined;
  }

  choose(message: Message): Choice {
    const bucket = bucketOf(message);
    if (this.owners[bucket] === undefined && this.owned.size > 0) this.assign(bucket, this.leastLoaded());
    const consumer = this.owners[bucket];
    if (consumer?.hasRoom === true) return consumer;
    return this.anyHasRoom() ? 'its consumer is busy' : 'all are busy';
  }

  private leastLoaded(): Consumer {
    return [...this.owned].reduce((least, one) => (one[1] < least[1] ? one : least))[0];
  }

  private anyHasRoom(): boolean {
    for (const consumer of this.owned.keys()) if (consumer.hasRoom) return true;
    return false;
  }

  given(message: Message): void {
    (this.inFlight[bucketOf(message)] as number) += 1;
  }

  released(message: Message, by: Consumer): void {
    const bucket = bucketOf(message);
    if (this.owners[bucket] === by) (this.inFlight[bucket] as number) -= 1;
  }
}

const bucketOf = (message: Message): number => crc32(message.pin) % BUCKETS;
