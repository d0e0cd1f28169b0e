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
import { plan } from '../plan.state.js';
import { RejectSolution, rejectSolution } from './reject-solution.js';

export const RejectSolutionHandler = handles(RejectSolution, plan, rejectSolution);

export class RejectSolutionBody {
  @TextField('Why it is rejected', { maxLength: 2000, example: 'Few people write.' })
  reason: string;
}

@Controller('v1/agencies/:agency/plans/:plan/solutions/:solution/rejection')
export class RejectSolutionEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('solution') solutionId: string,
    @Body() { reason }: RejectSolutionBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RejectSolution(agency, id, { solutionId, reason }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}
