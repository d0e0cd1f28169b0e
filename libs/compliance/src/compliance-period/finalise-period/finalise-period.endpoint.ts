import { handles } from '@app/event-store';
import { Commands, RequestContext, Roles, accepted, type AcceptedBody, type CommandContext } from '@app/http';
import { cycleOf } from '@app/kernel';
import { Controller, Param, Post } from '@nestjs/common';
import { BreachFollowUp } from '../../breach/follow-compliance-period.process.js';
import { compliancePeriod, compliancePeriodId } from '../compliance-period.state.js';
import { periodBefore } from '../periods.js';
import { FinalisePeriod, finalisePeriod } from './finalise-period.js';

export const FinalisePeriodHandler = handles(
  FinalisePeriod,
  compliancePeriod,
  finalisePeriod,
  async ({ tenant, data: { agreementId, period } }, reader) => {
    if (cycleOf(period) === undefined) return compliancePeriod.initial;
    const before = compliancePeriodId(agreementId, periodBefore(period));
    return (await reader.load(compliancePeriod, tenant, before)).state;
  },
);

@Controller('v1/agencies/:agency/agreements/:agreement/periods/:period/finalisation')
export class FinalisePeriodEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly breaches: BreachFollowUp,
  ) {}

  @Post()
  @Roles('verifier', 'administrator', 'system')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') agreementId: string,
    @Param('period') period: string,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = compliancePeriodId(agreementId, period);
    const result = await this.commands.execute(new FinalisePeriod(agency, id, { agreementId, period }, metadata));
    await this.breaches.confirm(agency, id, metadata);
    return accepted(result, `/v1/agencies/${agency}/agreements/${agreementId}/periods/${period}`, false);
  }
}
