import { StreamDecider } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  DateField,
  RequestContext,
  Roles,
} from '@app/http';
import type { Accepted } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ServicePromises } from '../../service-promise/promise-services-before-activation.process.js';
import { agreement } from '../agreement.state.js';
import { IndicatorCards } from '../indicator-cards.js';
import { ActivateAgreement, activateAgreement, warningsFor } from './activate-agreement.js';

@CommandHandler(ActivateAgreement)
export class ActivateAgreementHandler implements ICommandHandler<ActivateAgreement> {
  constructor(
    private readonly decider: StreamDecider,
    private readonly promises: ServicePromises,
  ) {}

  async execute(command: ActivateAgreement): Promise<Accepted> {
    const { state } = await this.decider.load(agreement, command.tenant, command.id);
    // Services are reserved only for an agreement that would come into force.
    if (activateAgreement(command, state, undefined).length > 0 && state.status === 'signed')
      await this.promises.reserve(command.tenant, command.id, state.terms, command.metadata);
    return this.decider.execute(agreement, command, activateAgreement, undefined);
  }
}

export class ActivateAgreementBody {
  @DateField('First day in force, in the calendar of the agency', { example: '2011-07-01' })
  effectiveFrom: string;
}

@Controller('v1/agencies/:agency/agreements/:agreement/activation')
export class ActivateAgreementEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly decider: StreamDecider,
    private readonly cards: IndicatorCards,
  ) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @Body() body: ActivateAgreementBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ActivateAgreement(agency, id, body, metadata);
    const result = await this.commands.execute(command);
    return accepted(result, `/v1/agencies/${agency}/agreements/${id}`, false, await this.warnings(agency, id));
  }

  private async warnings(agency: string, id: string): Promise<readonly string[]> {
    const { state } = await this.decider.load(agreement, agency, id);
    const objectives = state.status === 'undrafted' ? [] : state.terms.objectives;
    const cards = await Promise.all(objectives.map(({ indicatorId }) => this.cards.find(agency, indicatorId)));
    return warningsFor(cards.flatMap((card) => card?.qualityDimension ?? []));
  }
}
