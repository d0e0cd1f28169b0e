import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

const partSize = 800 * 1024;
const mostParts = 32;
const mostUnpacked = 256 * 1024 * 1024;

/** A text that one append cannot hold, packed and cut into some that it can; undefined where there would be too many. */
export async function cut(text: string): Promise<readonly string[] | undefined> {
  const packed = (await promisify(deflateRaw)(text)).toString('base64');
  const parts = Math.ceil(packed.length / partSize);
  if (parts > mostParts) return undefined;
  return Array.from({ length: parts }, (_, index) => packed.slice(index * partSize, (index + 1) * partSize));
}

export async function joined(parts: readonly string[]): Promise<string> {
  const packed = Buffer.from(parts.join(''), 'base64');
  return (await promisify(inflateRaw)(packed, { maxOutputLength: mostUnpacked })).toString();
}
