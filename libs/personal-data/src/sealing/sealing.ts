import { ensure } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { dataSubjectRules } from '../data-subject/data-subject.rules.js';
import { decrypt, encrypt } from '../keys/ciphers.js';
import { KeyRing } from '../keys/key-ring.js';
import { keyOfPerson } from '../keys/key-names.js';
import { PersonalData, SealBroken, type Opened, type Place, type Sealed } from './sealed.js';

/** What a sealed text is bound to. */
const contextOf = ({ tenant, stream, eventId, field }: Place, keyId: string): readonly string[] => [
  'civic-ledger/seal/1',
  tenant,
  stream,
  eventId,
  field,
  keyId,
];

/** Seals under one key for each person of an agency. */
@Injectable()
export class Sealing extends PersonalData {
  constructor(private readonly keys: KeyRing) {
    super();
  }

  override async seal(place: Place, text: string): Promise<Sealed> {
    const found = await this.keys.obtain(keyOfPerson(place.tenant, place.person));
    ensure(found.status === 'standing', dataSubjectRules.nothingIsSealedForAPersonWhoWasErased);
    const { keyId, key } = found.key;
    const { iv, ciphertext, tag } = encrypt(key, Buffer.from(text), contextOf(place, keyId));
    const [ivText, ciphertextText, tagText] = [iv, ciphertext, tag].map((bytes) => bytes.toString('base64url'));
    return { keyId, iv: ivText!, ciphertext: ciphertextText!, tag: tagText! };
  }

  override async open(place: Place, { keyId, iv, ciphertext, tag }: Sealed): Promise<Opened> {
    const found = await this.keys.find(keyOfPerson(place.tenant, place.person));
    if (found?.status !== 'standing') return { status: 'erased' };
    const [ivBytes, ciphertextBytes, tagBytes] = [iv, ciphertext, tag].map((text) => Buffer.from(text, 'base64url'));
    const parts = { iv: ivBytes!, ciphertext: ciphertextBytes!, tag: tagBytes! };
    const text = keyId === found.key.keyId ? decrypt(found.key.key, parts, contextOf(place, keyId)) : undefined;
    if (text === undefined) throw new SealBroken(`${place.field} of event ${place.eventId} in ${place.stream}`);
    return { status: 'open', text: text.toString() };
  }

  override async isErased(tenant: string, person: string): Promise<boolean> {
    return (await this.keys.find(keyOfPerson(tenant, person)))?.status === 'shredded';
  }
}
