import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { Wrapped } from './key-store.js';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

export interface Encrypted {
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

/** What a ciphertext is bound to: an array of texts has one encoding in JSON. */
const boundTo = (context: readonly string[]): Buffer => Buffer.from(JSON.stringify(context));

export function encrypt(key: KeyObject, content: Buffer, context: readonly string[]): Encrypted {
  const iv = randomBytes(ivBytes);
  const encrypting = createCipheriv(cipher, key, iv, { authTagLength: tagBytes }).setAAD(boundTo(context));
  const ciphertext = Buffer.concat([encrypting.update(content), encrypting.final()]);
  return { iv, ciphertext, tag: encrypting.getAuthTag() };
}

/** Undefined for what was not encrypted so. */
export function decrypt(
  key: KeyObject,
  { iv, ciphertext, tag }: Encrypted,
  context: readonly string[],
): Buffer | undefined {
  if (iv.length !== ivBytes || tag.length !== tagBytes) return undefined;
  const decrypting = createDecipheriv(cipher, key, iv, { authTagLength: tagBytes });
  decrypting.setAAD(boundTo(context)).setAuthTag(tag);
  try {
    return Buffer.concat([decrypting.update(ciphertext), decrypting.final()]);
  } catch {
    return undefined;
  }
}

export const newKey = (): KeyObject => createSecretKey(randomBytes(32));

export function wrap(under: KeyObject, key: KeyObject, context: readonly string[]): Wrapped {
  const { iv, tag, ciphertext } = encrypt(under, key.export(), context);
  return Buffer.concat([iv, tag, ciphertext]).toString('base64url');
}

/** Undefined for a key that was wrapped under another one. */
export function unwrap(under: KeyObject, wrapped: Wrapped, context: readonly string[]): KeyObject | undefined {
  const bytes = Buffer.from(wrapped, 'base64url');
  const iv = bytes.subarray(0, ivBytes);
  const tag = bytes.subarray(ivBytes, ivBytes + tagBytes);
  const key = decrypt(under, { iv, tag, ciphertext: bytes.subarray(ivBytes + tagBytes) }, context);
  return key?.length === 32 ? createSecretKey(key) : undefined;
}
