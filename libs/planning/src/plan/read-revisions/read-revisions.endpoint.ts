import { StreamDecider } from '@app/event-store';
import { Problem, Public, problems, revised, type Revised } from '@app/http';
import { differences, type Difference } from '@app/kernel';
import { Controller, Get, Param } from '@nestjs/common';
import { weakeningsOf, type Weakening } from '../goal-weakening.js';
import { plan, type Revision } from '../plan.state.js';

export interface RevisedGoal {
  readonly goalId: string;
  readonly title: string;
  readonly weakening: boolean;
  /** What of it asks for less. */
  readonly weakens: readonly Weakening[];
  readonly changed: readonly Difference[];
}

export interface PublicRevision {
  readonly revisionId: string;
  readonly status: Revision['status'];
  readonly weakening: boolean;
  readonly reason: string;
  /** Why oversight approved a weakening. */
  readonly publicReason?: string;
  readonly approvedBy: readonly string[];
  readonly goals: readonly RevisedGoal[];
}

export interface RevisionsAnswer {
  readonly agency: string;
  readonly plan: string;
  readonly rows: readonly PublicRevision[];
}

/** What was changed in a plan in force, old beside new, and why: open to everybody, without the persons. */
@Controller('v1/agencies/:agency/plans/:plan/revisions')
export class ReadRevisionsEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(@Param('agency') agency: string, @Param('plan') id: string): Promise<Revised<RevisionsAnswer>> {
    const { state, revision } = await this.decider.load(plan, agency, id);
    if (state.status === 'unopened') throw new Problem(problems.notFound);
    return revised({ agency, plan: id, rows: state.revisions.map(shown) }, revision);
  }
}

function shown({ revisionId, status, weakening, reason, approvals, changes }: Revision): PublicRevision {
  const publicReason = approvals.find((one) => one.publicReason !== undefined)?.publicReason;
  return {
    revisionId,
    status,
    weakening,
    reason,
    ...(publicReason === undefined ? {} : { publicReason }),
    approvedBy: approvals.map(({ authority }) => authority),
    goals: changes.map(({ goalId, was, now, weakening: weakens }) => ({
      goalId,
      title: was.title,
      weakening: weakens,
      weakens: weakeningsOf(was, now),
      changed: differences(was, now),
    })),
  };
}
