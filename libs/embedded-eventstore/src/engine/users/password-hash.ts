import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What is kept of a password. `hash` and `salt` are base64. */
export interface PasswordHash {
  readonly hash: string;
  readonly salt: string;
  readonly scrypt: ScryptCost;
}
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP's first choice for scrypt: 128 MiB and about 0.3 s for one password. */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;
/** More than are waiting for their turn are refused: each takes memory, and a thread that the disk needs too. */
const MOST_WAITING = 64;

export class TooManyLoginsError extends Error {
  constructor() {
    super(`More than ${MOST_WAITING} passwords are waiting to be checked; try again.`);
    this.name = 'TooManyLoginsError';
  }
}

/** Hashes passwords one at a time. */
export class PasswordHashes {
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();
  /** Checked in place of the hash of a user who does not exist, so that both answers take as long. */
  private readonly nobody: PasswordHash;

  constructor(private readonly cost: ScryptCost = SCRYPT_COST) {
    this.nobody = { hash: randomBytes(HASH_BYTES).toString('base64'), salt: newSalt(), scrypt: cost };
  }

  async of(password: string): Promise<PasswordHash> {
    const salt = newSalt();
    const hash = await this.inTurn(password, salt, this.cost);
    return { hash: hash.toString('base64'), salt, scrypt: this.cost };
  }

  async matches(password: string, kept: PasswordHash | undefined): Promise<boolean> {
    const { hash, salt, scrypt: cost } = kept ?? this.nobody;
    const expected = Buffer.from(hash, 'base64');
    const given = await this.inTurn(password, salt, cost);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private async inTurn(password: string, salt: string, cost: ScryptCost): Promise<Buffer> {
    if (this.waiting >= MOST_WAITING) throw new TooManyLoginsError();
    this.waiting += 1;
    const turn = this.last.then(() => derive(password, salt, cost));
    this.last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      this.waiting -= 1;
    }
  }
}

const newSalt = (): string => randomBytes(SALT_BYTES).toString('base64');

function derive(password: string, salt: string, { N, r, p }: ScryptCost): Promise<Buffer> {
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) =>
    scrypt(password, Buffer.from(salt, 'base64'), HASH_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  );
}
