import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

// RFC 5802 and RFC 7677, as the manual prescribes for MongoDB. The password itself is not kept: what is kept can
// neither be turned back into it nor used to log in somewhere else.

const ITERATIONS = 15_000;

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

export interface Challenge {
  /** Base64. */
  readonly salt: string;
  readonly iterations: number;
}

/** The one user there is, and what checks that somebody knows the password. */
export class Credentials {
  private readonly salt = randomBytes(16);
  private readonly storedKey: Buffer;
  private readonly serverKey: Buffer;
  private readonly decoy = randomBytes(32);

  constructor(
    readonly user: string,
    password: string,
  ) {
    if (user === '') throw new Error('The user of the embedded database needs a name.');
    if (!/^[\x20-\x7e]{8,}$/.test(password)) {
      throw new Error(
        'The password of the embedded database needs at least 8 characters, all of them printable ASCII.',
      );
    }
    const salted = pbkdf2Sync(password, this.salt, ITERATIONS, 32, 'sha256');
    this.storedKey = digest(hmac(salted, 'Client Key'));
    this.serverKey = hmac(salted, 'Server Key');
  }

  /** A stranger is challenged too, always with the same salt: the answer does not tell whether a user exists. */
  challenge(user: string): Challenge {
    const salt = user === this.user ? this.salt : hmac(this.decoy, user).subarray(0, 16);
    return { salt: salt.toString('base64'), iterations: ITERATIONS };
  }

  /** The signature that shows the client that this server knows the user; undefined when the proof is wrong. */
  accept(user: string, transcript: string, proof: Buffer): Buffer | undefined {
    const signature = hmac(this.storedKey, transcript);
    if (proof.length !== signature.length) return undefined;
    const clientKey = Buffer.from(proof.map((byte, i) => byte ^ (signature[i] as number)));
    const isRight = timingSafeEqual(digest(clientKey), this.storedKey) && user === this.user;
    return isRight ? hmac(this.serverKey, transcript) : undefined;
  }
}
