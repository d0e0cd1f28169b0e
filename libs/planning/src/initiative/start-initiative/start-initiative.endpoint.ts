import { handles } from '@app/event-store';
import {
  Commands,
  DateField,
  DecimalField,
  IdField,
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
import { plan } from '../../plan/plan.state.js';
import { addressOf, initiativeIdOf, todayOf } from '../initiative-facts.js';
import { initiative } from '../initiative.state.js';
import { StartInitiative, startInitiative, type StartInitiativeFacts } from './start-initiative.js';

export const StartInitiativeHandler = handles(
  StartInitiative,
  initiative,
  startInitiative,
  async (command, reader): Promise<StartInitiativeFacts> => {
    const { planId, solutionId } = command.data;
    const [day, { state }] = await Promise.all([todayOf(command, reader), reader.load(plan, command.tenant, planId)]);
    if (state.status !== 'published' && state.status !== 'under-revision') return day;
    const solution = state.solutions.find((one) => one.solutionId === solutionId && one.status === 'selected');
    if (solution === undefined) return { ...day, plan: { to: state.to } };
    const { title, owner, estimatedCost } = solution;
    const named = owner === undefined ? {} : { owner };
    return { ...day, plan: { to: state.to, solution: { title, ...named, currency: estimatedCost.unit } } };
  },
);

export class BudgetBody {
  @DecimalField('Zero or more, at most 6 places', { example: '1200000' })
  amount: string;
  @TextField('Currency as in ISO 4217: the one that the plan counts in', { pattern: /^[A-Z]{3}$/, example: 'ZAR' })
  unit: string;
}

export class StartInitiativeBody {
  @SlugField('Selected solution that is carried out; names the initiative', { example: 'second-crew' })
  solutionId: string;
  @IdField('Person who answers for it and reports on it; left out: the owner of the solution', {
    optional: true,
    example: 'p-3f9c',
  })
  owner?: string;
  @ObjectField('What it may cost', () => BudgetBody)
  budget: BudgetBody;
  @DateField('Day on which it is to be complete, within the plan', { example: '2027-12-31' })
  dueOn: string;
}

@Controller('v1/agencies/:agency/plans/:plan/initiatives')
export class StartInitiativeEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'head-of-department')
  async post(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Body() body: StartInitiativeBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = initiativeIdOf(planId, body.solutionId);
    const result = await this.commands.execute(new StartInitiative(agency, id, { planId, ...body }, metadata));
    return accepted(result, addressOf(agency, planId, body.solutionId));
  }
}
