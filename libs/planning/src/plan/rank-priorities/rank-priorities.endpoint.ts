import { handles } from '@app/event-store';
import {
  Commands,
  DecimalField,
  EnumField,
  ListField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { mostCriteria } from '../../prioritisation/criteria.js';
import { criterionKinds, scoringMethods, type CriterionKind, type ScoringMethod } from '../plan.events.js';
import { plan } from '../plan.state.js';
import { RankPriorities, rankPriorities } from './rank-priorities.js';

export const RankPrioritiesHandler = handles(RankPriorities, plan, rankPriorities);

export class CriterionBody {
  @SlugField('Criterion, as it was rated or as it is measured', { example: 'benefit' })
  criterionId: string;
  @EnumField('Rated by the team from 0 to 10, or measured as a share from 0 to 1', criterionKinds, { example: 'rated' })
  kind: CriterionKind;
  @DecimalField('Above zero, at most 6 places; all weights sum to 1', { example: '0.6' })
  weight: string;
  @TextField('Where a measured criterion was read; left out for a rated one', {
    optional: true,
    maxLength: 300,
    example: 'Consultation water-2026, statements 3 and 7',
  })
  source?: string;
}

export class MeasureBody {
  @SlugField('Measured criterion', { example: 'support' })
  criterionId: string;
  @SlugField('Solution that was measured', { example: 'call-centre' })
  solutionId: string;
  @DecimalField('Share from 0 to 1, at most 6 places', { example: '0.45' })
  value: string;
}

export class RankPrioritiesBody {
  @EnumField('Method', scoringMethods, { example: 'weighted-score' })
  method: ScoringMethod;
  @ListField('Of a weighted score', () => CriterionBody, { optional: true, maxItems: mostCriteria })
  criteria?: CriterionBody[];
  @ListField('Of measured criteria, one for each solution', () => MeasureBody, { optional: true })
  measures?: MeasureBody[];
}

@Controller('v1/agencies/:agency/plans/:plan/rankings')
export class RankPrioritiesEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() { method, criteria = [], measures = [] }: RankPrioritiesBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RankPriorities(agency, id, { method, criteria, measures }, metadata);
    const result = await this.commands.execute(command);
    return accepted(result, `/v1/agencies/${agency}/plans/${id}`, result.eventIds.length > 0);
  }
}
