import { consultation, unlinkedAccepted } from '@app/engagement/events';
import type { AggregateReader } from '@app/event-store';

/** A consultation as a plan sees it. */
export interface ConsultationFact {
  readonly consultationId: string;
  readonly isAboutThePlan: boolean;
  /** Closed, and everybody who was to be heard had the opportunity. */
  readonly isAdequate: boolean;
  /** Inputs and themes that were accepted and lead to nothing yet. */
  readonly unlinkedAccepted: readonly string[];
}

export const consultationsOf = (
  reader: AggregateReader,
  agency: string,
  planId: string,
  consultationIds: readonly string[],
): Promise<readonly ConsultationFact[]> =>
  Promise.all(
    consultationIds.map(async (consultationId) => {
      const { state } = await reader.load(consultation, agency, consultationId);
      return {
        consultationId,
        isAboutThePlan: state.status !== 'unplanned' && state.subject.kind === 'plan' && state.subject.id === planId,
        isAdequate: 'adequate' in state && state.adequate,
        unlinkedAccepted: state.status === 'unplanned' ? [] : unlinkedAccepted(state.answers),
      };
    }),
  );
