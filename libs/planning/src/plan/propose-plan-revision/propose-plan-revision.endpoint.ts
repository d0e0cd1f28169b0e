import { handles, type AggregateReader } from '@app/event-store';
import {
  Commands,
  DateField,
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
import { EquityFloorBody, TargetBody, TrajectoryPointBody, targetOf } from '../goal-body.js';
import { goalFacts } from '../goal-facts.js';
import { plan } from '../plan.state.js';
import type { GoalCard } from '../sound-goal.js';
import { ProposePlanRevision, proposePlanRevision, type RevisedTerms } from './propose-plan-revision.js';

export const ProposePlanRevisionHandler = handles(
  ProposePlanRevision,
  plan,
  proposePlanRevision,
  async ({ tenant, id, data: { changes } }, reader) => {
    const { state } = await reader.load(plan, tenant, id);
    const goals = state.status === 'unopened' ? [] : state.goals;
    const changed = goals.filter(({ goalId }) => changes.some((one) => one.goalId === goalId));
    const cards = await Promise.all(
      changed.map(async ({ goalId, indicatorId }) => [goalId, await cardOf(tenant, indicatorId, reader)] as const),
    );
    return { cards: new Map(cards.flatMap(([goalId, card]) => (card === undefined ? [] : [[goalId, card] as const]))) };
  },
);

async function cardOf(
  tenant: string,
  indicatorId: string | undefined,
  reader: AggregateReader,
): Promise<GoalCard | undefined> {
  if (indicatorId === undefined) return undefined;
  return (await goalFacts({ tenant, data: { indicatorId } }, reader)).card;
}

export class RevisedGoalBody {
  @SlugField('Goal of the plan', { example: 'leaks-in-three-days' })
  goalId: string;
  @ObjectField('Where it ends from now on', () => TargetBody)
  target: TargetBody;
  @DateField('Day by which it is reached', { example: '2028-12-31' })
  dueDate: string;
  @ListField('Levels on the way', () => TrajectoryPointBody, { optional: true, maxItems: 120 })
  trajectory?: TrajectoryPointBody[];
  @ObjectField(
    'What every district, channel or group has to reach; left out: nothing any longer',
    () => EquityFloorBody,
    {
      optional: true,
    },
  )
  equityFloor?: EquityFloorBody;
  @DecimalField('Share in the plan; all weights sum to 1', { example: '1' })
  weight: string;
}

export class ProposePlanRevisionBody {
  @SlugField('Short name of the revision', { example: 'drought' })
  revisionId: string;
  @TextField('Why the plan is revised, for everybody to read', {
    maxLength: 2000,
    example: 'The drought left the pipes dry.',
  })
  reason: string;
  @ListField('Goals that change, each as it will be', () => RevisedGoalBody, { minItems: 1, maxItems: 500 })
  changes: RevisedGoalBody[];
}

@Controller('v1/agencies/:agency/plans/:plan/revisions')
export class ProposePlanRevisionEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() { changes, ...body }: ProposePlanRevisionBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ProposePlanRevision(agency, id, { ...body, changes: changes.map(termsOf) }, metadata);
    const result = await this.commands.execute(command);
    return accepted(result, `/v1/agencies/${agency}/plans/${id}`, result.eventIds.length > 0);
  }
}

const termsOf = ({ goalId, target, dueDate, trajectory = [], equityFloor, weight }: RevisedGoalBody): RevisedTerms => ({
  goalId,
  target: targetOf(target),
  dueDate,
  trajectory: trajectory.map((point) => ({ ...point })),
  ...(equityFloor === undefined ? {} : { equityFloor: { ...equityFloor } }),
  weight,
});
