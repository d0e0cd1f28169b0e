import type { Permissions, Principal } from '../engine/permissions.js';
import type { Logins } from '../engine/users/logins.js';
import { GrpcError, Status } from '../transport/status.js';
import { type Caller, UserCaller } from './caller.js';

const unauthenticated = (message: string): GrpcError => new GrpcError(Status.UNAUTHENTICATED, message);

/** Finds out who calls from the header `authorization`, as of RFC 7617. Wrong credentials are refused on every call. */
export function identifyBy(logins: Logins, permissions: Permissions) {
  const callerOf = (principal: Principal | undefined): Caller => {
    if (principal === undefined) throw unauthenticated('The user name or the password is wrong.');
    return new UserCaller(permissions, principal);
  };
  return (authorization: string | undefined): Caller | Promise<Caller> => {
    if (authorization === undefined) return new UserCaller(permissions, undefined);
    const { name, password } = basicCredentials(authorization);
    const login = logins.logIn(name, password);
    return login instanceof Promise ? login.then(callerOf) : callerOf(login);
  };
}

function basicCredentials(authorization: string): { name: string; password: string } {
  const [, encoded] = /^basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization) ?? [];
  const credentials = Buffer.from(encoded ?? '', 'base64').toString();
  const colon = credentials.indexOf(':');
  if (colon < 0) throw unauthenticated('The header authorization must be Basic, with a user name and a password.');
  return { name: credentials.slice(0, colon), password: credentials.slice(colon + 1) };
}
