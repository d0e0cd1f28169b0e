import * as users from '@eventstore/db-client/generated/users_pb.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aClient, aFolder, removeFolder, valuesOf } from '../spec-support/given.js';
import { type Answer, basic, GrpcClient } from '../spec-support/grpc-client.js';
import { PASSWORD, SecuredStore, SERVICE } from '../spec-support/secured.js';
import { startEmbeddedEventStore } from './index.js';

const OK = 0;
const named = <Options extends { setLoginName(name: string): Options }>(options: Options, name: string): Options =>
  options.setLoginName(name);
const requests = {
  create: (name: string, password = PASSWORD, groups: string[] = []) => {
    const options = named(new users.CreateReq.Options(), name);
    return new users.CreateReq().setOptions(
      options.setPassword(password).setFullName('Somebody').setGroupsList(groups),
    );
  },
  update: (name: string, fullName: string, groups: string[]) =>
    new users.UpdateReq().setOptions(
      named(new users.UpdateReq.Options(), name).setFullName(fullName).setGroupsList(groups),
    ),
  delete: (name: string) => new users.DeleteReq().setOptions(named(new users.DeleteReq.Options(), name)),
  disable: (name: string) => new users.DisableReq().setOptions(named(new users.DisableReq.Options(), name)),
  enable: (name: string) => new users.EnableReq().setOptions(named(new users.EnableReq.Options(), name)),
  details: (name = '') => new users.DetailsReq().setOptions(named(new users.DetailsReq.Options(), name)),
  change: (name: string, current: string, next: string) =>
    new users.ChangePasswordReq().setOptions(
      named(new users.ChangePasswordReq.Options(), name).setCurrentPassword(current).setNewPassword(next),
    ),
  reset: (name: string, next: string) =>
    new users.ResetPasswordReq().setOptions(named(new users.ResetPasswordReq.Options(), name).setNewPassword(next)),
};
const detailsIn = ({ messages }: Answer) =>
  messages.map((message) => users.DetailsResp.deserializeBinary(message).toObject().userDetails);

describe('The users of the embedded event store', () => {
  const store = new SecuredStore();
  beforeAll(() => store.start());
  afterAll(() => store.remove());

  let name: string;
  let next = 0;
  beforeEach(async () => {
    name = `user-${(next += 1)}`;
    await store.createUser(name, ['clerks']);
  });

  /** Whether somebody gets in; 16 when not. */
  const logsIn = async (user: string, password: string): Promise<number> =>
    (await store.users('Details', requests.details(user), basic(user, password))).status;

  it('given a fresh server, when its users are asked for, then they are admin and ops, without anything of their passwords', async () => {
    const answer = await store.users('Details', requests.details());
    expect(detailsIn(answer).slice(0, 2)).toEqual([
      expect.objectContaining({ loginName: 'admin', fullName: 'Event Store Administrator', groupsList: ['$admins'] }),
      expect.objectContaining({ loginName: 'ops', fullName: 'Event Store Operations', groupsList: ['$ops'] }),
    ]);
    expect(Buffer.concat(answer.messages).toString()).not.toContain('hash');
  });

  it('given a user, when somebody asks for the details, then they are as they were given, and when', async () => {
    const [details] = detailsIn(await store.users('Details', requests.details(name)));
    expect(details).toMatchObject({
      loginName: name,
      fullName: `The user ${name}`,
      groupsList: ['clerks'],
      disabled: false,
    });
    const ticks = Number(details?.lastUpdated?.ticksSinceEpoch);
    expect(Math.abs(ticks / 10_000 - Date.now())).toBeLessThan(60_000);
  });

  it('given a user, when it is created again, then the same password is fine and another is a conflict', async () => {
    expect((await store.users('Create', requests.create(name))).status).toBe(OK);
    const answer = await store.users('Create', requests.create(name, 'another'));
    expect(answer).toMatchObject({ status: 9, trailers: { exception: 'user-conflict', 'login-name': name } });
    expect(await logsIn(name, PASSWORD)).toBe(OK);
  });

  it('given two who create a user of one name at once, when both are answered, then one of them has a conflict', async () => {
    const both = ['one', 'two'].map((password) => store.users('Create', requests.create(`${name}-both`, password)));
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([OK, 9]);
  });

  it('given a user, when it is updated, then name and groups are new and the password is not', async () => {
    await store.users('Update', requests.update(name, 'Ada', ['$ops']));
    const [details] = detailsIn(await store.users('Details', requests.details(name)));
    expect(details).toMatchObject({ fullName: 'Ada', groupsList: ['$ops'] });
    expect(await logsIn(name, PASSWORD)).toBe(OK);
  });

  it('given a user who is logged in, when it is disabled, then the next call is refused until it is enabled', async () => {
    expect(await logsIn(name, PASSWORD)).toBe(OK);
    await store.users('Disable', requests.disable(name));
    expect(await logsIn(name, PASSWORD)).toBe(16);
    expect(detailsIn(await store.users('Details', requests.details(name)))).toMatchObject([{ disabled: true }]);
    await store.users('Enable', requests.enable(name));
    expect(await logsIn(name, PASSWORD)).toBe(OK);
  });

  it('given a user, when it changes its password, then the old one must be right, and is of no use afterwards', async () => {
    const as = basic(name, PASSWORD);
    expect(await store.users('ChangePassword', requests.change(name, 'guessed', 'new'), as)).toMatchObject({
      status: 7,
    });
    expect((await store.users('ChangePassword', requests.change(name, PASSWORD, 'new'), as)).status).toBe(OK);
    expect([await logsIn(name, PASSWORD), await logsIn(name, 'new')]).toEqual([16, OK]);
  });

  it('given a user, when an administrator resets the password, then the new one counts', async () => {
    expect((await store.users('ResetPassword', requests.reset(name, 'new'))).status).toBe(OK);
    expect([await logsIn(name, PASSWORD), await logsIn(name, 'new')]).toEqual([16, OK]);
  });

  it('given a user, when it is deleted, then it is gone, and can be made anew', async () => {
    expect((await store.users('Delete', requests.delete(name))).status).toBe(OK);
    expect(await logsIn(name, PASSWORD)).toBe(16);
    const answer = await store.users('Details', requests.details(name));
    expect(answer).toMatchObject({ status: 5, trailers: { exception: 'user-not-found', 'login-name': name } });
    const everybody = detailsIn(await store.users('Details', requests.details()));
    expect(everybody).not.toContainEqual(expect.objectContaining({ loginName: name }));
    await store.users('Create', requests.create(name, 'new'));
    expect([await logsIn(name, PASSWORD), await logsIn(name, 'new')]).toEqual([16, OK]);
  });

  it.each([
    ['Update', requests.update('nobody', '', [])],
    ['Delete', requests.delete('nobody')],
    ['Disable', requests.disable('nobody')],
    ['Enable', requests.enable('nobody')],
    ['ResetPassword', requests.reset('nobody', 'new')],
    ['Details', requests.details('nobody')],
  ])('given no such user, when %s is called, then the answer says so', async (method, request) => {
    expect(await store.users(method, request)).toMatchObject({ status: 5, message: "User 'nobody' is not found." });
  });

  it('given a user who is no administrator, when others are managed or looked at, then access is denied', async () => {
    const as = basic(name, PASSWORD);
    const calls: [string, { serializeBinary(): Uint8Array }][] = [
      ['Create', requests.create('evil', PASSWORD, ['$admins'])],
      ['Update', requests.update(name, 'Evil', ['$admins'])],
      ['Delete', requests.delete('admin')],
      ['Disable', requests.disable('admin')],
      ['Enable', requests.enable(name)],
      ['ResetPassword', requests.reset('admin', 'new')],
      ['ChangePassword', requests.change('admin', PASSWORD, 'new')],
      ['Details', requests.details('admin')],
      ['Details', requests.details()],
    ];
    for (const [method, request] of calls)
      expect(await store.users(method, request, as)).toMatchObject({ status: 7, message: 'Access Denied' });
    for (const [method, request] of calls) expect((await store.users(method, request, {})).status).toBe(7);
  });

  it.each([
    ['no name', requests.create(''), 'A login name has at least one character, and no colon.'],
    ['a colon in the name', requests.create('a:b'), 'A login name has at least one character, and no colon.'],
    ['no password', requests.create('somebody', ''), 'A password has at least one character.'],
  ])('given %s, when a user is created, then it is refused', async (_, request, message) => {
    expect(await store.users('Create', request)).toMatchObject({ status: 3, message });
  });

  it.each(['Bearer abc', 'Basic', 'Basic !!!', `Basic ${Buffer.from('no colon').toString('base64')}`])(
    'given the header %s, when anything is called, then it is refused',
    async (authorization) => {
      expect(await store.users('Details', requests.details(), { authorization })).toMatchObject({ status: 16 });
    },
  );

  it('given users, when the server is started again with another password, then they and their passwords are as before', async () => {
    await store.users('Disable', requests.disable(name));
    await store.stop();
    const kept = readdirSync(store.folder).map((file) => readFileSync(join(store.folder, file)));
    expect(Buffer.concat(kept).includes('$user-admin')).toBe(true);
    expect(Buffer.concat(kept).includes(PASSWORD)).toBe(false);
    await store.start('another password');
    expect(await logsIn('admin', PASSWORD)).toBe(OK);
    expect(await logsIn('admin', 'another password')).toBe(16);
    expect(detailsIn(await store.users('Details', requests.details(name)))).toMatchObject([{ disabled: true }]);
  });

  it('given users of one password, when an administrator reads what is kept of them, then no two hashes are equal', async () => {
    const admin = store.client('admin');
    const kept: { hash: string; salt: string }[] = [];
    for (const user of ['admin', 'ops'])
      for await (const { event } of admin.readStream(`$user-${user}`)) kept.push(event?.data as (typeof kept)[0]);
    expect(new Set(kept.map(({ hash }) => hash)).size).toBe(2);
    expect(new Set(kept.map(({ salt }) => salt)).size).toBe(2);
  });
});

describe('An embedded event store without a password', () => {
  it('given any method of Users, when it is called, then the answer is UNIMPLEMENTED with a sentence', async () => {
    const folder = aFolder();
    const store = await startEmbeddedEventStore({ dataDir: folder });
    const raw = new GrpcClient(`http://127.0.0.1:${store.port}`);
    for (const method of [
      'Create',
      'Update',
      'Delete',
      'Disable',
      'Enable',
      'Details',
      'ChangePassword',
      'ResetPassword',
    ])
      expect(await raw.call(`${SERVICE}/${method}`, Buffer.alloc(0), basic('admin', 'x'))).toMatchObject({
        status: 12,
        message: 'Without a password the embedded event store has no users; start it with one to manage them.',
      });
    const { client, dispose } = aClient(store.connectionString);
    await expect(valuesOf(client, '$users')).rejects.toMatchObject({ type: 'stream-not-found' });
    await dispose();
    raw.close();
    await store.close();
    removeFolder(folder);
  });
});
