import { createSecretKey } from 'node:crypto';
import { InterruptedKeyStore } from '../../spec-support/interrupted-key-store.js';
import { dataSubjectRules } from '../data-subject/data-subject.rules.js';
import { keyOfPerson } from '../keys/key-names.js';
import { KeyRing } from '../keys/key-ring.js';
import { SealBroken, sealed, type Place, type Sealed } from './sealed.js';
import { Sealing } from './sealing.js';

const place: Place = {
  tenant: 'boston',
  person: 'p-1',
  stream: 'input-boston/c-1.i-1',
  eventId: '00000000-0000-5000-8000-000000000001',
  field: 'text',
};
const text = 'The bus is late – again. 🚌';
let ring: KeyRing;
let personalData: Sealing;

beforeAll(async () => {
  ring = await KeyRing.open({ store: new InterruptedKeyStore(), masterKey: createSecretKey(Buffer.alloc(32, 7)) });
  personalData = new Sealing(ring);
});

describe('what somebody says of themselves', () => {
  it('opens where it was sealed', async () => {
    const closed = await personalData.seal(place, text);
    expect(sealed.parse(closed)).toEqual(closed);
    expect(JSON.stringify(closed)).not.toContain('bus');
    expect(await personalData.open(place, closed)).toEqual({ status: 'open', text });
  });
  it('looks different each time', async () => {
    const [one, two] = await Promise.all([personalData.seal(place, text), personalData.seal(place, text)]);
    expect(one.keyId).toBe(two.keyId);
    expect(one.iv).not.toBe(two.iv);
    expect(one.ciphertext).not.toBe(two.ciphertext);
  });
  it.each<Partial<Place>>([
    { tenant: 'ghent' },
    { person: 'p-2' },
    { stream: 'input-boston/c-1.i-2' },
    { eventId: '00000000-0000-5000-8000-000000000002' },
    { field: 'contact' },
  ])('does not open at another place: %j', async (elsewhere) => {
    const closed = await personalData.seal(place, text);
    await personalData.seal({ ...place, ...elsewhere }, 'so that there is a key');
    await expect(personalData.open({ ...place, ...elsewhere }, closed)).rejects.toBeInstanceOf(SealBroken);
  });
  it.each(['keyId', 'iv', 'ciphertext', 'tag'] as const)('does not open with another %s', async (part) => {
    const closed = await personalData.seal(place, text);
    const changed: Sealed = {
      ...closed,
      [part]: `${closed[part].startsWith('A') ? 'B' : 'A'}${closed[part].slice(1)}`,
    };
    await expect(personalData.open(place, changed)).rejects.toBeInstanceOf(SealBroken);
  });
  it('does not open with a shorter tag', async () => {
    const closed = await personalData.seal(place, text);
    await expect(personalData.open(place, { ...closed, tag: closed.tag.slice(0, 6) })).rejects.toBeInstanceOf(
      SealBroken,
    );
  });
  it('opens after the epoch was closed', async () => {
    const closed = await personalData.seal(place, text);
    await ring.closeEpoch(ring.epoch);
    expect(await personalData.open(place, closed)).toEqual({ status: 'open', text });
  });
  it('is erased when the key is shredded; what others said stays', async () => {
    const other = { ...place, person: 'p-other' };
    const [mine, theirs] = [await personalData.seal(place, text), await personalData.seal(other, text)];
    expect(await personalData.isErased('boston', 'p-1')).toBe(false);
    await ring.shred(keyOfPerson('boston', 'p-1'));
    expect(await personalData.open(place, mine)).toEqual({ status: 'erased' });
    expect(await personalData.isErased('boston', 'p-1')).toBe(true);
    expect(await personalData.open(other, theirs)).toEqual({ status: 'open', text });
  });
  it(dataSubjectRules.nothingIsSealedForAPersonWhoWasErased.sentence, async () => {
    await ring.shred(keyOfPerson('boston', 'p-gone'));
    await expect(personalData.seal({ ...place, person: 'p-gone' }, text)).rejects.toMatchObject({
      rule: dataSubjectRules.nothingIsSealedForAPersonWhoWasErased,
    });
  });
});
