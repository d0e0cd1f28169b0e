import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  RequestContext,
  Roles,
  SlugField,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { agreement } from '../agreement.state.js';
import { SignAgreement, signAgreement } from './sign-agreement.js';

export const SignAgreementHandler = handles(SignAgreement, agreement, signAgreement);

export class SignAgreementBody {
  @SlugField('Party that is signed for', { example: 'public-works' })
  partyId: string;
  @TextField('Hash of the content that was read: as submitted, in lower-case hex', { pattern: /^[0-9a-f]{64}$/ })
  contentHash: string;
}

@Controller('v1/agencies/:agency/agreements/:agreement/signatures')
export class SignAgreementEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('head-of-department', 'executive', 'party-representative')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @Body() body: SignAgreementBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new SignAgreement(agency, id, body, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/agreements/${id}`, false);
  }
}
