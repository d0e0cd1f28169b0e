import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { EventLog, StreamDecider } from '@app/event-store';
import { FixedClock } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import { grant } from './grant.state.js';
import { GrantRole, grantRole } from './grant-role/grant-role.js';
import { RevokeRole, revokeRole } from './revoke-role/revoke-role.js';
import { StreamGrants } from './stream-grants.js';

const person = `p-${'a'.repeat(40)}`;
const verifying = { role: 'verifier', basis: 'Appointment 2026/14' };
const start = new Date('2026-01-05T09:00:00Z');
const clock = new FixedClock(start);
let folder: string;
let store: EmbeddedEventStore;
let logs: EventLog[];
let here: StreamGrants;
let elsewhere: StreamDecider;
let commands = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-grants-'));
  store = await startEmbeddedEventStore({ dataDir: folder });
  logs = [EventLog.connect(store.connectionString), EventLog.connect(store.connectionString)];
  here = new StreamGrants(new StreamDecider(logs[0]!), clock);
  elsewhere = new StreamDecider(logs[1]!);
});

afterAll(async () => {
  await Promise.all(logs.map((log) => log.close()));
  await store.close();
  await rm(folder, { recursive: true });
});

const metadata = () => ({
  ...exampleMetadata,
  commandId: `00000000-0000-4000-8000-${String(++commands).padStart(12, '0')}`,
});
const grantElsewhere = () =>
  elsewhere.execute(grant, new GrantRole('boston', person, verifying, metadata()), grantRole, undefined);
const revokeElsewhere = () =>
  elsewhere.execute(grant, new RevokeRole('boston', person, verifying, metadata()), revokeRole, undefined);
const after = (milliseconds: number) => {
  clock.instant = new Date(clock.instant.getTime() + milliseconds);
  return here.held('boston', person);
};

describe('grants as the guard sees them', () => {
  it('nobody holds a role before it is granted', async () =>
    expect(await after(0)).toEqual({ roles: [], grant: `grant-boston/${person}`, revision: -1n }));
  it('a role that another process grants is held within a second', async () => {
    await grantElsewhere();
    expect(await after(999)).toMatchObject({ roles: ['verifier'], revision: 0n });
  });
  it('a role that another process revokes is refused within a second', async () => {
    await revokeElsewhere();
    expect((await after(999)).roles).toEqual([]);
  });
  it('what this process changes itself counts at once', async () => {
    await grantElsewhere();
    here.forget('boston', person);
    expect(await after(0)).toMatchObject({ roles: ['verifier'], revision: 2n });
  });
  it('is not asked of the store again within half a second', async () => {
    await after(500);
    await revokeElsewhere();
    expect((await after(499)).roles).toEqual(['verifier']);
    expect((await after(1)).roles).toEqual([]);
  });
  it('a clock that is set back keeps no grant alive', async () => {
    await grantElsewhere();
    await after(3_600_000);
    await revokeElsewhere();
    expect((await after(-3_600_000)).roles).toEqual([]);
  });
});
