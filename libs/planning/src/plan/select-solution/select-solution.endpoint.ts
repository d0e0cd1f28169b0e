import { handles } from '@app/event-store';
import {
  Commands,
  IdField,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { SelectSolution, selectSolution } from './select-solution.js';

export const SelectSolutionHandler = handles(SelectSolution, plan, selectSolution);

export class SelectSolutionBody {
  @TextField('Why it is selected', { maxLength: 2000, example: 'Best score, and it can begin at once.' })
  reason: string;
  @IdField('Person who answers for it; may be named later', { optional: true, example: 'p-3f9c' })
  owner?: string;
}

@Controller('v1/agencies/:agency/plans/:plan/solutions/:solution/selection')
export class SelectSolutionEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('solution') solutionId: string,
    @Body() body: SelectSolutionBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new SelectSolution(agency, id, { solutionId, ...body }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}
