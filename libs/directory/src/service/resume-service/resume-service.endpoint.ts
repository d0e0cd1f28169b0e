import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  RequestContext,
  Roles,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { service } from '../service.state.js';
import { ResumeService, resumeService } from './resume-service.js';

export const ResumeServiceHandler = handles(ResumeService, service, resumeService);

export class ResumeServiceBody {
  @TextField('Why it is provided again', { maxLength: 500, example: 'Reservoir repaired' })
  reason: string;
}

@Controller('v1/agencies/:agency/services/:service/resumption')
export class ResumeServiceEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('service') id: string,
    @Body() { reason }: ResumeServiceBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new ResumeService(agency, id, { reason }, metadata));
    return accepted(result, `/v1/agencies/${agency}/services/${id}`, false);
  }
}
