import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { problems } from '../problems/problem.js';
import { unpacked, unpackLimits } from './unpack.js';

describe('an upload that is refused half way', () => {
  it('flows away for a while, so that its sender reads the answer, and is cut then', async () => {
    const source = new PassThrough();
    source.write('more than ten bytes');
    const limits = { ...unpackLimits, unpackedBytes: 10, lingerMs: 100 };
    const reading = unpacked(source, {}, limits);
    await expect(reading.next()).rejects.toMatchObject({ kind: problems.bodyTooLarge });
    expect(source.destroyed).toBe(false);
    const isTaken = new Promise((resolve) => source.write(Buffer.alloc(1024 * 1024), resolve));
    await isTaken;
    await once(source, 'close');
    expect(source.readableEnded).toBe(false);
  });
});
