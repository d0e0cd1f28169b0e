import { handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  RequestContext,
  Roles,
  TextMapField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { scoringMethods, type ScoringMethod } from '../plan.events.js';
import { plan } from '../plan.state.js';
import { ScoreSolution, scoreSolution } from './score-solution.js';

export const ScoreSolutionHandler = handles(ScoreSolution, plan, scoreSolution);

export class ScoreSolutionBody {
  @EnumField('Method that the values are for', scoringMethods, { example: 'rice' })
  method: ScoringMethod;
  @TextMapField(
    'Values by name. rice: reach (0 or more, people in a period), impact (0.25, 0.5, 1, 2, 3), confidence (0 to 1), effort (0.01 or more); ' +
      'wsjf: businessValue, timeCriticality, riskReduction, jobSize (1, 2, 3, 5, 8, 13, 20); moscow: bucket (must, should, could, wont); ' +
      'impact-effort: impact, effort (1 to 10); weighted-score: any criterion (0 to 10). At most 6 places',
    { maxEntries: 20, maxLength: 32, example: { reach: '40000', impact: '2', confidence: '0.8', effort: '3' } },
  )
  values: Record<string, string>;
}

@Controller('v1/agencies/:agency/plans/:plan/solutions/:solution/scores')
export class ScoreSolutionEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('solution') solutionId: string,
    @Body() { method, values }: ScoreSolutionBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ScoreSolution(agency, id, { solutionId, method, values }, metadata);
    const result = await this.commands.execute(command);
    return accepted(result, `/v1/agencies/${agency}/plans/${id}`, result.eventIds.length > 0);
  }
}
