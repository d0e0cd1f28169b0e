import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Terms } from './agreement.state.js';

const byKey =
  <T>(key: (one: T) => string) =>
  (left: T, right: T): number =>
    key(left) < key(right) ? -1 : 1;

const severity = ({ severity: name }: { readonly severity: string }): string => name;
const objectiveId = ({ objectiveId: id }: { readonly objectiveId: string }): string => id;

/** What the parties sign, as lower-case hex: SHA-256 of the terms in canonical JSON (RFC 8785), lists in order of id. */
export function contentHash(agency: string, agreementId: string, version: number, terms: Terms): string {
  const { title, kind, disputeWindowDays, reviewSchedule } = terms;
  const content = {
    agency,
    agreementId,
    version,
    title,
    kind,
    disputeWindowDays,
    ...(reviewSchedule === undefined ? {} : { reviewSchedule }),
    serviceIds: [...terms.serviceIds].sort(),
    parties: terms.parties
      .map((party) => ({ ...party, representatives: [...party.representatives].sort() }))
      .sort(byKey((party) => party.partyId)),
    objectives: [...terms.objectives].sort(byKey(objectiveId)),
    consequences: terms.consequences
      .map((one) => ({ ...one, points: [...one.points].sort(byKey(severity)) }))
      .sort(byKey(objectiveId)),
  };
  return createHash('sha256').update(canonicalize(content)!).digest('hex');
}
