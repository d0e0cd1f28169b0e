import { handles } from '@app/event-store';
import {
  Commands,
  DateField,
  ListField,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { addressOf, initiativeIdOf, todayOf } from '../initiative-facts.js';
import { initiative } from '../initiative.state.js';
import { ReachMilestone, reachMilestone } from './reach-milestone.js';

export const ReachMilestoneHandler = handles(ReachMilestone, initiative, reachMilestone, todayOf);

export class MilestoneEvidenceBody {
  @TextField('What it is', { maxLength: 300, example: 'Six contracts' })
  title: string;
  @TextField('SHA-256 of its content in lower-case hex', { pattern: /^[0-9a-f]{64}$/ })
  sha256: string;
}

export class ReachMilestoneBody {
  @DateField('Day on which it was reached', { example: '2026-06-28' })
  on: string;
  @ListField('What shows it', () => MilestoneEvidenceBody, { minItems: 1, maxItems: 50 })
  evidence: MilestoneEvidenceBody[];
}

@Controller('v1/agencies/:agency/plans/:plan/initiatives/:initiative/milestones/:milestone/attainment')
export class ReachMilestoneEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Param('initiative') solutionId: string,
    @Param('milestone') milestoneId: string,
    @Body() body: ReachMilestoneBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = initiativeIdOf(planId, solutionId);
    const result = await this.commands.execute(new ReachMilestone(agency, id, { milestoneId, ...body }, metadata));
    return accepted(result, addressOf(agency, planId, solutionId), false);
  }
}
