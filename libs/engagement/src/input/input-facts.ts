import { districts, isStandingDistrict } from '@app/directory/events';
import type { AggregateReader } from '@app/event-store';
import { consultation } from '../consultation/consultation.state.js';
import { isOpenAt, termsOf } from '../statement/consultation-terms.js';
import type { ReceivedInput } from './input.events.js';
import type { SubmitInputFacts } from './submit-input/submit-input.js';

/** What an input is decided by. */
export async function factsFor(
  reader: AggregateReader,
  tenant: string,
  { consultationId, receivedAt, districtId }: Pick<ReceivedInput, 'consultationId' | 'receivedAt' | 'districtId'>,
): Promise<SubmitInputFacts> {
  const { state } = await reader.load(consultation, tenant, consultationId);
  const terms = termsOf(state);
  return {
    isPlanned: state.status !== 'unplanned' && state.status !== 'past',
    // Whether or not anybody has closed it yet: people were told until when they could speak.
    isOpen: isOpenAt(terms, receivedAt),
    groups: terms.groups,
    themes: state.status === 'unplanned' ? [] : state.themes.map(({ themeId }) => themeId),
    isDistrictKnown: districtId === undefined || (await isDistrict(reader, tenant, districtId)),
  };
}

async function isDistrict(reader: AggregateReader, tenant: string, districtId: string): Promise<boolean> {
  const { state } = await reader.load(districts, tenant, tenant);
  return isStandingDistrict(state, districtId);
}
