import { StreamDecider } from '@app/event-store';
import { Commands, RequestContext, Roles, accepted, type AcceptedBody, type CommandContext } from '@app/http';
import type { Accepted } from '@app/kernel';
import { Controller, Param, Post } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { compliancePeriod, compliancePeriodId } from '../compliance-period.state.js';
import { readingsAsTheyStand } from '../evidence.js';
import { IndicatorReadings } from '../indicator-readings.js';
import { CutOffPeriod, cutOffPeriod } from './cut-off-period.js';

@CommandHandler(CutOffPeriod)
export class CutOffPeriodHandler implements ICommandHandler<CutOffPeriod> {
  constructor(
    private readonly decider: StreamDecider,
    private readonly readings: IndicatorReadings,
  ) {}

  async execute(command: CutOffPeriod): Promise<Accepted> {
    const facts = await readingsAsTheyStand(this.decider, this.readings, command.tenant, command.id);
    return this.decider.execute(compliancePeriod, command, cutOffPeriod, facts);
  }
}

@Controller('v1/agencies/:agency/agreements/:agreement/periods/:period/cut-off')
export class CutOffPeriodEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('verifier', 'administrator', 'system')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') agreementId: string,
    @Param('period') period: string,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = compliancePeriodId(agreementId, period);
    const result = await this.commands.execute(new CutOffPeriod(agency, id, { agreementId, period }, metadata));
    return accepted(result, `/v1/agencies/${agency}/agreements/${agreementId}/periods/${period}`, false);
  }
}
