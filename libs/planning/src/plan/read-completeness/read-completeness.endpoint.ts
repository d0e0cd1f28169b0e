import { StreamDecider } from '@app/event-store';
import { AsOf, ListField, Problem, Roles, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { missingFrom } from '../completeness.js';
import { consultationsOf } from '../consultation-facts.js';
import { plan } from '../plan.state.js';

export class CompletenessQuery {
  @ListField('Consultations that the plan would be submitted with', 'slug', {
    optional: true,
    query: true,
    maxItems: 20,
    example: ['water-2026'],
  })
  consultations?: string[];
}

export interface MissingPart {
  /** Rule that the plan breaks until then. */
  readonly rule: string;
  readonly pointer: string;
  readonly sentence: string;
}

export interface CompletenessAnswer {
  readonly agency: string;
  readonly plan: string;
  readonly status: string;
  /** Nothing is missing; submission still asks that goal setting has ended. */
  readonly complete: boolean;
  readonly missing: readonly MissingPart[];
}

/** What a plan still needs before it is submitted, each thing in a sentence. The consultations are those of today. */
@Controller('v1/agencies/:agency/plans/:plan/completeness')
export class ReadCompletenessEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Roles(
    'service-owner',
    'team-member',
    'head-of-department',
    'executive',
    'verifier',
    'oversight',
    'analyst',
    'administrator',
  )
  async get(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Query() { consultations = [] }: CompletenessQuery,
    @AsOf() at: PointInLog,
  ): Promise<Revised<CompletenessAnswer>> {
    const { state, revision } = await this.decider.load(plan, agency, id, at);
    if (state.status === 'unopened') throw new Problem(problems.notFound);
    const facts = await consultationsOf(this.decider, agency, id, consultations);
    const missing = missingFrom(state, facts).map(({ rule, pointer, sentence }) => ({
      rule: rule.id,
      pointer,
      sentence,
    }));
    const answer = { agency, plan: id, status: state.status, complete: missing.length === 0, missing };
    return revised(answer, revision);
  }
}
