import { createHash } from 'node:crypto';
import { ledgerNamespace, uuidV5 } from '@app/kernel';
import canonicalize from 'canonicalize';
import { problemAt, problems } from '../problems/problem.js';

/** Bare or as the quoted string of the draft: both spellings are the same key. */
export function idempotencyKeyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = typeof header === 'string' ? header.trim() : '';
  const quoted = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(text);
  const key = quoted === null ? text : quoted[1]!.replace(/\\(["\\])/g, '$1');
  const wellFormed = key.length > 0 && key.length <= 255 && (quoted !== null || /^[\x21\x23-\x7e]+$/.test(key));
  if (!wellFormed) {
    throw problemAt(
      problems.malformedIdempotencyKey,
      'Idempotency-Key',
      'It is 1 to 255 printable characters without spaces, or a quoted string.',
    );
  }
  return key;
}

export interface KeyScope {
  readonly tenant: string;
  readonly person: string;
  /** Method and address, not the pattern: the same key on two records is two requests. */
  readonly route: string;
  readonly key: string;
}

export const payloadHash = (body: unknown): string =>
  createHash('sha256')
    .update(canonicalize(body) ?? '')
    .digest('base64url');

export const scopedKey = ({ tenant, person, route, key }: KeyScope): string =>
  uuidV5(ledgerNamespace, JSON.stringify(['idempotency', tenant, person, route, key]));

/**
 * The same request gives the same command id, so the event store drops the second append even when the first answer
 * was never kept. The payload is part of it: another payload under the same key must not pass for the first.
 */
export const commandIdOf = (scope: KeyScope, hash: string): string => uuidV5(scopedKey(scope), hash);
