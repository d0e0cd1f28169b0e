import { hash } from 'node:crypto';
import { ensure } from '@app/kernel';
import { ballotBoxRules } from './ballot-box.rules.js';

interface Citizen {
  /** Digest of (issuer, subject) of an account. */
  readonly person: string;
  readonly hasAccount: boolean;
}

/**
 * Opaque id of a citizen in one consultation. The key of somebody without an account is never kept: its digest is of no use
 * in another consultation, and it cannot be made from the id that stands in events.
 */
export function citizenParticipant(
  { person, hasAccount }: Citizen,
  agency: string,
  consultation: string,
  key: string | undefined,
): string {
  if (hasAccount) return person;
  ensure(
    key !== undefined && /^[A-Za-z0-9_-]{27,64}$/.test(key),
    ballotBoxRules.aCitizenWithoutAnAccountShowsAKey,
    '/key',
  );
  return `k-${hash('sha256', `${agency}/${consultation}/${key}`).slice(0, 40)}`;
}
