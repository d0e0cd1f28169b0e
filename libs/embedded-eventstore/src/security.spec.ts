import {
  AccessDeniedError,
  ANY,
  eventTypeFilter,
  type EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
} from '@eventstore/db-client';
import { writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { aCertificate } from '../../../test/tls/certificate.js';
import { aClient, aFolder, anEvent, removeFolder, valuesOf } from '../spec-support/given.js';
import { PASSWORD, SecuredStore } from '../spec-support/secured.js';
import { startEmbeddedEventStore } from './index.js';

const ACL = { acl: { readRoles: ['ada'], writeRoles: ['ada', 'clerks'], deleteRoles: ['ada'] } };

describe('An embedded event store with a password, through the official client', () => {
  const store = new SecuredStore();
  let admin: EventStoreDBClient;
  let ada: EventStoreDBClient;
  let bob: EventStoreDBClient;
  let stream: string;
  let next = 0;

  beforeAll(async () => {
    await store.start();
    await store.createUser('ada');
    await store.createUser('bob', ['clerks']);
    admin = store.client('admin');
    ada = store.client('ada');
    bob = store.client('bob');
  });
  beforeEach(() => (stream = `stream-${(next += 1)}`));
  afterAll(() => store.remove());

  const readAll = async (client: EventStoreDBClient): Promise<void> => {
    for await (const { event } of client.readAll({ maxCount: 1 })) expect(event).toBeDefined();
  };
  const newest = async (client: EventStoreDBClient, name: string): Promise<unknown[]> => {
    const data: unknown[] = [];
    for await (const { event } of client.readStream(name, { direction: 'backwards', fromRevision: 'end', maxCount: 1 }))
      data.push(event?.data);
    return data;
  };
  const subscribed = (subscription: ReturnType<EventStoreDBClient['subscribeToStream']>): Promise<string> =>
    new Promise<string>((resolve) => {
      subscription.on('confirmation', () => resolve('confirmed'));
      subscription.on('error', (error) => resolve((error as AccessDeniedError).type));
    }).then(async (outcome) => {
      await subscription.unsubscribe().catch(() => {});
      return outcome;
    });
  const denied = expect.objectContaining({ type: 'access-denied' });

  it('given the right password, when events are written and read, then that works for every user', async () => {
    await ada.appendToStream(stream, anEvent(1), { expectedRevision: NO_STREAM });
    await bob.appendToStream(stream, anEvent(2), { credentials: { username: 'ops', password: PASSWORD } });
    expect(await valuesOf(bob, stream)).toEqual([1, 2]);
    await readAll(admin);
  });

  it.each([
    ['a wrong password', { username: 'ada', password: 'guessed' }],
    ['an unknown user', { username: 'nobody', password: PASSWORD }],
  ])('given %s, when anything is called, then it is refused', async (_, credentials) => {
    await expect(ada.appendToStream(stream, anEvent(1), { credentials })).rejects.toThrow(AccessDeniedError);
    await expect(readAll(store.client(credentials.username, credentials.password))).rejects.toMatchObject({ code: 16 });
    await expect(ada.deleteStream(stream, { credentials })).rejects.toThrow(AccessDeniedError);
  });

  it('given no credentials, when anything is called, then access is denied', async () => {
    const nobody = store.client();
    await expect(nobody.appendToStream(stream, anEvent(1))).rejects.toEqual(denied);
    await expect(valuesOf(nobody, stream)).rejects.toMatchObject({ type: 'access-denied', code: 7 });
    await expect(readAll(nobody)).rejects.toEqual(denied);
    await expect(nobody.setStreamMetadata(stream, { maxCount: 1 })).rejects.toEqual(denied);
  });

  describe('given a stream whose $acl names ada, and clerks as writers', () => {
    beforeEach(async () => {
      await admin.setStreamMetadata(stream, ACL);
      await ada.appendToStream(stream, anEvent(1));
    });

    it('when a clerk writes to it, then that works, one by one and in a batch', async () => {
      await bob.appendToStream(stream, anEvent(2));
      await bob.appendToStream(stream, anEvent(3), { credentials: { username: 'bob', password: PASSWORD } });
      expect(await valuesOf(ada, stream)).toEqual([1, 2, 3]);
    });

    it('when a clerk reads, follows or deletes it, then access is denied', async () => {
      await expect(valuesOf(bob, stream)).rejects.toEqual(denied);
      expect(await subscribed(bob.subscribeToStream(stream))).toBe('access-denied');
      await expect(bob.deleteStream(stream)).rejects.toEqual(denied);
      await expect(bob.tombstoneStream(stream)).rejects.toEqual(denied);
    });

    it('when its metadata is read or written by somebody, then the defaults hold, for $acl names no one for it', async () => {
      expect((await bob.getStreamMetadata(stream)).metadata).toMatchObject(ACL);
      await bob.setStreamMetadata(stream, { ...ACL, maxCount: 5 });
      expect((await ada.getStreamMetadata(stream)).metadata).toMatchObject({ maxCount: 5 });
    });

    it('when a user whom it does not name writes, then access is denied, one by one and in a batch', async () => {
      await expect(store.client('ops').appendToStream(stream, anEvent(9))).rejects.toEqual(denied);
      const classic = { credentials: { username: 'ops', password: PASSWORD } };
      await expect(admin.appendToStream(stream, anEvent(9), classic)).rejects.toEqual(denied);
    });

    it('when an administrator reads, writes, follows and deletes it, then that works', async () => {
      await admin.appendToStream(stream, anEvent(2));
      expect(await valuesOf(admin, stream)).toEqual([1, 2]);
      expect(await subscribed(admin.subscribeToStream(stream))).toBe('confirmed');
      await admin.deleteStream(stream);
    });

    it('when a link leads to it from a stream that a clerk may read, then the clerk gets the link without the event', async () => {
      const link = jsonEvent({ type: '$>', data: {} });
      await bob.appendToStream(`${stream}-links`, {
        ...link,
        contentType: 'application/octet-stream',
        data: Buffer.from(`0@${stream}`),
      });
      const seenBy = async (client: EventStoreDBClient): Promise<unknown[]> => {
        const seen: unknown[] = [];
        for await (const { event, link: found } of client.readStream(`${stream}-links`, { resolveLinkTos: true }))
          seen.push({ link: found !== undefined, event: event?.data });
        return seen;
      };
      expect(await seenBy(bob)).toEqual([{ link: true, event: undefined }]);
      expect(await seenBy(ada)).toEqual([{ link: true, event: { value: 1 } }]);
    });
  });

  it('given metadata roles in $acl, when others read or write the metadata, then access is denied', async () => {
    await admin.setStreamMetadata(stream, { acl: { metaReadRoles: ['ada'], metaWriteRoles: [] } });
    expect((await ada.getStreamMetadata(stream)).metadata).toBeDefined();
    await expect(bob.getStreamMetadata(stream)).rejects.toEqual(denied);
    await expect(ada.setStreamMetadata(stream, {})).rejects.toEqual(denied);
  });

  it('given system streams and $all, when users touch them, then only administrators may', async () => {
    await expect(bob.appendToStream(`$${stream}`, anEvent(1))).rejects.toEqual(denied);
    await expect(valuesOf(bob, '$users')).rejects.toEqual(denied);
    await expect(readAll(bob)).rejects.toEqual(denied);
    expect(await subscribed(bob.subscribeToAll({ filter: eventTypeFilter({ prefixes: ['a'] }) }) as never)).toBe(
      'access-denied',
    );
    await admin.appendToStream(`$${stream}`, anEvent(1));
    await expect(admin.appendToStream('$all', anEvent(1))).rejects.toEqual(denied);
    await expect(admin.deleteStream(`$$${stream}`, { expectedRevision: ANY })).rejects.toEqual(denied);
  });

  it('given $acl on $all, when the named group reads all events, then it may', async () => {
    await admin.setStreamMetadata('$all', { acl: { readRoles: ['clerks'] } });
    await readAll(bob);
    await expect(readAll(ada)).rejects.toEqual(denied);
  });

  it('given $settings, when streams say nothing themselves, then its lists hold, and the defaults where it is silent', async () => {
    const settings = (data: Record<string, Record<string, string | string[]>>) =>
      admin.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data }));
    await settings({ $userStreamAcl: { $w: 'clerks' }, $systemStreamAcl: { $r: ['ada', '$admins'] } });
    await bob.appendToStream(stream, anEvent(1));
    await expect(ada.appendToStream(stream, anEvent(2))).rejects.toEqual(denied);
    expect(await valuesOf(ada, stream)).toEqual([1]);
    expect((await valuesOf(ada, '$users')).length).toBeGreaterThan(0);
    await settings({});
    await ada.appendToStream(stream, anEvent(2));
    await expect(valuesOf(ada, '$users')).rejects.toEqual(denied);
  });

  it('given a group of persistent subscriptions, when users touch it, then operators manage it and readers read it', async () => {
    const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
    const ops = store.client('ops');
    await admin.setStreamMetadata(stream, ACL);
    await ada.appendToStream(stream, anEvent(1));
    await expect(ada.createPersistentSubscriptionToStream(stream, 'g', settings)).rejects.toEqual(denied);
    await ops.createPersistentSubscriptionToStream(stream, 'g', settings);
    const [kept] = await newest(admin, '$persistentSubscriptionConfig');
    expect(kept).toMatchObject({ updatedBy: 'ops' });
    await expect(ada.updatePersistentSubscriptionToStream(stream, 'g', settings)).rejects.toEqual(denied);
    await expect(ada.deletePersistentSubscriptionToStream(stream, 'g')).rejects.toEqual(denied);
    await expect(ada.replayParkedMessagesToStream(stream, 'g')).rejects.toEqual(denied);
    await expect(ada.restartPersistentSubscriptionSubsystem()).rejects.toEqual(denied);
    await expect(store.client().listAllPersistentSubscriptions()).rejects.toEqual(denied);
    expect((await ada.getPersistentSubscriptionToStreamInfo(stream, 'g')).groupName).toBe('g');
    const outcome = (client: EventStoreDBClient): Promise<string> =>
      new Promise((resolve) => {
        const group = client.subscribeToPersistentSubscriptionToStream(stream, 'g');
        group.on('error', (error) => resolve((error as AccessDeniedError).type));
        group.on('data', ({ event }) => {
          if (event !== undefined) void group.ack({ event }).then(() => group.unsubscribe());
          resolve(`event ${event?.revision}`);
        });
      });
    expect([await outcome(bob), await outcome(ops), await outcome(ada)]).toEqual([
      'access-denied',
      'access-denied',
      'event 0',
    ]);
    await ops.deletePersistentSubscriptionToStream(stream, 'g');
  });

  it.each(['esdb+discover', 'esdb'])(
    'given several hosts and %s, when a client looks for the leader, then it finds the one that is there',
    async (scheme) => {
      const { port, folder, identity } = store;
      const file = join(folder, 'certificate.pem');
      writeFileSync(file, identity.authority);
      const hosts = scheme === 'esdb' ? `localhost:1,localhost:${port}` : `localhost:${port}`;
      const { client, dispose } = aClient(`${scheme}://ada:${encodeURIComponent(PASSWORD)}@${hosts}?tlsCAFile=${file}`);
      await client.appendToStream(stream, anEvent(1));
      expect(await valuesOf(client, stream)).toEqual([1]);
      await dispose();
    },
  );

  it('given a live subscription and appends with one client, when the events arrive, then all are there', async () => {
    const subscription = ada.subscribeToStream(stream, { fromRevision: START });
    const seen: unknown[] = [];
    const done = new Promise<void>((resolve) =>
      subscription.on('data', ({ event }) => {
        seen.push(event?.data);
        if (seen.length === 3) resolve();
      }),
    );
    for (const value of [1, 2, 3]) await ada.appendToStream(stream, anEvent(value));
    await done;
    await subscription.unsubscribe();
    expect(seen).toEqual([{ value: 1 }, { value: 2 }, { value: 3 }]);
  });

  it('given TLS, when an older version, another certificate or plain text is tried, then there is no connection', async () => {
    const { port, identity } = store;
    const refused = (options: object): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect({ port, host: 'localhost', ...options }, () => resolve('connected'));
        socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      });
    expect(await refused({ ca: identity.authority, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })).toMatch(/PROTOCOL/);
    expect(await refused({ ca: aCertificate().authority })).toMatch(/CERT/);
    const plain = aClient(`esdb://127.0.0.1:${port}?tls=false`);
    await expect(plain.client.appendToStream(stream, anEvent(1))).rejects.toThrow(/UNAVAILABLE/);
    await plain.dispose();
  });

  it('given HTTP/1 over TLS, when its health is asked without credentials, then it answers', async () => {
    const { port, identity } = store;
    const status = await new Promise((resolve, reject) =>
      get({ port, host: 'localhost', path: '/health/live', ca: identity.authority }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject),
    );
    expect(status).toBe(204);
  });
});

describe('An embedded event store that is told where to listen', () => {
  const folder = aFolder();
  afterAll(() => removeFolder(folder));

  it.each(['0.0.0.0', '::', '192.0.2.1', 'example.org', '127.0.0.1.example.org'])(
    'given the host %s and no password, when it is started, then it refuses',
    async (host) => {
      await expect(startEmbeddedEventStore({ dataDir: folder, host })).rejects.toThrow(
        /only with a password and a TLS certificate/,
      );
    },
  );

  it.each(['password', 'certificate', 'key'] as const)(
    'given an empty %s, when it is started, then it refuses',
    async (name) => {
      const security = { password: PASSWORD, ...aCertificate(), [name]: '' };
      await expect(startEmbeddedEventStore({ dataDir: folder, security })).rejects.toThrow(`The ${name} of the`);
    },
  );

  it('given a password and a certificate, when it listens to every address, then it starts', async () => {
    const store = new SecuredStore();
    await store.start(PASSWORD, '0.0.0.0');
    await store.client('admin').appendToStream('s', anEvent(1));
    expect(store.connectionString).toBe(`esdb://localhost:${store.port}?tls=true`);
    await store.remove();
  });
});
