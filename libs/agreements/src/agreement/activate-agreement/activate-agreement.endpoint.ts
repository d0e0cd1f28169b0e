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
import { ActivateAgreement, activateAgreement } from './activate-agreement.js';

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
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @Body() body: ActivateAgreementBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ActivateAgreement(agency, id, body, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/agreements/${id}`, false);
  }
}
