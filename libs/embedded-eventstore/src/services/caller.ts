import { isAdmin, isOperator, type Permissions, type Principal, type StreamAction } from '../engine/permissions.js';
import { accessDenied } from '../transport/status.js';

/** On whose behalf a call is made, and what that one may do. The methods named `require` throw access-denied. */
export interface Caller {
  /** Undefined for a caller without credentials, and for every caller of a server without users. */
  readonly name: string | undefined;
  may(action: StreamAction, stream: string): boolean;
  require(action: StreamAction, stream: string): void;
  /** What is about no stream, but not for everybody, such as asking about persistent subscriptions. */
  requireLogin(): void;
  requireOperator(): void;
  requireAdmin(): void;
}

/** As the real server calls those who gave no name. */
export const nameOf = ({ name }: Caller): string => name ?? 'anonymous';

const nothing = (): void => {};

/** Everybody, where the server was started without a password. */
export const ANYBODY: Caller = {
  name: undefined,
  may: () => true,
  require: nothing,
  requireLogin: nothing,
  requireOperator: nothing,
  requireAdmin: nothing,
};

/** A user of a server with users; without a principal, somebody who gave no credentials and may do nothing. */
export class UserCaller implements Caller {
  constructor(
    private readonly permissions: Permissions,
    private readonly principal: Principal | undefined,
  ) {}

  get name(): string | undefined {
    return this.principal?.name;
  }

  may(action: StreamAction, stream: string): boolean {
    return this.principal !== undefined && this.permissions.allows(this.principal, action, stream);
  }

  require(action: StreamAction, stream: string): void {
    if (!this.may(action, stream)) throw accessDenied();
  }

  requireLogin(): void {
    if (this.principal === undefined) throw accessDenied();
  }

  requireOperator(): void {
    if (this.principal === undefined || !isOperator(this.principal)) throw accessDenied();
  }

  requireAdmin(): void {
    if (this.principal === undefined || !isAdmin(this.principal)) throw accessDenied();
  }
}
