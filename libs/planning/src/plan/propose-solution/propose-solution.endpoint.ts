import { handles } from '@app/event-store';
import {
  Commands,
  DecimalField,
  ListField,
  ObjectField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { ProposeSolution, proposeSolution } from './propose-solution.js';

export const ProposeSolutionHandler = handles(ProposeSolution, plan, proposeSolution);

export class EstimatedCostBody {
  @DecimalField('Zero or more, at most 6 places', { example: '250000' })
  amount: string;
  @TextField('Currency as in ISO 4217; the same for all solutions of a plan', { pattern: /^[A-Z]{3}$/, example: 'ZAR' })
  unit: string;
}

export class EstimatedEffortBody {
  @DecimalField('Above zero, at most 6 places', { example: '40' })
  amount: string;
  @SlugField('Unit of effort; the same for all solutions of a plan', { example: 'person-days' })
  unit: string;
}

export class EstimatedEffectBody {
  @SlugField('Goal that the solution serves', { example: 'answer-calls' })
  goalId: string;
  @DecimalField('By how much it moves the indicator, in the unit of the goal; below zero for less', { example: '15' })
  change: string;
}

export class ProposeSolutionBody {
  @SlugField('Short name of the solution', { example: 'call-centre' })
  solutionId: string;
  @TextField('Title', { maxLength: 200, example: 'Call centre' })
  title: string;
  @TextField('What is to be done', { maxLength: 4000, example: 'Six more people answer calls.' })
  description: string;
  @ListField('Problems of the plan that it answers', 'slug', { minItems: 1, maxItems: 100, example: ['slow-calls'] })
  problemIds: string[];
  @ListField('Goals of the plan that it serves', 'slug', { minItems: 1, maxItems: 100, example: ['answer-calls'] })
  goalIds: string[];
  @ObjectField('What it is expected to cost', () => EstimatedCostBody)
  estimatedCost: EstimatedCostBody;
  @ObjectField('What work it is expected to take', () => EstimatedEffortBody)
  estimatedEffort: EstimatedEffortBody;
  @ListField('What it is expected to change, goal by goal', () => EstimatedEffectBody, { maxItems: 100 })
  estimatedEffects: EstimatedEffectBody[];
}

@Controller('v1/agencies/:agency/plans/:plan/solutions')
export class ProposeSolutionEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() body: ProposeSolutionBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new ProposeSolution(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/plans/${id}`, result.eventIds.length > 0);
  }
}
