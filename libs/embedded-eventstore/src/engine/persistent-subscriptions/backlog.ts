import type { Message } from './message.js';

/** What became of a message that was offered: taken, not now but another may be, or nobody takes anything. */
export type Offered = 'taken' | 'passed over' | 'nobody';
type Offer = (message: Message) => Offered;

const SPARE = 1024;

/** What waits for a consumer: first what is to be tried again, then what was read ahead. */
export class Backlog {
  private readonly retries = new Line();
  private readonly fresh = new Line();

  get length(): number {
    return this.retries.length + this.fresh.length;
  }

  get readAhead(): number {
    return this.fresh.length;
  }

  get retryCount(): number {
    return this.retries.length;
  }

  /** Bytes of the records that are kept for what was read ahead. */
  get bytes(): number {
    return this.fresh.bytes;
  }

  add(message: Message): void {
    this.fresh.push(message);
  }

  /** In the order of the source; replayed ones come last, as they were read. */
  addRetry(message: Message): void {
    if (message.isReplayed) this.retries.push(message);
    else this.retries.insert(message, (waiting) => waiting.isReplayed || waiting.position > message.position);
  }

  /** Offers messages in order until nobody takes any more. */
  offerAll(offer: Offer): void {
    if (this.retries.offerAll(offer)) this.fresh.offerAll(offer);
  }
}

/** A queue from whose middle messages can be taken. */
class Line {
  bytes = 0;
  private waiting: Message[] = [];
  private head = 0;

  get length(): number {
    return this.waiting.length - this.head;
  }

  push(message: Message): void {
    this.waiting.push(message);
    this.bytes += message.record?.length ?? 0;
  }

  /** Before all those at the end that are `later`. */
  insert(message: Message, later: (waiting: Message) => boolean): void {
    let at = this.waiting.length;
    while (at > this.head && later(this.waiting[at - 1] as Message)) at -= 1;
    if (at === this.waiting.length) this.waiting.push(message);
    else this.waiting.splice(at, 0, message);
    this.bytes += message.record?.length ?? 0;
  }

  /** False when nobody took what was offered last. */
  offerAll(offer: Offer): boolean {
    let kept = this.head;
    let at = this.head;
    let goesOn = true;
    while (goesOn && at < this.waiting.length) {
      const message = this.waiting[at] as Message;
      const bytes = message.record?.length ?? 0;
      const offered = offer(message);
      if (offered === 'nobody') goesOn = false;
      else {
        at += 1;
        if (offered === 'taken') this.bytes -= bytes;
        else this.waiting[kept++] = message;
      }
    }
    this.closeGap(kept, at);
    return goesOn;
  }

  /** What was passed over stands before `kept`; everything from there up to `at` was taken. */
  private closeGap(kept: number, at: number): void {
    const passedOver = kept - this.head;
    if (passedOver > 0 && kept < at) this.waiting.copyWithin(at - passedOver, this.head, kept);
    this.head = at - passedOver;
    if (this.head < this.waiting.length && this.head < SPARE) return;
    this.waiting = this.waiting.slice(this.head);
    this.head = 0;
  }
}
