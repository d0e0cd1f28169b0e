import { agreement } from '@app/agreements/events';
import { agency } from '@app/directory/events';
import { handles } from '@app/event-store';
import {
  Commands,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { compliancePeriod, compliancePeriodId } from '../compliance-period.state.js';
import { OpenPeriod, openPeriod } from './open-period.js';

export const OpenPeriodHandler = handles(OpenPeriod, compliancePeriod, openPeriod, async ({ tenant, data }, reader) => {
  const [agreed, registered] = await Promise.all([
    reader.load(agreement, tenant, data.agreementId),
    reader.load(agency, tenant, tenant),
  ]);
  return {
    agreement: agreed.state,
    agreementRevision: agreed.revision,
    timeZone: registered.state.status === 'registered' ? registered.state.timeZone : undefined,
  };
});

export class OpenPeriodBody {
  @TextField('Calendar month, quarter or year', { maxLength: 7, example: '2011-07' })
  period: string;
}

@Controller('v1/agencies/:agency/agreements/:agreement/periods')
export class OpenPeriodEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('verifier', 'administrator', 'system')
  async post(
    @Param('agency') agencyId: string,
    @Param('agreement') agreementId: string,
    @Body() { period }: OpenPeriodBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = compliancePeriodId(agreementId, period);
    const result = await this.commands.execute(new OpenPeriod(agencyId, id, { agreementId, period }, metadata));
    return accepted(result, `/v1/agencies/${agencyId}/agreements/${agreementId}/periods/${period}`);
  }
}
