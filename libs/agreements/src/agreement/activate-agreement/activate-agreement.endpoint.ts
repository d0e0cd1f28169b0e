import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  DateField,
  RequestContext,
  Roles,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { agreement } from '../agreement.state.js';
import { ActivateAgreement, activateAgreement } from './activate-agreement.js';

export const ActivateAgreementHandler = handles(ActivateAgreement, agreement, activateAgreement);

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
