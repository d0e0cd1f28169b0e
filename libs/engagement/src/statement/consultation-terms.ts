import type { AggregateReader } from '@app/event-store';
import { consultation, type ConsultationState, type Opening } from '../consultation/consultation.state.js';

/** What statements and votes need to know of their consultation. */
export interface ConsultationTerms {
  /** False where nobody has planned it. */
  readonly isKnown: boolean;
  /** Ids of the groups that it asks. */
  readonly groups: readonly string[];
  readonly openings: readonly Required<Opening>[];
  /** Absent while it may still be opened again. */
  readonly endedAt?: string;
}

const unknown: ConsultationTerms = { isKnown: false, groups: [], openings: [] };

export function termsOf(state: ConsultationState): ConsultationTerms {
  switch (state.status) {
    case 'unplanned':
      return unknown;
    case 'planned':
      return { isKnown: true, groups: groupsOf(state.requiredGroups), openings: [] };
    case 'open':
      return { isKnown: true, groups: groupsOf(state.requiredGroups), openings: openingsOf(state) };
    case 'closed':
    case 'response-published':
      return {
        isKnown: true,
        groups: groupsOf(state.requiredGroups),
        openings: openingsOf(state),
        ...(state.adequate || state.status === 'response-published' ? { endedAt: state.closedAt } : {}),
      };
    case 'past':
      return { isKnown: true, groups: state.groups, openings: openingsOf(state), endedAt: state.closedAt };
  }
}

const groupsOf = (required: readonly { readonly groupId: string }[]): readonly string[] =>
  required.map(({ groupId }) => groupId);

/** While it is open it is so until it is to close. */
const openingsOf = ({
  openings,
  closesAt,
}: {
  readonly openings: readonly Opening[];
  readonly closesAt: string;
}): readonly Required<Opening>[] => openings.map(({ from, to = closesAt }) => ({ from, to }));

export const isOpenAt = ({ openings }: ConsultationTerms, instant: string): boolean => {
  const at = Date.parse(instant);
  return openings.some(({ from, to }) => Date.parse(from) <= at && at < Date.parse(to));
};

/** As it stands; kept for as long as the state is the same. */
export async function consultationTerms(
  reader: AggregateReader,
  agency: string,
  id: string,
): Promise<ConsultationTerms> {
  const { state } = await reader.load(consultation, agency, id);
  const kept = known.get(state);
  if (kept !== undefined) return kept;
  const terms = termsOf(state);
  known.set(state, terms);
  return terms;
}

const known = new WeakMap<ConsultationState, ConsultationTerms>();
