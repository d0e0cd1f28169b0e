import { agency as agencyAggregate } from '@app/directory/events';
import { StreamDecider } from '@app/event-store';
import {
  AsOf,
  DateField,
  EnumField,
  FlagField,
  PageQuery,
  Roles,
  SlugField,
  sendList,
  type KeyPart,
  type PointInLog,
  type MoreRows,
  type SentRows,
  isPast,
} from '@app/http';
import { Clock, onWallClock } from '@app/kernel';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ListedAt, foundAmong } from '../listed-at.js';
import { initiativeBoard, rowOf, type BoardedInitiative, type InitiativeRow } from './initiative-board.js';

const sorts = ['initiative', 'due'] as const;
const statuses = ['under-way', 'completed', 'cancelled'] as const;

export class InitiativeBoardQuery extends PageQuery {
  @SlugField('Plan that is carried out', { optional: true, example: 'water-2026' })
  plan?: string;
  @EnumField('Status', statuses, { optional: true, example: 'under-way' })
  status?: (typeof statuses)[number];
  @FlagField('true: only what is overdue; false: only what is not', {
    optional: true,
    query: true,
    example: true,
  })
  overdue?: boolean;
  @DateField('Day of the board; left out: today, where the agency is', { optional: true, example: '2026-07-01' })
  on?: string;
  @EnumField(
    'By plan and initiative, or by the next day on which something is due, which is the order of `overdue`',
    sorts,
    {
      optional: true,
      example: 'due',
    },
  )
  sort?: (typeof sorts)[number];
}

/** Persons who answer for initiatives are on it, and what is in their way: it is for people who work with them. */
@Controller('v1/agencies/:agency/initiatives')
export class InitiativeBoardEndpoint {
  constructor(
    private readonly readModels: ReadModels,
    private readonly decider: StreamDecider,
    private readonly clock: Clock,
    private readonly past: ListedAt,
  ) {}

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
  @ApiOkResponse({ description: 'Initiatives as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: InitiativeBoardQuery,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<InitiativeRow, { readonly on: string } & MoreRows>> {
    const today = query.on ?? (await this.dayOf(agency, at.recordedAt ?? this.clock.now()));
    const then = isPast(at) ? await this.past.find(initiativeBoard, { agency, category: 'initiative', at }) : undefined;
    return sendList(reply, request, {
      query,
      find: (after) =>
        then === undefined
          ? this.find(agency, query, today, after)
          : foundAmong(inOrder(then, query).filter((one) => isAsked(one, query, today, after))),
      keyOf: ({ _id, nextDueOn }) => (isByDay(query) ? [nextDueOn, _id] : [_id]),
      rowsOf: (doc) => [rowOf(doc, today)],
      columns,
      also: { on: today },
    });
  }

  private async dayOf(agency: string, moment: Date): Promise<string> {
    const { state } = await this.decider.facts.load(agencyAggregate, agency, agency);
    return onWallClock(
      `${moment.toISOString().slice(0, 19)}Z`,
      state.status === 'registered' ? state.timeZone : 'UTC',
    ).slice(0, 10);
  }

  private find(agency: string, query: InitiativeBoardQuery, today: string, after?: readonly KeyPart[]) {
    const { plan, status, overdue } = query;
    const filter: Filter<BoardedInitiative> = {
      agency,
      ...(plan === undefined ? {} : { plan }),
      ...(status === undefined ? {} : { 'state.status': status }),
      ...(overdue === undefined ? {} : { nextDueOn: overdue ? { $lt: today } : { $gte: today } }),
    };
    const found = this.readModels.collection(initiativeBoard);
    if (!isByDay(query))
      return found
        .find({ ...filter, ...(after === undefined ? {} : { _id: { $gt: String(after[0]) } }) })
        .sort({ _id: 1 });
    return found.find(after === undefined ? filter : { $and: [filter, behind(after)] }).sort({ nextDueOn: 1, _id: 1 });
  }
}

/** Unless asked otherwise, what is overdue comes in the order in which it was due. */
const isByDay = ({ sort, overdue }: InitiativeBoardQuery): boolean =>
  sort === undefined ? overdue !== undefined : sort === 'due';

function behind([nextDueOn, id]: readonly KeyPart[]): Filter<BoardedInitiative> {
  const day = String(nextDueOn);
  return { $or: [{ nextDueOn: { $gt: day } }, { nextDueOn: day, _id: { $gt: String(id) } }] };
}

const inOrder = (all: readonly BoardedInitiative[], query: InitiativeBoardQuery): readonly BoardedInitiative[] =>
  isByDay(query) ? [...all].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)) : all;

/** Calendar days and ids order as texts do. */
const keyOf = ({ nextDueOn, _id }: BoardedInitiative): string => `${nextDueOn} ${_id}`;

/** The filter of `find`, for what is in memory. */
function isAsked(
  one: BoardedInitiative,
  query: InitiativeBoardQuery,
  today: string,
  after: readonly KeyPart[] | undefined,
): boolean {
  const { plan, status, overdue } = query;
  const isBehind = after === undefined || (isByDay(query) ? keyOf(one) > after.join(' ') : one._id > String(after[0]));
  return (
    isBehind &&
    (plan === undefined || one.plan === plan) &&
    (status === undefined || one.state.status === status) &&
    (overdue === undefined || one.nextDueOn < today === overdue)
  );
}

const columns = (
  [
    'plan',
    'initiative',
    'title',
    'status',
    'owner',
    'startedOn',
    'dueOn',
    'percent',
    'confidence',
    'lastReportOn',
    'budget',
    'spend',
    'currency',
    'spendPercent',
    'overBudget',
    'milestones',
    'milestonesReached',
    'milestonesMissed',
    'milestonesOverdue',
    'nextMilestone',
    'nextMilestoneDueOn',
    'openBlockers',
    'blockerSeverity',
    'overdue',
    'revision',
    'updatedAt',
  ] as const
).map((name) => ({
  name,
  of: (row: InitiativeRow) => (name === 'openBlockers' ? row.openBlockers.join(' ') : row[name]),
  freeText: name === 'title',
}));
