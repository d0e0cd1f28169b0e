import { ANY } from '../../codec/append-requests.js';
import { recordCreatedMs, recordData, recordRevision } from '../../codec/recorded-event.js';
import { newUuid } from '../../codec/uuid.js';
import { ADMINS, OPERATORS } from '../acl.js';
import type { Engine, NewEvent } from '../engine.js';
import { resolveLink } from '../links.js';
import type { Principal } from '../permissions.js';
import { META_PREFIX } from '../stream-state.js';
import { type PasswordHash, PasswordHashes } from './password-hash.js';

/** A user as the events of `$user-<login name>` hold it. */
interface StoredUser extends PasswordHash {
  readonly loginName: string;
  readonly fullName: string;
  readonly groups: readonly string[];
  readonly disabled: boolean;
}

export interface User extends StoredUser {
  readonly updatedMs: number;
  readonly revision: number;
}

/** A request about users that cannot be met. */
export class UserError extends Error {
  constructor(
    readonly kind: 'not-found' | 'conflict' | 'wrong-password' | 'invalid',
    readonly loginName: string,
    message: string,
  ) {
    super(message);
    this.name = 'UserError';
  }
}

const LIST = '$users';
const NOTIFICATIONS = '$users-password-notifications';
const ACL = `{"$acl":{"$w":"${ADMINS}","$d":"${ADMINS}","$mw":"${ADMINS}"}}`;
const AN_HOUR = '{"$maxAge":3600}';
const NOTHING = Buffer.alloc(0);

const streamOf = (loginName: string): string => `$user-${loginName}`;

/** Keeps users in the system streams in which EventStoreDB keeps them, so that they are as durable as events. */
export class UserAccounts {
  constructor(
    private readonly engine: Engine,
    private readonly hashes = new PasswordHashes(),
  ) {}

  /** Makes `admin` and `ops` where there are none; the password of those that exist stays as it is. */
  async makeStandardUsers(password: string): Promise<void> {
    const standard = [
      { loginName: 'admin', fullName: 'Event Store Administrator', groups: [ADMINS] },
      { loginName: 'ops', fullName: 'Event Store Operations', groups: [OPERATORS] },
    ];
    for (const user of standard) if (this.find(user.loginName) === undefined) await this.create({ ...user, password });
  }

  find(loginName: string): User | undefined {
    const event = resolveLink(this.engine, { stream: streamOf(loginName), revision: -1 });
    if (event === undefined) return undefined;
    const stored = JSON.parse(recordData(event).toString()) as StoredUser;
    return { ...stored, updatedMs: recordCreatedMs(event), revision: recordRevision(event) };
  }

  /** Changes whenever anything of the user does; undefined when there is no such user. */
  revisionOf(loginName: string): number | undefined {
    const stream = this.engine.streams.find(streamOf(loginName));
    if (stream === undefined || stream.visibleMetadata.softDeleted || this.engine.streams.isTombstoneVisible(stream))
      return undefined;
    return stream.visible - 1;
  }

  /** All users by their login names. */
  all(): User[] {
    const list = this.engine.streams.find(LIST);
    const names = new Set<string>();
    for (let revision = 0; revision < (list?.visible ?? 0); revision++) {
      const event = resolveLink(this.engine, { stream: LIST, revision });
      if (event !== undefined) names.add(recordData(event).toString());
    }
    return [...names]
      .sort()
      .map((name) => this.find(name))
      .filter((user) => user !== undefined);
  }

  /** The user with this password, unless disabled. */
  async logIn(loginName: string, password: string): Promise<(Principal & { revision: number }) | undefined> {
    const user = this.find(loginName);
    const matches = await this.hashes.matches(password, user);
    if (user === undefined || !matches || user.disabled) return undefined;
    return { name: user.loginName, groups: user.groups, revision: user.revision };
  }

  /** Creating a user once more with the same password changes nothing. */
  async create(request: {
    loginName: string;
    password: string;
    fullName: string;
    groups: readonly string[];
  }): Promise<void> {
    const { loginName, password, fullName, groups } = request;
    if (loginName === '' || loginName.includes(':'))
      throw new UserError('invalid', loginName, 'A login name has at least one character, and no colon.');
    refuseEmpty(password, loginName);
    const existing = this.find(loginName);
    if (existing !== undefined) {
      if (await this.hashes.matches(password, existing)) return;
      throw new UserError('conflict', loginName, 'Conflict.');
    }
    const before = this.engine.streams.find(streamOf(loginName))?.last;
    const hash = await this.hashes.of(password);
    if (this.engine.streams.find(streamOf(loginName))?.last !== before) throw changedMeanwhile(loginName);
    this.write(META_PREFIX + streamOf(loginName), '$metadata', ACL);
    const user = { loginName, fullName, groups, disabled: false, ...hash };
    this.write(streamOf(loginName), '$UserCreated', JSON.stringify(user));
    await this.durable(this.write(LIST, '$User', loginName, { isJson: false }));
  }

  async update(loginName: string, fullName: string, groups: readonly string[]): Promise<void> {
    await this.change({ ...this.existing(loginName), fullName, groups }, true);
  }

  async disable(loginName: string): Promise<void> {
    await this.change({ ...this.existing(loginName), disabled: true }, true);
  }

  async enable(loginName: string): Promise<void> {
    await this.change({ ...this.existing(loginName), disabled: false }, false);
  }

  async resetPassword(loginName: string, password: string): Promise<void> {
    this.existing(loginName);
    refuseEmpty(password, loginName);
    const hash = await this.hashes.of(password);
    await this.change({ ...this.existing(loginName), ...hash }, true);
  }

  async changePassword(loginName: string, current: string, next: string): Promise<void> {
    if (!(await this.hashes.matches(current, this.existing(loginName))))
      throw new UserError('wrong-password', loginName, 'Access Denied');
    await this.resetPassword(loginName, next);
  }

  async delete(loginName: string): Promise<void> {
    this.existing(loginName);
    this.notify(loginName);
    const outcome = this.engine.delete(streamOf(loginName), ANY, false);
    if (outcome.kind === 'written') await this.durable(outcome.until);
  }

  private existing(loginName: string): User {
    const user = this.find(loginName);
    if (user === undefined) throw userNotFound(loginName);
    return user;
  }

  private async change({ revision, ...changed }: User, endsLogins: boolean): Promise<void> {
    const { updatedMs: _, ...user } = changed;
    const stream = streamOf(user.loginName);
    if (this.engine.streams.find(stream)?.last !== revision) throw changedMeanwhile(user.loginName);
    if (endsLogins) this.notify(user.loginName);
    await this.durable(this.write(stream, '$UserUpdated', JSON.stringify(user)));
  }

  /** EventStoreDB's nodes tell each other so which logins to forget; kept for those who read these streams. */
  private notify(loginName: string): void {
    if (this.engine.streams.find(NOTIFICATIONS) === undefined)
      this.write(META_PREFIX + NOTIFICATIONS, '$metadata', AN_HOUR);
    this.write(NOTIFICATIONS, '$PasswordChanged', JSON.stringify({ loginName }));
  }

  private write(stream: string, type: string, data: string, { isJson } = { isJson: true }): number {
    const event: NewEvent = {
      id: newUuid(),
      type: Buffer.from(type),
      isJson,
      metadata: NOTHING,
      data: Buffer.from(data),
    };
    const outcome = this.engine.append(stream, ANY, [event]);
    if (outcome.kind !== 'written') throw new Error(`${stream} was tombstoned, so that its user cannot be kept.`);
    return outcome.until;
  }

  private durable(position: number): Promise<void> {
    return new Promise((resolve, reject) =>
      this.engine.log.whenDurable(position, (error) => (error === undefined ? resolve() : reject(error))),
    );
  }
}

export const userNotFound = (loginName: string): UserError =>
  new UserError('not-found', loginName, `User '${loginName}' is not found.`);

const changedMeanwhile = (loginName: string): UserError =>
  new UserError('conflict', loginName, `User '${loginName}' was changed at the same time; look, and try again.`);

function refuseEmpty(password: string, loginName: string): void {
  if (password === '') throw new UserError('invalid', loginName, 'A password has at least one character.');
}
