import { handles } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import { Controller, Param, Post } from '@nestjs/common';
import { agreement } from '../agreement.state.js';
import { SubmitForSignature, submitForSignature } from './submit-for-signature.js';

export const SubmitForSignatureHandler = handles(SubmitForSignature, agreement, submitForSignature);

@Controller('v1/agencies/:agency/agreements/:agreement/submission')
export class SubmitForSignatureEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new SubmitForSignature(agency, id, {}, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/agreements/${id}`, false);
  }
}
