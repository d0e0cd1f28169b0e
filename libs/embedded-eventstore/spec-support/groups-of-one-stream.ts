import {
  type EventStoreDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults as settings,
  START,
} from '@eventstore/db-client';
import groups from '@eventstore/db-client/generated/persistent_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { type EmbeddedEventStore, startServer } from '../src/server.js';
import { CompetingConsumer } from './competing-consumer.js';
import { aClient, aFolder, anEvent, removeFolder } from './given.js';
import { GrpcClient } from './grpc-client.js';

/** A server with a new folder, a client of it, and groups of its stream `s`. */
export class GroupsOfOneStream {
  client!: EventStoreDBClient;
  private readonly folder = aFolder();
  private store!: EmbeddedEventStore;
  private dispose!: () => Promise<void>;

  async start(): Promise<void> {
    this.store = await startServer({ dataDir: this.folder });
    ({ client: this.client, dispose: this.dispose } = aClient(this.store.connectionString));
  }

  async stop(): Promise<void> {
    await this.dispose();
    await this.store.close();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.stop();
    removeFolder(this.folder);
  }

  consumer(
    group: string,
    answer?: ConstructorParameters<typeof CompetingConsumer>[1],
    bufferSize?: number,
  ): CompetingConsumer {
    return CompetingConsumer.of(this.client, 's', group, answer, bufferSize);
  }

  info(group: string): ReturnType<EventStoreDBClient['getPersistentSubscriptionToStreamInfo']> {
    return this.client.getPersistentSubscriptionToStreamInfo('s', group);
  }

  async parkedIn(group: string): Promise<bigint> {
    return (await this.info(group)).stats.parkedMessageCount;
  }

  async append(...values: (number | string)[]): Promise<void> {
    const events = values.map((value) => anEvent(value));
    await this.client.appendToStream('s', events);
  }

  create(group: string, changes: Parameters<typeof settings>[0] = {}): Promise<void> {
    return this.client.createPersistentSubscriptionToStream('s', group, settings({ startFrom: START, ...changes }));
  }

  /** The data of the events that are kept of a group. */
  async at(place: 'checkpoint' | 'parked', group: string): Promise<unknown[]> {
    const data: unknown[] = [];
    for await (const { event } of this.client.readStream(`$persistentsubscription-s::${group}-${place}`))
      data.push(event?.isJson === true ? event.data : Buffer.from(event?.data as Uint8Array).toString());
    return data;
  }

  /** The official client has no name for this strategy. */
  async createPinnedByCorrelation(): Promise<void> {
    const numbers = new groups.CreateReq.Settings().setReadBatchSize(20).setHistoryBufferSize(500).setMaxRetryCount(10);
    const stream = new shared.StreamIdentifier().setStreamName(Buffer.from('s').toString('base64'));
    const from = new groups.CreateReq.StreamOptions().setStreamIdentifier(stream).setStart(new shared.Empty());
    const options = new groups.CreateReq.Options().setStream(from).setGroupName('g');
    options.setSettings(numbers.setConsumerStrategy('PinnedByCorrelation'));
    const path = '/event_store.client.persistent_subscriptions.PersistentSubscriptions/Create';
    const raw = new GrpcClient(`http://127.0.0.1:${this.store.port}`);
    const { status } = await raw.call(path, new groups.CreateReq().setOptions(options).serializeBinary());
    raw.close();
    if (status !== 0) throw new Error(`the group was refused with ${status}`);
  }
}
