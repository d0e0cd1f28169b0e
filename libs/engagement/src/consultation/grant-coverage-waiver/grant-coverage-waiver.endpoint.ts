import { handles } from '@app/event-store';
import {
  Commands,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { consultation } from '../consultation.state.js';
import { GrantCoverageWaiver, grantCoverageWaiver } from './grant-coverage-waiver.js';

export const GrantCoverageWaiverHandler = handles(GrantCoverageWaiver, consultation, grantCoverageWaiver);

export class GrantCoverageWaiverBody {
  @SlugField('Required group whose coverage is waived', { example: 'informal' })
  groupId: string;
  @TextField('Public reason', { maxLength: 1000, example: 'The settlement was evacuated in March' })
  reason: string;
}

@Controller('v1/agencies/:agency/consultations/:consultation/waivers')
export class GrantCoverageWaiverEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('oversight')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @Body() body: GrantCoverageWaiverBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new GrantCoverageWaiver(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/consultations/${id}`, false);
  }
}
