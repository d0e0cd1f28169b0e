import { EventLog } from '@app/event-store';
import { problemAt, problems, type PointInLog, isAfter } from '@app/http';
import { ReadModels } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { approvals, withMatterOf, type Matter } from './approvals.js';

/** What waited at a moment of the past: the same folds over the events of each plan up to then. */
@Injectable()
export class ApprovalsAt {
  constructor(
    private readonly readModels: ReadModels,
    private readonly log: EventLog,
  ) {}

  /** The longest wait first. */
  async find(agency: string, plan: string | undefined, at: PointInLog): Promise<readonly Matter[]> {
    if (at.revision !== undefined && plan === undefined)
      throw problemAt(
        problems.malformedAsOf,
        '?asOf',
        'A revision is of one plan: name it, or ask by time or position.',
      );
    const matters: Matter[] = [];
    // A plan that goes through our approvals has a document from its opening on.
    const known = { agency, kind: 'plan' as const, ...(plan === undefined ? {} : { plan }) };
    for await (const { plan: id } of this.readModels.collection(approvals).find(known))
      matters.push(...(await this.replayed(agency, id, at)));
    return matters.filter(({ waiting }) => waiting).sort((left, right) => (left.order < right.order ? -1 : 1));
  }

  private async replayed(agency: string, id: string, at: PointInLog): Promise<Iterable<Matter>> {
    let matters: ReadonlyMap<string, Matter> = new Map();
    for await (const event of this.log.readStream({ category: 'plan', tenant: agency, id })) {
      if (isAfter(event, at)) break;
      matters = withMatterOf(matters, event);
    }
    return matters.values();
  }
}
