import type { Conversation } from './conversation.js';
import type { Credentials } from './credentials.js';

const BEFORE_LOGIN = new Set([
  'hello',
  'isMaster',
  'ismaster',
  'ping',
  'buildInfo',
  'buildinfo',
  'saslStart',
  'saslContinue',
]);

/** What the server knows of the client behind one connection. */
export class Peer {
  user: string | undefined;
  conversation: Conversation | undefined;

  constructor(
    readonly id: number,
    /** undefined when no password is configured: then everybody may do everything. */
    readonly credentials: Credentials | undefined,
  ) {}

  get isTrusted(): boolean {
    return this.credentials === undefined || this.user !== undefined;
  }

  mayRun(command: string): boolean {
    return this.isTrusted || BEFORE_LOGIN.has(command);
  }
}
