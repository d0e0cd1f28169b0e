import {
  type ConnectRequest,
  decodeGroupReadRequest,
  deliveredLink,
  deliveredRecord,
  groupConfirmation,
  type GroupReadRequest,
} from '../codec/group-read.js';
import type { EventShape } from '../codec/read-event.js';
import { recordStream } from '../codec/recorded-event.js';
import type { Consumer, Outlet } from '../engine/persistent-subscriptions/consumer.js';
import { keyOf } from '../engine/persistent-subscriptions/definition.js';
import type { Message } from '../engine/persistent-subscriptions/message.js';
import type { PersistentSubscriptions } from '../engine/persistent-subscriptions/persistent-subscriptions.js';
import type { Subscription } from '../engine/persistent-subscriptions/subscription.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { accessDenied, handlerThrew } from '../transport/status.js';
import { type Caller, nameOf } from './caller.js';
import { answeringRefusals, groupDropped } from './group-refusals.js';
import { sourceName } from './group-source.js';
import { type StandingPermission, standingPermission } from './standing-permission.js';

/** A consumer with more unsent bytes than this is given nothing until it has taken them. */
const MOST_UNSENT = 1024 * 1024;
const NO_NAME = '<unknown>';

/** PersistentSubscriptions/Read: the options, then answers to the events that are sent. */
export function readGroup(groups: PersistentSubscriptions, call: GrpcCall, caller: Caller): void {
  let connection: GroupConnection | undefined;
  call.onMessage = (message) => {
    const request = decodeGroupReadRequest(message);
    if (connection !== undefined) connection.receive(request);
    else if (request.kind !== 'connect') throw handlerThrew();
    else answeringRefusals(() => (connection = connect(groups, call, caller, request.options)));
  };
  // A consumer that closes its side still gets events, but whoever never said what it wants gets nothing.
  call.onEnd = () => {
    if (connection === undefined) call.end();
  };
}

function connect(
  groups: PersistentSubscriptions,
  call: GrpcCall,
  caller: Caller,
  options: ConnectRequest,
): GroupConnection {
  const { group, bufferSize, uuids } = options;
  const source = sourceName(options.source);
  caller.require('read', source);
  if (uuids === undefined || group === '' || bufferSize < 0) throw handlerThrew();
  const shape = { structuredIds: uuids === 'structured' };
  return new GroupConnection(call, caller, groups.find(source, group), bufferSize, {
    shape,
    mayRead: standingPermission(groups.engine, caller, source),
  });
}

class GroupConnection implements Outlet {
  private readonly consumer: Consumer;
  /** What is sent when this turn is over: every answer comes in a frame of its own, but many frames come in a turn. */
  private outbox: Buffer[] = [];
  private outboxBytes = 0;
  /** After a message that is no answer the real server listens no more; it goes on sending. */
  private isDeaf = false;

  constructor(
    private readonly call: GrpcCall,
    private readonly caller: Caller,
    private readonly subscription: Subscription,
    bufferSize: number,
    private readonly view: { shape: EventShape; mayRead: StandingPermission },
  ) {
    const connectionName = call.header('connection-name') ?? NO_NAME;
    this.consumer = subscription.connect(this, { username: nameOf(caller), connectionName, bufferSize });
    call.onClose = () => subscription.disconnect(this.consumer);
  }

  receive(request: GroupReadRequest): void {
    if (this.isDeaf) return;
    if (request.kind === 'ack') this.subscription.acknowledge(request.ids.map(keyOfId));
    else if (request.kind === 'nack' && request.action !== undefined)
      this.subscription.refuse(request.ids.map(keyOfId), request.action, request.reason);
    else this.isDeaf = true;
  }

  joined(): void {
    const { source, group } = this.subscription.definition;
    this.enqueue(groupConfirmation(keyOf(source, group)));
  }

  get isReady(): boolean {
    return this.outboxBytes + this.call.unsentBytes < MOST_UNSENT;
  }

  deliver(message: Message): void {
    try {
      this.enqueue(this.render(message));
    } catch (error) {
      // Not before the group has finished giving out what it is giving out.
      setImmediate(() => this.call.fail(error));
    }
  }

  private enqueue(framed: Buffer): void {
    if (this.outbox.length === 0) setImmediate(() => this.flush());
    this.outbox.push(framed);
    this.outboxBytes += framed.length;
  }

  private flush(): void {
    if (this.outbox.length === 0) return;
    const { outbox, outboxBytes } = this;
    this.outbox = [];
    this.outboxBytes = 0;
    this.call.send(outbox.length === 1 ? (outbox[0] as Buffer) : Buffer.concat(outbox, outboxBytes));
    if (!this.isReady) void this.call.drained().then(() => this.subscription.drained());
    else if (outboxBytes >= MOST_UNSENT) this.subscription.drained();
  }

  private render(message: Message): Buffer {
    if (!this.view.mayRead()) throw accessDenied();
    const { record, target, isLink } = this.subscription.bodyOf(message);
    const { at, retryCount } = message;
    if (isLink) return deliveredLink(record, this.ifReadable(target), at, retryCount, this.view.shape);
    return deliveredRecord(record, at, retryCount, this.view.shape);
  }

  private ifReadable(target: Buffer | undefined): Buffer | undefined {
    const isReadable = target !== undefined && this.caller.may('read', recordStream(target).toString());
    return isReadable ? target : undefined;
  }

  drop(error?: Error): void {
    const { source, group } = this.subscription.definition;
    this.flush();
    this.call.fail(error ?? groupDropped(source, group));
  }
}

/** How messages are known while they are with a consumer. */
const keyOfId = (id: Buffer): string => id.toString('latin1');
