import { StreamDecider } from '@app/event-store';
import { Commands, RequestContext, Roles, accepted, type AcceptedBody, type CommandContext } from '@app/http';
import type { Accepted } from '@app/kernel';
import { Controller, Param, Post } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BreachFollowUp } from '../../breach/follow-compliance-period.process.js';
import { compliancePeriod, compliancePeriodId } from '../compliance-period.state.js';
import { evidenceOf } from '../evidence.js';
import { IndicatorReadings } from '../indicator-readings.js';
import { EvaluatePeriod, evaluatePeriod } from './evaluate-period.js';

@CommandHandler(EvaluatePeriod)
export class EvaluatePeriodHandler implements ICommandHandler<EvaluatePeriod> {
  constructor(
    private readonly decider: StreamDecider,
    private readonly readings: IndicatorReadings,
  ) {}

  async execute(command: EvaluatePeriod): Promise<Accepted> {
    const facts = await evidenceOf(this.decider, this.readings, command.tenant, command.id);
    return this.decider.execute(compliancePeriod, command, evaluatePeriod, facts);
  }
}

@Controller('v1/agencies/:agency/agreements/:agreement/periods/:period/evaluation')
export class EvaluatePeriodEndpoint {
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
    const result = await this.commands.execute(new EvaluatePeriod(agency, id, { agreementId, period }, metadata));
    await this.breaches.assess(agency, id, metadata);
    return accepted(result, `/v1/agencies/${agency}/agreements/${agreementId}/periods/${period}`, false);
  }
}
