import { EventLog, StreamDecider, UnreadableEvent } from '@app/event-store';
import { Command } from '@app/kernel';
import { plan, type PlanEvent } from '@app/planning/events';
import { exampleMetadata } from '@app/testing';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../apps/cli/src/environment.js';
import { run } from '../../apps/cli/src/program.js';
import { unwrap } from '../../libs/personal-data/src/keys/ciphers.js';
import { keyOfPerson } from '../../libs/personal-data/src/keys/key-names.js';
import { KeyRing } from '../../libs/personal-data/src/keys/key-ring.js';
import { masterKeyIn } from '../../libs/personal-data/src/keys/master-key.js';
import { RunningLedger } from './running-ledger.js';

const agency = '/v1/agencies/boston';
const water = `${agency}/consultations/water`;
/** Nothing else in the whole test says these. */
const canaries = { text: 'Quokkas queue at the well', contact: 'quokka-queue@example.org' };
const key = 'cXVva2thLXF1ZXVlLWF0LXRoZS13ZWxs';

let ledger: RunningLedger;
const backup = mkdtempSync(join(tmpdir(), 'ledger-backup-'));
/** Of the person who is erased. */
let person: string;
let input: string;
let receipt: string;
let other: string;
/** What must be found nowhere: bytes, and what they are. */
const secrets = new Map<string, Buffer>();

const send = async (path: string, body: object, status: number) => {
  const reply = await ledger.http().post(path).send(body);
  expect({ path, status: reply.status, body: reply.body }).toMatchObject({ path, status });
  return reply;
};
const title = async (name: string, path: string, body: object, status: number): Promise<string> =>
  (await ledger.post(name, path, body, status)).body.title as string;
const subject = (): string => `${agency}/data-subjects/${person}`;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
const foundIn = (folder: string, needles: Iterable<readonly [string, Buffer]>): string[] =>
  filesIn(folder).flatMap((path) => {
    const bytes = readFileSync(path);
    return [...needles].filter(([, needle]) => bytes.includes(needle)).map(([what]) => `${what} in ${path}`);
  });

/** As the operator on the machine of the service, whose tokens come from the data folder. */
async function operator(...args: string[]) {
  let [out, err] = ['', ''];
  const code = await run(args, {
    data: (text) => (out += text),
    words: (text) => (err += text),
    stderr: { isTTY: false } as NodeJS.WriteStream,
    environment: () => readEnvironment({ LEDGER_URL: ledger.url, LEDGER_DATA_DIR: ledger.folder }),
    fetch: globalThis.fetch,
    profilesFolder: 'profiles',
    signal: new AbortController().signal,
    colour: false,
  });
  return { code, out, err };
}

class Happen extends Command<{ readonly events: readonly PlanEvent[] }> {}

beforeAll(async () => {
  ledger = await RunningLedger.start();
  await ledger.signIn('administrator', 'administrator');
  await ledger.signIn('owner', 'service-owner');
  await ledger.signIn('council', 'oversight');
  const boston = { id: 'boston', name: 'City of Boston', timeZone: 'America/New_York' };
  await ledger.post('administrator', '/v1/agencies', boston, 201);
  const opened: PlanEvent = {
    type: 'PlanCycleOpened',
    data: {
      title: 'Water',
      cycle: 1,
      from: '2026-04-01',
      to: '2029-03-31',
      strategicPlanRef: 'Outcome 3',
      by: ledger.person('owner'),
    },
  };
  const happened = new Happen(
    'boston',
    'water-2026',
    { events: [opened] },
    { ...exampleMetadata, commandId: randomUUID() },
  );
  await ledger.app.get(StreamDecider).execute(plan, happened, ({ data }) => data.events, undefined);
  const informal = { groupId: 'informal', name: 'Informal', population: 12_000, asOf: '2025-06-30', source: 'Survey' };
  const planned = {
    id: 'water',
    title: 'How should water reach you?',
    subject: { kind: 'plan', id: 'water-2026' },
    level: 'involve',
    questions: ['What should change first?'],
    requiredGroups: [{ ...informal, threshold: '0.6' }],
    minOpenDays: 1,
  };
  await ledger.post('owner', `${agency}/consultations`, planned, 201);
  const closesAt = `${new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 19)}Z`;
  await ledger.post('owner', `${water}/opening`, { materialsHash: 'ab'.repeat(32), closesAt }, 200);
  const said = { ...canaries, identification: 'pseudonymous', key, group: 'informal' };
  const mine = await send(`${water}/inputs`, said, 201);
  const theirs = await send(
    `${water}/inputs`,
    { text: 'Leaks first', identification: 'anonymous', group: 'informal' },
    201,
  );
  [input, receipt, other] = [mine.body.id, mine.body.receipt, theirs.body.id];
  person = (await ledger.read(`${water}/inputs/${input}`, 'owner')).person as string;

  const found = await ledger.app.get(KeyRing).find(keyOfPerson('boston', person));
  if (found?.status !== 'standing') throw new Error('There is no key.');
  const wrapped = readFileSync(join(ledger.folder, 'keys', 'epoch-1.key'), 'utf8');
  const masterKey = await masterKeyIn(join(ledger.folder, 'secrets', 'master.key'));
  const keys = {
    'the key of the person': found.key.key.export(),
    'the key of the epoch': unwrap(masterKey, wrapped, ['civic-ledger/epoch/1', '1'])!.export(),
  };
  for (const [what, bytes] of Object.entries(keys))
    for (const encoding of ['hex', 'base64', 'base64url', 'latin1'] as const)
      secrets.set(
        `${what} (${encoding})`,
        Buffer.from(bytes.toString(encoding), encoding === 'latin1' ? 'latin1' : 'utf8'),
      );
  secrets.set('the wrapped key of the epoch', Buffer.from(wrapped));
  secrets.set('the receipt', Buffer.from(receipt));
  for (const [what, text] of Object.entries(canaries)) {
    secrets.set(what, Buffer.from(text));
    secrets.set(`${what} in base64`, Buffer.from(Buffer.from(text).toString('base64').slice(0, 20)));
  }
});
afterAll(async () => {
  await ledger.close();
  rmSync(backup, { recursive: true });
});

describe('what somebody said', () => {
  it('is read by those who answer it', async () => {
    expect(await ledger.read(`${water}/inputs/${input}`, 'owner')).toMatchObject({
      text: { status: 'open', text: canaries.text },
      contact: { status: 'open', text: canaries.contact },
    });
    expect((await send(`${water}/receipts`, { receipt }, 200)).body).toMatchObject({ input, status: 'received' });
  });
  it('is copied with the data folder, as a backup is: without the keys of epochs and the master key', () => {
    cpSync(ledger.folder, backup, {
      recursive: true,
      filter: (path) => !/\/secrets$|\/epoch-\d+\.key$|\/persons\.mdb-lock$/.test(path),
    });
    expect(filesIn(backup).length).toBeGreaterThan(4);
    // The search finds what is there: the key of the epoch, in the live folder only.
    expect(foundIn(ledger.folder, secrets)).toEqual([
      `the wrapped key of the epoch in ${join(ledger.folder, 'keys', 'epoch-1.key')}`,
    ]);
  });
});

describe('its erasure', () => {
  const asking = { legalGround: 'consent-withdrawn', reason: 'Letter 2026/17' };
  const authority = 'Disposal authority 2026/3';

  it('is asked for somebody of whom something is kept, by those who may', async () => {
    await ledger.post('owner', `${agency}/data-subjects/k-nobody/erasure`, asking, 404);
    await ledger.post('owner', `${agency}/data-subjects/${encodeURIComponent('a/b')}/erasure`, asking, 404);
    await ledger.post('owner', `${subject()}/erasure`, { ...asking, legalGround: 'because' }, 400);
    await ledger.post('council', `${subject()}/erasure`, asking, 403);
    await send(`${subject()}/erasure`, asking, 401);
    const { headers } = await ledger.post('administrator', `${subject()}/erasure`, asking, 201);
    expect(headers).toMatchObject({ location: subject(), etag: '"0"' });
    expect((await ledger.post('administrator', `${subject()}/erasure`, asking, 200)).body.eventIds).toEqual([]);
    const { rows } = await ledger.read(`${agency}/data-subjects?status=erasure-requested`, 'council');
    expect(rows).toMatchObject([{ person, legalGround: 'consent-withdrawn', revision: '0' }]);
  });
  it('is approved by another person', async () => {
    await ledger.post('owner', `${subject()}/erasure/approval`, { authority }, 403);
    expect(await title('administrator', `${subject()}/erasure/approval`, { authority }, 403)).toBe(
      'Whoever requests an erasure does not approve it.',
    );
  });
  it('waits for a legal hold', async () => {
    const hold = { id: 'appeal-2026-9', reason: 'Appeal 2026/9 is before the court' };
    await ledger.post('council', `${subject()}/legal-holds`, hold, 200);
    expect(await title('council', `${subject()}/erasure/approval`, { authority }, 409)).toBe(
      'Nothing is erased while a legal hold stands.',
    );
    await ledger.post('council', `${subject()}/legal-holds/appeal-2026-9/lifting`, { reason: 'It was decided' }, 200);
    expect((await ledger.read(`${water}/inputs/${input}`, 'owner')).text.status).toBe('open');
  });
  it('shreds the key, which is proved and recorded before the answer', async () => {
    const { body } = await ledger.post('council', `${subject()}/erasure/approval`, { authority }, 200);
    expect(body.eventIds).toHaveLength(3);
    expect(await ledger.read(subject(), 'owner')).toMatchObject({
      status: 'erased',
      revision: body.revision,
      request: { by: ledger.person('administrator') },
      approval: { by: ledger.person('council'), authority },
    });
    expect((await ledger.post('council', `${subject()}/erasure/approval`, { authority }, 200)).body.revision).toBe(
      body.revision,
    );
    const { rows } = await ledger.read(`${agency}/data-subjects`, 'council');
    expect(rows).toMatchObject([{ person, status: 'erased' }]);
  });
  it('is the end of every older copy when the epoch is closed', async () => {
    await ledger.post('owner', '/v1/operations/keys/epochs/1/closing', {}, 403);
    await ledger.post('administrator', '/v1/operations/keys/epochs/7/closing', {}, 404);
    expect(await operator('keys', 'close-epoch')).toEqual({
      code: 0,
      out: '{"closed":1,"rewrapped":2,"epoch":2}\n',
      err: '',
    });
    expect(await operator('keys', 'close-epoch', '--epoch', 'first')).toMatchObject({ code: 2, out: '' });
    const again = await ledger.post('administrator', '/v1/operations/keys/epochs/1/closing', {}, 200);
    expect(again.body).toEqual({ epoch: 2, rewrapped: 0 });
    expect((await operator('keys', 'list', '-o', 'csv')).out).toBe('epoch,standing,shredded,closing\n2,2,1,\n');
  });
});

describe('after it', () => {
  const erasedForAll = async (): Promise<void> => {
    expect(await ledger.read(`${water}/inputs/${input}`, 'owner')).toMatchObject({
      person,
      text: { status: 'erased' },
      contact: { status: 'erased' },
    });
    expect((await ledger.read(`${water}/inputs/${other}`, 'owner')).text).toEqual({
      status: 'open',
      text: 'Leaks first',
    });
    const { rows } = await ledger.read(`${water}/inputs`, 'owner');
    expect(rows).toHaveLength(2);
    expect(rows.find((row: { input: string }) => row.input === input)).toMatchObject({ text: null, missing: 'erased' });
  };

  it('who reads it hears that it is erased; what others said, and the counts, stay', erasedForAll);
  it('its receipt is one that there is not', async () => {
    const bare = ({ body }: { body: object }) => ({ ...body, traceId: '', instance: '' });
    const erased = bare(await send(`${water}/receipts`, { receipt }, 404));
    expect(erased).toEqual(bare(await send(`${water}/receipts`, { receipt: 'A'.repeat(27) }, 404)));
  });
  it('nothing new is sealed for the person', async () => {
    const again = { text: 'Once more', identification: 'pseudonymous', key };
    expect((await send(`${water}/inputs`, again, 409)).body.title).toBe(
      'Nothing is sealed any more for a person whose key was shredded.',
    );
  });
  it('every event is read, every read model is built anew, and a new process says the same', async () => {
    for await (const event of ledger.app.get(EventLog).readAll()) expect(event).not.toBeInstanceOf(UnreadableEvent);
    await ledger.post('administrator', '/v1/operations/read-models/all/rebuild', {}, 200);
    await erasedForAll();
    await ledger.restart();
    await erasedForAll();
  });
  it('neither the text nor a key is in any file, log or copy', async () => {
    expect(foundIn(ledger.folder, secrets)).toEqual([]);
    expect(foundIn(backup, secrets)).toEqual([]);
    const said = [ledger.lines.join('\n'), (await ledger.http().get('/metrics')).text].join('\n');
    for (const [what, needle] of secrets)
      expect([what, said.includes(needle.toString('latin1'))]).toEqual([what, false]);
  });
});
