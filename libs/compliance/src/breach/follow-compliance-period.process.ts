import { agreement, type Consequence } from '@app/agreements/events';
import { StreamDecider } from '@app/event-store';
import { ledgerNamespace, uuidV5, type CommandMetadata } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import {
  compliancePeriod,
  hasFigures,
  resultOf,
  type Final,
  type MissedScope,
  type Provisional,
} from '../compliance-period/compliance-period.state.js';
import { AssessBreach, assessBreach, type BreachOf } from './assess-breach/assess-breach.js';
import { breach, breachId } from './breach.state.js';
import { ConfirmBreach, confirmBreach } from './confirm-breach/confirm-breach.js';

/**
 * Follows the evaluation and the finalisation of a period with the commands on its breaches. Each of them does nothing
 * when it was done before, so a request that broke off half way is repaired by sending it again.
 */
@Injectable()
export class BreachFollowUp {
  constructor(private readonly decider: StreamDecider) {}

  /** Detects, reassesses or withdraws the breach of every objective and scope that was ever found missed. */
  async assess(tenant: string, periodId: string, cause: CommandMetadata): Promise<void> {
    const { state: period } = await this.decider.load(compliancePeriod, tenant, periodId);
    if (!hasFigures(period)) return;
    for (const missed of period.everMissed) {
      const of = breachOf(period, missed);
      const id = idOf(of);
      const metadata = causedBy(cause, tenant, `assess ${id} ${period.evaluation.inputHash}`);
      await this.decider.execute(breach, new AssessBreach(tenant, id, of, metadata), assessBreach, period);
    }
  }

  /** Confirms the breaches of a final period, each with its consequence. */
  async confirm(tenant: string, periodId: string, cause: CommandMetadata): Promise<void> {
    const { state: period } = await this.decider.load(compliancePeriod, tenant, periodId);
    if (period.status !== 'final') return;
    await this.assess(tenant, periodId, cause);
    const consequences = await this.consequencesOf(tenant, period);
    for (const missed of period.everMissed) {
      const consequence = consequences.find(({ objectiveId }) => objectiveId === missed.objectiveId);
      if (consequence === undefined || resultOf(period, missed)?.verdict !== 'NotMet') continue;
      const of = breachOf(period, missed);
      const id = idOf(of);
      const metadata = causedBy(cause, tenant, `confirm ${id} ${period.evaluation.resultHash}`);
      const command = new ConfirmBreach(tenant, id, of, metadata);
      await this.decider.execute(breach, command, confirmBreach, { period, consequence });
    }
  }

  /** As agreed in the version that the period pinned. */
  private async consequencesOf(tenant: string, { opening }: Final): Promise<readonly Consequence[]> {
    const revision = BigInt(opening.agreementRevision);
    const { state } = await this.decider.load(agreement, tenant, opening.agreementId, { revision });
    return state.status === 'undrafted' ? [] : state.terms.consequences;
  }
}

const breachOf = ({ opening }: Provisional | Final, { objectiveId, scope }: MissedScope): BreachOf => ({
  agreementId: opening.agreementId,
  period: opening.period,
  objectiveId,
  scope,
});
const idOf = ({ agreementId, objectiveId, scope, period }: BreachOf): string =>
  breachId(agreementId, objectiveId, scope, period);

/** The system acts, because a person asked for what caused it; the same step always has the same command id. */
const causedBy = (cause: CommandMetadata, tenant: string, step: string): CommandMetadata => ({
  commandId: uuidV5(ledgerNamespace, `${tenant} ${step}`),
  correlationId: cause.correlationId,
  causationId: cause.commandId,
  actor: { person: 'civic-ledger', role: 'system', tenant, grant: 'follow-compliance-period', grantRevision: '0' },
  onBehalfOf: cause.actor.person,
  occurredAt: cause.occurredAt,
  ...(cause.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
  ...(cause.legalBasis === undefined ? {} : { legalBasis: cause.legalBasis }),
});
