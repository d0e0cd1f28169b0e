import { createHmac, randomBytes } from 'node:crypto';
import type { Principal } from '../permissions.js';
import type { UserAccounts } from './user-accounts.js';

const MOST_REMEMBERED = 1000;

type Login = Principal & { readonly revision: number };

/**
 * Remembers which credentials were right, because checking a password is slow on purpose and every call brings one. It
 * keeps a keyed digest of them, never the credentials; a login counts until anything of its user changes.
 */
export class Logins {
  private readonly key = randomBytes(32);
  private readonly known = new Map<string, Login>();
  private readonly underWay = new Map<string, Promise<Login | undefined>>();

  constructor(private readonly accounts: UserAccounts) {}

  /** Undefined when the credentials are wrong. */
  logIn(name: string, password: string): Principal | Promise<Principal | undefined> {
    const digest = createHmac('sha256', this.key).update(`${name}:${password}`).digest('base64');
    const known = this.known.get(digest);
    if (known !== undefined) {
      if (this.accounts.revisionOf(name) === known.revision) return known;
      this.known.delete(digest);
    }
    return this.check(digest, name, password);
  }

  /** Calls that come with the same credentials meanwhile wait for the same answer. */
  private check(digest: string, name: string, password: string): Promise<Login | undefined> {
    const running = this.underWay.get(digest);
    if (running !== undefined) return running;
    const check = this.accounts
      .logIn(name, password)
      .then((login) => {
        if (login !== undefined) this.remember(digest, login);
        return login;
      })
      .finally(() => this.underWay.delete(digest));
    this.underWay.set(digest, check);
    return check;
  }

  private remember(digest: string, login: Login): void {
    const [oldest] = this.known.keys();
    if (oldest !== undefined && this.known.size >= MOST_REMEMBERED) this.known.delete(oldest);
    this.known.set(digest, login);
  }
}
