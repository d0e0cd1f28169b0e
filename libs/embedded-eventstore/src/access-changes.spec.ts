import {
  type EventStoreDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
} from '@eventstore/db-client';
import { anEvent } from '../spec-support/given.js';
import { SecuredStore } from '../spec-support/secured.js';

const forAda = { acl: { readRoles: ['ada'] } };
const forNobody = { acl: { readRoles: ['$admins'] } };

/** What a reader got: the values of events of the stream, and why it ended. */
class Reader {
  readonly seen: (number | string)[] = [];
  readonly ended: Promise<string>;
  private notice = (): void => {};

  constructor(
    subscription: ReturnType<EventStoreDBClient['subscribeToStream' | 'subscribeToPersistentSubscriptionToStream']>,
    stream: string,
  ) {
    this.ended = new Promise((resolve) => {
      subscription.on('error', (error: Error & { type?: string }) => resolve(error.type ?? error.message));
    });
    (subscription as ReturnType<EventStoreDBClient['subscribeToStream']>).on('data', ({ event }) => {
      if (event?.streamId !== stream) return;
      this.seen.push((event.data as { value: number }).value);
      this.notice();
    });
  }

  async sees(count: number): Promise<this> {
    while (this.seen.length < count) await new Promise<void>((resolve) => (this.notice = resolve));
    return this;
  }
}

describe('A subscription whose reader may read no longer, through the official client', () => {
  const store = new SecuredStore();
  let admin: EventStoreDBClient;
  let ada: EventStoreDBClient;

  beforeAll(async () => {
    await store.start();
    await store.createUser('ada');
    admin = store.client('admin');
    ada = store.client('ada');
  });
  afterAll(() => store.remove());

  const subscribers: [what: string, gate: (stream: string) => string, (stream: string) => Promise<Reader>][] = [
    [
      'to a stream',
      (stream) => stream,
      (stream) => Promise.resolve(new Reader(ada.subscribeToStream(stream, { fromRevision: START }), stream)),
    ],
    [
      'to $all',
      () => '$all',
      (stream) => Promise.resolve(new Reader(ada.subscribeToAll({ fromPosition: START }) as never, stream)),
    ],
    [
      'to a group',
      (stream) => stream,
      async (stream) => {
        const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
        await admin.createPersistentSubscriptionToStream(stream, 'g', settings);
        return new Reader(ada.subscribeToPersistentSubscriptionToStream(stream, 'g'), stream);
      },
    ],
  ];

  it.each(subscribers)(
    'given one %s, when its access list changes, then it gets nothing more and is told why',
    async (what, gate, subscribe) => {
      const stream = `read ${what}`;
      await admin.setStreamMetadata(gate(stream), forAda);
      await admin.appendToStream(stream, anEvent(1));
      const reader = await (await subscribe(stream)).sees(1);
      await admin.appendToStream(stream, anEvent(2));
      await reader.sees(2);
      await admin.setStreamMetadata(gate(stream), forNobody);
      await admin.appendToStream(stream, anEvent(3));
      expect([await reader.ended, reader.seen]).toEqual(['access-denied', [1, 2]]);
    },
  );

  it('given a reader whom $settings let in, when that is taken back, then it gets nothing more', async () => {
    const settings = (roles: string): Promise<unknown> =>
      admin.appendToStream('$settings', {
        ...anEvent(0, 'update'),
        data: { value: 0, $userStreamAcl: { $r: roles } },
      });
    await settings('ada');
    await admin.appendToStream('open', anEvent(1));
    const reader = await new Reader(ada.subscribeToStream('open', { fromRevision: START }), 'open').sees(1);
    await settings('$admins');
    await admin.appendToStream('open', anEvent(2));
    expect([await reader.ended, reader.seen]).toEqual(['access-denied', [1]]);
  });
});
