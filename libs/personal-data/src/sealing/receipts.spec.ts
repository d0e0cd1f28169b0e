import { createSecretKey } from 'node:crypto';
import { InterruptedKeyStore } from '../../spec-support/interrupted-key-store.js';
import { keyOfPerson } from '../keys/key-names.js';
import { KeyRing } from '../keys/key-ring.js';
import { HashedReceipts } from './hashed-receipts.js';

const masterKey = createSecretKey(Buffer.alloc(32, 7));
const input = { tenant: 'boston', person: 'p-1', input: 'i-1' };
let ring: KeyRing;
let receipts: HashedReceipts;
let asked: string[];

beforeEach(async () => {
  ring = await KeyRing.open({ store: new InterruptedKeyStore(), masterKey });
  receipts = new HashedReceipts(ring);
  asked = [];
});

const lookUpIn =
  (known: ReadonlyMap<string, typeof input>) =>
  async (digest: string): Promise<typeof input | undefined> => {
    asked.push(digest);
    return known.get(digest);
  };

describe('a receipt', () => {
  it('is 160 random bits, and its digest does not tell them', async () => {
    const [one, two] = [await receipts.make(), await receipts.make()];
    expect(Buffer.from(one.code, 'base64url')).toHaveLength(20);
    expect(one.code).not.toBe(two.code);
    expect(Buffer.from(one.digest, 'base64url')).toHaveLength(32);
    expect(one.digest).not.toContain(one.code);
  });
  it('finds what it was made for, also after the epoch was closed', async () => {
    const { code, digest } = await receipts.make();
    await ring.obtain(keyOfPerson('boston', 'p-1'));
    await ring.closeEpoch(1);
    expect(await receipts.find(code, lookUpIn(new Map([[digest, input]])))).toBe(input);
  });
  it.each(['', 'A', 'not a code!', '\u0000', 'A'.repeat(27), 'A'.repeat(5000)])(
    'a wrong or malformed code is looked up like any other and finds nothing: %j',
    async (code) => {
      const { digest } = await receipts.make();
      expect(await receipts.find(code, lookUpIn(new Map([[digest, input]])))).toBeUndefined();
      expect(asked).toHaveLength(1);
      expect(Buffer.from(asked[0]!, 'base64url')).toHaveLength(32);
    },
  );
  it('takes the same work whether it is known, wrong, malformed or of a person who was erased', async () => {
    const [known, erased] = [await receipts.make(), await receipts.make()];
    await ring.obtain(keyOfPerson('boston', 'p-1'));
    await ring.obtain(keyOfPerson('boston', 'p-2'));
    await ring.shred(keyOfPerson('boston', 'p-2'));
    const held = new Map([
      [known.digest, input],
      [erased.digest, { ...input, person: 'p-2' }],
    ]);
    const [hashing, finding] = [jest.spyOn(ring, 'digest'), jest.spyOn(ring, 'find')];
    const workFor = async (code: string) => {
      asked = [];
      jest.clearAllMocks();
      const found = await receipts.find(code, lookUpIn(held));
      return [
        found !== undefined,
        hashing.mock.calls.length,
        asked.length,
        asked[0]!.length,
        finding.mock.calls.length,
      ];
    };
    const [isFound, ...work] = await workFor(known.code);
    expect(isFound).toBe(true);
    for (const code of [erased.code, 'A'.repeat(27), '', 'not a code!', 'A'.repeat(5000)])
      expect(await workFor(code)).toEqual([false, ...work]);
  });
  it('finds nothing for a person who was erased', async () => {
    const { code, digest } = await receipts.make();
    await ring.obtain(keyOfPerson('boston', 'p-1'));
    await ring.shred(keyOfPerson('boston', 'p-1'));
    expect(await receipts.find(code, lookUpIn(new Map([[digest, input]])))).toBeUndefined();
  });
  it('of another installation finds nothing', async () => {
    const { code, digest } = await receipts.make();
    const other = new HashedReceipts(await KeyRing.open({ store: new InterruptedKeyStore(), masterKey }));
    expect(await other.find(code, lookUpIn(new Map([[digest, input]])))).toBeUndefined();
  });
});
