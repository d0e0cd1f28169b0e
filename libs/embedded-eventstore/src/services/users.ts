import { decodeUserRequest, done, USER_LAYOUTS, userDetails, type UserRequest } from '../codec/user-requests.js';
import { type UserAccounts, UserError, userNotFound } from '../engine/users/user-accounts.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { accessDenied, GrpcError, Status } from '../transport/status.js';
import type { Caller } from './caller.js';
import { unary } from './unary.js';

export const USERS = '/event_store.client.users.Users';

type Handle = (call: GrpcCall, caller: Caller) => void;
type Layout = (typeof USER_LAYOUTS)[keyof typeof USER_LAYOUTS];

/** The service Users: administrators manage all, everybody may look at and give a new password to themselves. */
export function userManagement(accounts: UserAccounts): [method: string, Handle][] {
  const { whole, name, change, reset } = USER_LAYOUTS;
  const byAdmin =
    (layout: Layout, act: (request: UserRequest) => Promise<void>): Handle =>
    (call, caller) =>
      unary(call, (message) => {
        caller.requireAdmin();
        answer(call, act(decodeUserRequest(message, layout)));
      });
  return [
    ['Create', byAdmin(whole, (request) => accounts.create(request))],
    ['Update', byAdmin(whole, ({ loginName, fullName, groups }) => accounts.update(loginName, fullName, groups))],
    ['Delete', byAdmin(name, ({ loginName }) => accounts.delete(loginName))],
    ['Disable', byAdmin(name, ({ loginName }) => accounts.disable(loginName))],
    ['Enable', byAdmin(name, ({ loginName }) => accounts.enable(loginName))],
    ['ResetPassword', byAdmin(reset, ({ loginName, newPassword }) => accounts.resetPassword(loginName, newPassword))],
    [
      'ChangePassword',
      (call, caller) =>
        unary(call, (message) => {
          const { loginName, password, newPassword } = decodeUserRequest(message, change);
          if (caller.name !== loginName) throw accessDenied();
          answer(call, accounts.changePassword(loginName, password, newPassword));
        }),
    ],
    ['Details', (call, caller) => details(accounts, call, caller)],
  ];
}

function answer(call: GrpcCall, work: Promise<void>): void {
  work.then(
    () => {
      call.send(done());
      call.end();
    },
    (error: unknown) => call.fail(error instanceof UserError ? refusal(error) : error),
  );
}

function details(accounts: UserAccounts, call: GrpcCall, caller: Caller): void {
  unary(call, (message) => {
    const { loginName } = decodeUserRequest(message, USER_LAYOUTS.name);
    if (loginName === '' || loginName !== caller.name) caller.requireAdmin();
    const one = accounts.find(loginName);
    if (loginName !== '' && one === undefined) throw refusal(userNotFound(loginName));
    for (const user of one === undefined ? accounts.all() : [one]) call.send(userDetails(user));
    call.end();
  });
}

function refusal({ kind, loginName, message }: UserError): GrpcError {
  if (kind === 'wrong-password') return accessDenied();
  if (kind === 'invalid') return new GrpcError(Status.INVALID_ARGUMENT, message);
  const isConflict = kind === 'conflict';
  return new GrpcError(isConflict ? Status.FAILED_PRECONDITION : Status.NOT_FOUND, message, {
    exception: isConflict ? 'user-conflict' : 'user-not-found',
    'login-name': loginName,
  });
}
