import { recordData, recordId, recordRevision, recordStream, TOMBSTONE_REVISION } from '../../codec/recorded-event.js';
import type { Acknowledge } from '../../storage/batch.js';
import type { Engine } from '../engine.js';
import { linkTarget, resolveLink } from '../links.js';
import type { Body } from './bodies.js';
import { Message } from './message.js';
import { isTombstone, type PinOf } from './sources.js';
import { parkedStream, revisionsOf, write, writeMetadata } from './system-streams.js';

const ADMINS = '{"$r":"$admins","$w":"$admins","$d":"$admins","$mr":"$admins","$mw":"$admins"}';
const LINK = Buffer.from('$>');

/**
 * The events that a group has set aside: links in a system stream. One that is replayed stays there until it is
 * answered, so that a crash between the two loses nothing; the real server takes it out when it reads it.
 */
export class Parked {
  private readonly name: string;
  /** Replayed and not answered, in rising order. */
  private readonly unanswered = new Set<number>();
  private next = 0;
  private end = 0;

  constructor(
    private readonly engine: Engine,
    key: string,
    private readonly pinOf: PinOf,
  ) {
    this.name = parkedStream(key);
  }

  /** How many are set aside and not answered since. */
  get count(): number {
    const { first, end } = revisionsOf(this.engine, this.name);
    return this.isActive ? end - Math.max(this.next, first) + this.unanswered.size : end - first;
  }

  private get isActive(): boolean {
    return this.isReplaying || this.unanswered.size > 0;
  }

  /** Links to the event itself; a link that leads nowhere is copied. */
  park({ record, target, isLink }: Body, reason: string, done: Acknowledge): void {
    const event = target ?? record;
    const data = isLink && target === undefined ? recordData(record) : Buffer.from(nameOf(event));
    const metadata = `{"added":${JSON.stringify(new Date().toISOString())},"reason":${JSON.stringify(reason)},"subscriptionEventNumber":${revisionText(record)}}`;
    write(this.engine, this.name, { type: LINK, isJson: false, metadata: Buffer.from(metadata), data }, done);
  }

  /**
   * Begins a replay of everything before `stopAt`. While one runs another does nothing, as on the real server. And as
   * there, a `stopAt` that lies before what was replayed already brings that back.
   */
  replay(stopAt: number): void {
    if (this.isReplaying) return;
    const { first, end } = revisionsOf(this.engine, this.name);
    if (end === 0) return;
    const from = this.unanswered.size === 0 ? first : Math.max(first, this.next);
    const to = Math.min(stopAt, end);
    if (to >= from) {
      this.next = from;
      this.end = to;
    } else if (this.unanswered.size === 0) this.keepFrom(to);
  }

  get isReplaying(): boolean {
    return this.next < this.end;
  }

  /** Reads on in the replay. An event that cannot be read any more is left out. */
  read(most: number, take: (message: Message) => void): void {
    const stream = this.engine.streams.find(this.name);
    for (let read = 0; read < most && this.isReplaying && stream !== undefined; read++) {
      const number = this.next;
      this.next += 1;
      const at = stream.positions.at(number);
      const record = this.engine.log.read(at);
      const target = linkTarget(record);
      if (target === undefined || resolveLink(this.engine, target) === undefined) continue;
      this.unanswered.add(number);
      take(new Message(recordId(record).toString('latin1'), at, number, this.pinOf(record), true, undefined));
    }
    if (!this.isActive) this.truncate();
  }

  answered(message: Message): void {
    this.unanswered.delete(message.position);
    if (!this.isActive) this.truncate();
  }

  tick(): void {
    if (this.isActive) this.truncate();
  }

  /** Takes out of the stream what was answered, up to the first that was not. */
  private truncate(): void {
    const before = this.unanswered.values().next().value ?? this.next;
    if (before > revisionsOf(this.engine, this.name).first) this.keepFrom(before);
  }

  private keepFrom(number: number): void {
    // When the write fails the events stay parked: a later replay delivers them again.
    writeMetadata(this.engine, this.name, `{"$tb":${number},"$acl":${ADMINS}}`, () => {});
  }
}

const nameOf = (record: Buffer): string => `${revisionText(record)}@${recordStream(record).toString()}`;

const revisionText = (record: Buffer): string =>
  isTombstone(record) ? TOMBSTONE_REVISION.toString() : String(recordRevision(record));
