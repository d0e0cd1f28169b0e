import { agreement, servicePromise } from '@app/agreements/events';
import { breach, compliancePeriod } from '@app/compliance/events';
import { directoryAggregates } from '@app/directory/events';
import { engagementAggregates } from '@app/engagement/events';
import { EventLog, StreamDecider } from '@app/event-store';
import { IntField, Problem, Roles, SlugField, TextField, problemAt, problems } from '@app/http';
import { indicator, ledgerRegister } from '@app/indicators/events';
import {
  differences,
  parseStreamName,
  type Aggregate,
  type Difference,
  type DomainEvent,
  type EventMetadata,
  type StreamId,
} from '@app/kernel';
import { personalDataAggregates } from '@app/personal-data/events';
import { planningAggregates } from '@app/planning/events';
import { processInstance } from '@app/processes/events';
import { Controller, Get, Query } from '@nestjs/common';

export class HistoryQuery {
  @TextField('Stream, as the audit trail names it', { maxLength: 500, example: 'agreement-boston/street-services' })
  stream: string;
  @SlugField('Agency that owns the stream: for a grant of that agency only', { optional: true, example: 'boston' })
  agency?: string;
  @IntField('First revision', { optional: true, query: true, min: 0, example: 0 })
  from?: number;
  @IntField('Most events', { optional: true, query: true, min: 1, max: 1000, example: 100 })
  limit?: number;
}

export interface HistoryEntry {
  readonly revision: string;
  readonly eventId: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly metadata: EventMetadata;
  readonly data: object;
  /** What the event changed in the state; absent for a reading ledger. */
  readonly changed?: readonly Difference[];
}

type Folded = Aggregate<unknown, DomainEvent>;
/** All but the reading ledgers and the ids of readings: their events say themselves what was and what is. */
const folded = [
  ...directoryAggregates,
  indicator,
  ledgerRegister,
  agreement,
  servicePromise,
  compliancePeriod,
  breach,
  ...engagementAggregates,
  ...personalDataAggregates,
  ...planningAggregates,
  processInstance,
] as unknown as readonly Folded[];
const folds: ReadonlyMap<string, Folded> = new Map(folded.map((aggregate) => [aggregate.category, aggregate]));

/** The full decision history of one stream, each event with the state before and after it as a difference. */
@Controller('v1/history')
export class HistoryEndpoint {
  constructor(
    private readonly log: EventLog,
    private readonly decider: StreamDecider,
  ) {}

  @Get()
  @Roles('oversight', 'analyst')
  async get(
    @Query() { stream, agency, from = 0, limit = 100 }: HistoryQuery,
  ): Promise<{ readonly rows: HistoryEntry[] }> {
    const id = parseStreamName(stream);
    if (id === undefined) throw problemAt(problems.invalidFields, '?stream', 'It is category-agency/id.');
    // The guard has checked the grant for the agency in the query, so the stream has to be that agency's.
    if (agency !== undefined && id.tenant !== agency) throw new Problem(problems.notFound);
    const rows = await this.entries(id, BigInt(from), limit);
    if (rows.length === 0) throw new Problem(problems.notFound);
    return { rows };
  }

  private async entries(id: StreamId, from: bigint, limit: number): Promise<HistoryEntry[]> {
    const aggregate = folds.get(id.category);
    let state = aggregate && (await this.before(aggregate, id, from));
    const rows: HistoryEntry[] = [];
    for await (const event of this.log.readStream(id, from, { to: from + BigInt(limit - 1) })) {
      const next = aggregate?.evolve(state, event);
      rows.push({
        revision: event.revision.toString(),
        eventId: event.id,
        type: event.type,
        recordedAt: event.recordedAt.toISOString(),
        metadata: event.metadata,
        data: event.data,
        ...(aggregate === undefined ? {} : { changed: differences(state, next) }),
      });
      state = next;
    }
    return rows;
  }

  private async before(aggregate: Folded, { tenant, id }: StreamId, from: bigint): Promise<unknown> {
    if (from === 0n) return aggregate.initial;
    return (await this.decider.load(aggregate, tenant, id, { revision: from - 1n })).state;
  }
}
