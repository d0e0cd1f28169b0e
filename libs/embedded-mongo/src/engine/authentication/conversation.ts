import { randomBytes } from 'node:crypto';
import type { Credentials } from './credentials.js';

/** The attributes of a SCRAM message: `n=user,r=nonce` and so on. */
function attributes(message: string): Map<string, string> {
  return new Map(message.split(',').map((part) => [part.slice(0, 1), part.slice(2)]));
}

/** One login by SCRAM-SHA-256: a question, an answer, and an empty exchange unless the client skips it. */
export class Conversation {
  private readonly firstBare: string;
  private readonly user: string;
  private readonly nonce: string;
  private challenge = '';
  private proven = false;

  /** @returns undefined when the first message is none. */
  static begin(credentials: Credentials, first: string, skipsEmpty: boolean): Conversation | undefined {
    const match = /^n,,(n=([^,]+),r=([\x21-\x2b\x2d-\x7e]+))$/.exec(first);
    const [, bare, user, nonce] = match ?? [];
    if (bare === undefined || user === undefined || nonce === undefined) return undefined;
    return new Conversation(credentials, skipsEmpty, bare, user, nonce);
  }

  private constructor(
    private readonly credentials: Credentials,
    private readonly skipsEmpty: boolean,
    bare: string,
    user: string,
    nonce: string,
  ) {
    this.firstBare = bare;
    this.user = user.replaceAll('=2C', ',').replaceAll('=3D', '=');
    this.nonce = nonce + randomBytes(24).toString('base64');
  }

  question(): string {
    const { salt, iterations } = this.credentials.challenge(this.user);
    this.challenge = `r=${this.nonce},s=${salt},i=${iterations}`;
    return this.challenge;
  }

  /** What is answered to the next message, and who has logged in when it was the last; undefined is a failed login. */
  next(message: string): { readonly payload: string; readonly user?: string } | undefined {
    if (this.proven) return message === '' ? { payload: '', user: this.user } : undefined;
    const at = message.lastIndexOf(',p=');
    const withoutProof = message.slice(0, at);
    const said = attributes(withoutProof);
    if (at < 0 || said.get('c') !== 'biws' || said.get('r') !== this.nonce) return undefined;
    const transcript = `${this.firstBare},${this.challenge},${withoutProof}`;
    const signature = this.credentials.accept(this.user, transcript, Buffer.from(message.slice(at + 3), 'base64'));
    if (!signature) return undefined;
    this.proven = true;
    const payload = `v=${signature.toString('base64')}`;
    return this.skipsEmpty ? { payload, user: this.user } : { payload };
  }
}
