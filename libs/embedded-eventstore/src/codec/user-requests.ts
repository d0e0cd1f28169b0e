import { Reader } from './reader.js';
import { frame } from './responses.js';
import { Writer } from './writer.js';

/** The options of every request of Users; which of them a request has, and where, its layout says. */
export interface UserRequest {
  loginName: string;
  password: string;
  newPassword: string;
  fullName: string;
  groups: string[];
}

type Layout = readonly (keyof UserRequest)[];

/** Names of the fields 1, 2, ... of the options. */
export const USER_LAYOUTS = {
  whole: ['loginName', 'password', 'fullName', 'groups'],
  name: ['loginName'],
  change: ['loginName', 'password', 'newPassword'],
  reset: ['loginName', 'newPassword'],
} as const satisfies Record<string, Layout>;

export function decodeUserRequest(message: Buffer, layout: Layout): UserRequest {
  const request: UserRequest = { loginName: '', password: '', newPassword: '', fullName: '', groups: [] };
  const reader = new Reader(message);
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) readOptions(reader.message(), layout, request);
    else reader.skip(tag);
  }
  return request;
}

function readOptions(reader: Reader, layout: Layout, request: UserRequest): void {
  while (!reader.done) {
    const tag = reader.uint32();
    const field = (tag & 7) === 2 ? layout[(tag >>> 3) - 1] : undefined;
    if (field === undefined) reader.skip(tag);
    else if (field === 'groups') request.groups.push(reader.string());
    else request[field] = reader.string();
  }
}

export interface UserDetails {
  loginName: string;
  fullName: string;
  groups: readonly string[];
  updatedMs: number;
  disabled: boolean;
}

const TICKS_PER_MS = 10_000n;

export function userDetails(user: UserDetails): Buffer {
  const build = (details: Writer): void => {
    details.string(1, user.loginName).string(2, user.fullName);
    for (const group of user.groups) details.string(3, group);
    details.message(4, (time) => time.varint(1, BigInt(user.updatedMs) * TICKS_PER_MS));
    if (user.disabled) details.varint(5, 1);
  };
  return frame(new Writer().message(1, build).finish());
}

/** The answer to everything else that is asked of Users. */
export const done = (): Buffer => frame(Buffer.alloc(0));
