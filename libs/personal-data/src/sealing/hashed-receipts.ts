import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { keyOfPerson, keyOfReceipts } from '../keys/key-names.js';
import { KeyRing } from '../keys/key-ring.js';
import { Receipts, type Receipt } from './receipts.js';

/** Nobody has this id; asking for it takes as long as asking for somebody. */
const nobody = { tenant: '-', person: '-' };

/** Receipts whose digest is an HMAC under a secret of the key store. */
@Injectable()
export class HashedReceipts extends Receipts {
  constructor(private readonly keys: KeyRing) {
    super();
  }

  override async make(): Promise<Receipt> {
    const code = randomBytes(20).toString('base64url');
    return { code, digest: await this.#digest(code) };
  }

  override async find<Found extends { readonly tenant: string; readonly person: string }>(
    code: string,
    lookUp: (digest: string) => Promise<Found | undefined>,
  ): Promise<Found | undefined> {
    // A malformed code is looked up like any other: an answer of its own would say that it is malformed.
    const found = await lookUp(await this.#digest(code));
    const { tenant, person } = found ?? nobody;
    const key = await this.keys.find(keyOfPerson(tenant, person));
    return key?.status === 'standing' ? found : undefined;
  }

  async #digest(code: string): Promise<string> {
    return (await this.keys.digest(keyOfReceipts, code)).toString('base64url');
  }
}
