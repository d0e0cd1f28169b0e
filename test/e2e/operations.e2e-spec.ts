import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { readEnvironment } from '../../apps/cli/src/environment.js';
import { run } from '../../apps/cli/src/program.js';
import { RunningLedger, eventually } from './running-ledger.js';

let ledger: RunningLedger;
let client: EventStoreDBClient;
const poisoned = 'agency-boston/lost';

async function cli(...args: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    data: (text) => (out += text),
    words: (text) => (err += text),
    stderr: { isTTY: false } as NodeJS.WriteStream,
    environment: () => readEnvironment({ LEDGER_URL: ledger.url, LEDGER_DATA_DIR: ledger.folder }),
    fetch: globalThis.fetch,
    profilesFolder: resolve('profiles'),
    signal: new AbortController().signal,
    colour: false,
  });
  return { code, out, err };
}

beforeAll(async () => {
  ledger = await RunningLedger.start();
  await ledger.signIn('administrator', 'administrator');
  await ledger.signIn('clerk', 'service-owner');
  const boston = { id: 'boston', name: 'Boston', timeZone: 'America/New_York' };
  await ledger.post('administrator', '/v1/agencies', boston, 201);
  client = EventStoreDBClient.connectionString(ledger.eventStoreUrl);
  await client.appendToStream(poisoned, jsonEvent({ id: randomUUID(), type: 'FromTheFuture', data: {} }));
});

afterAll(async () => {
  await client.dispose();
  await ledger.close();
});

const parked = async () => (await ledger.read('/v1/operations/parked-events', 'administrator')).rows;

describe('the operator', () => {
  it('sees an event that today’s code cannot read, and which read models lack it', async () => {
    await eventually(parked, [{ projection: '*', document: poisoned, type: 'FromTheFuture', attempts: 1 }]);
    const { rows, position } = await ledger.read('/v1/operations/read-models', 'administrator');
    expect(rows).toContainEqual({ name: 'agencies', parkedEvents: 1 });
    expect(position).toMatch(/^\d+-\d+$/);
    const { code, out } = await cli('parked', 'list', '-o', 'csv');
    expect({ code, lines: out.split('\n')[1] }).toMatchObject({
      code: 0,
      lines: expect.stringContaining('FromTheFuture'),
    });
  });

  it('is told that a retry did not help', async () => {
    const { code, out } = await cli('parked', 'retry', '--projection', '*', '--document', poisoned);
    expect({ code, out }).toEqual({ code: 3, out: '{"waiting":1}\n' });
    expect(await parked()).toMatchObject([{ attempts: 2 }]);
  });

  it('goes on without the event only with a reason', async () => {
    expect(await cli('parked', 'skip', '--projection', '*', '--document', poisoned)).toMatchObject({ code: 2 });
    const skip = ['parked', 'skip', '--projection', '*', '--document', poisoned, '--reason', 'made by a test'];
    expect(await cli(...skip)).toEqual({ code: 0, out: '{"waiting":0}\n', err: '' });
    expect(await parked()).toEqual([]);
    expect(await cli(...skip)).toMatchObject({ code: 1, err: expect.stringContaining('No event waits') });
  });

  it('builds one read model or all of them anew', async () => {
    const before = await ledger.read('/v1/agencies');
    expect(await cli('rebuild', 'agencies')).toEqual({ code: 0, out: '{"name":"agencies"}\n', err: '' });
    expect((await cli('rebuild', '--all')).out.trim().split('\n').length).toBeGreaterThan(3);
    expect(await ledger.read('/v1/agencies')).toEqual(before);
    expect(await cli('rebuild', 'weather')).toMatchObject({ code: 1, err: expect.stringContaining('agencies') });
    expect(await cli('rebuild')).toMatchObject({ code: 2 });
  });

  it('is an administrator', async () => {
    await ledger.post('clerk', '/v1/operations/read-models/agencies/rebuild', {}, 403);
    await ledger.read('/v1/operations/parked-events', 'clerk', 403);
  });
});

describe('a step of the processes that waits', () => {
  const steps = '/v1/operations/parked-steps';
  const torn = { instance: 'breach-boston/torn' };
  const waiting = async () => (await ledger.read(steps, 'administrator')).rows;
  const event = { type: 'BreachConfirmed', streamName: torn.instance, revision: '0' };

  it('is shown to the operator with the event that it is about, and to nobody else', async () => {
    await client.appendToStream(torn.instance, jsonEvent({ id: randomUUID(), type: event.type, data: {} }));
    await eventually(waiting, [{ ...torn, process: '*', event, attempts: 1, error: expect.any(String) }]);
    await ledger.read(steps, 'clerk', 403);
  });

  it('is tried again when told to, and waits on where that did not help', async () => {
    await ledger.post('clerk', `${steps}/retry`, torn, 403);
    const { body } = await ledger.post('administrator', `${steps}/retry`, torn, 200);
    expect(body).toEqual({ waiting: 1 });
    expect(await waiting()).toMatchObject([{ ...torn, attempts: 2 }]);
  });

  it('is left out only for a reason, which is logged, and then nothing waits', async () => {
    const { body: refused } = await ledger.post('administrator', `${steps}/skip`, torn, 400);
    expect(refused.errors).toMatchObject([{ pointer: '/reason' }]);
    const reason = 'made by a test';
    await ledger.post('clerk', `${steps}/skip`, { ...torn, reason }, 403);
    const { body } = await ledger.post('administrator', `${steps}/skip`, { ...torn, reason }, 200);
    expect(body).toEqual({ waiting: 0 });
    expect(await waiting()).toEqual([]);
    expect(ledger.lines.filter((line) => line.includes('parked step skipped') && line.includes(reason))).toHaveLength(
      1,
    );
    await ledger.post('administrator', `${steps}/skip`, { ...torn, reason }, 404);
    await ledger.post('administrator', `${steps}/retry`, torn, 404);
  });
});
