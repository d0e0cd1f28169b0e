import {
  AsOf,
  EnumField,
  PageQuery,
  Roles,
  acceptedType,
  page,
  problemAt,
  problems,
  sendRows,
  type PointInLog,
  type MoreRows,
  type SentRows,
} from '@app/http';
import { percentOf, published } from '@app/kernel';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { verdicts, type Verdict } from '../../statement/statement.events.js';
import { shownSupport, sizeOf } from './cross-group-support.js';
import { statementSupport, type GroupTally, type SupportedStatement } from './statement-support.js';
import { SupportAt } from './support-at.js';

const sorts = ['support', 'votes', 'statement'] as const;

export class StatementsQuery extends PageQuery {
  @EnumField('What became of the statement', verdicts, { optional: true, example: 'accepted' })
  verdict?: Verdict;
  @EnumField('By support or votes, the most first, or by the name of the statement', sorts, {
    optional: true,
    example: 'support',
  })
  sort?: (typeof sorts)[number];
}

export interface SupportRow {
  readonly statement: string;
  readonly text: string;
  readonly author?: string;
  readonly verdict: Verdict;
  readonly proposedAt: string;
  /** Cross-group support, rounded half up at four decimals. */
  readonly support: string;
  /** The same, exact: the product over all groups of (agreeing + 1) / (votes + 2). */
  readonly supportExact: string;
  /** The last vote of each participant. */
  readonly agree: number;
  readonly disagree: number;
  readonly pass: number;
  readonly votes: number;
  /** Who agree, of the votes that count: half up at four decimals; null without votes. */
  readonly percentAgree: string | null;
  /** Of each group that the consultation asks. */
  readonly groups: readonly GroupTally[];
  /** Every vote event, also those that were replaced. */
  readonly eventsAgree: number;
  readonly eventsDisagree: number;
  readonly eventsPass: number;
}

interface Scope {
  readonly agency: string;
  readonly consultation: string;
}

/** Exact counts of small groups can tell who voted how: they are for people who work with them. */
@Controller('v1/agencies/:agency/consultations/:consultation/statements')
export class StatementSupportEndpoint {
  constructor(
    private readonly readModels: ReadModels,
    private readonly past: SupportAt,
  ) {}

  @Get()
  @Roles('service-owner', 'team-member', 'data-capturer', 'head-of-department', 'executive', 'oversight', 'analyst')
  @ApiOkResponse({ description: 'Rows as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @Query() query: StatementsQuery,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<SupportRow, MoreRows>> {
    const scope = { agency, consultation };
    const known = await this.knownAt(scope, query, at);
    if (acceptedType(request.headers.accept) !== 'application/json')
      return sendRows(reply, request, { columns, rows: this.all(scope, query, known) });
    const { items, next } = await page(
      query,
      async (after, limit) =>
        known === undefined
          ? this.find(scope, query, after?.[0]).limit(limit).toArray()
          : after === undefined
            ? known.slice(0, limit)
            : known.filter((doc) => isBehind(doc, query, String(after[0]))).slice(0, limit),
      (doc) => [doc[keyOf(query)]],
    );
    return sendRows(reply, request, { columns, rows: items.map(rowOf), also: next === undefined ? {} : { next } });
  }

  /** In order; undefined for the present, which the read model holds. */
  private async knownAt(
    { agency, consultation }: Scope,
    query: StatementsQuery,
    at: PointInLog,
  ): Promise<readonly SupportedStatement[] | undefined> {
    if (at.revision !== undefined)
      throw problemAt(problems.malformedAsOf, '?asOf', 'Votes are in many streams: give an instant or a log position.');
    if (at.position === undefined && at.recordedAt === undefined) return undefined;
    const all = await this.past.find(agency, consultation, at);
    const asked = all.filter(({ verdict }) => query.verdict === undefined || verdict === query.verdict);
    return asked.toSorted((a, b) => (isBehind(b, query, a[keyOf(query)]) ? -1 : 1));
  }

  private async *all(
    scope: Scope,
    query: StatementsQuery,
    known: readonly SupportedStatement[] | undefined,
  ): AsyncGenerator<SupportRow> {
    for await (const doc of known ?? this.find(scope, query)) yield rowOf(doc);
  }

  private find(scope: Scope, query: StatementsQuery, after?: unknown) {
    const key = keyOf(query);
    const behind = typeof after === 'string' ? { [key]: isAscending(query) ? { $gt: after } : { $lt: after } } : {};
    const filter: Filter<SupportedStatement> = {
      ...scope,
      ...(query.verdict === undefined ? {} : { verdict: query.verdict }),
      ...behind,
    };
    return this.readModels
      .collection(statementSupport)
      .find(filter)
      .sort({ [key]: isAscending(query) ? 1 : -1 });
  }
}

const keys = { support: 'bySupport', votes: 'byVotes', statement: '_id' } as const;
const keyOf = ({ sort = 'support' }: StatementsQuery) => keys[sort];
const isAscending = ({ sort }: StatementsQuery): boolean => sort === 'statement';
const isBehind = (doc: SupportedStatement, query: StatementsQuery, key: string): boolean =>
  isAscending(query) ? doc[keyOf(query)] > key : doc[keyOf(query)] < key;

const rowOf = (doc: SupportedStatement): SupportRow => ({
  statement: doc.statement,
  text: doc.text,
  ...(doc.author === undefined ? {} : { author: doc.author }),
  verdict: doc.verdict,
  proposedAt: doc.proposedAt,
  support: shownSupport({ numerator: BigInt(doc.numerator), denominator: BigInt(doc.denominator) }),
  supportExact: `${doc.numerator}/${doc.denominator}`,
  ...doc.current,
  votes: sizeOf(doc.current),
  percentAgree: percentAgreeOf(doc),
  groups: doc.groups,
  eventsAgree: doc.events.agree,
  eventsDisagree: doc.events.disagree,
  eventsPass: doc.events.pass,
});

function percentAgreeOf({ current }: SupportedStatement): string | null {
  const percent = percentOf(current.agree, sizeOf(current));
  return percent === undefined ? null : published(percent, 4);
}

/** `group agree/votes`, of every group. */
const groupsText = ({ groups }: SupportRow): string =>
  groups.map((tally) => `${tally.group} ${tally.agree}/${sizeOf(tally)}`).join('; ');

const columns = [
  { name: 'statement', of: (row: SupportRow) => row.statement },
  { name: 'verdict', of: (row: SupportRow) => row.verdict },
  { name: 'support', of: (row: SupportRow) => row.support },
  { name: 'supportExact', of: (row: SupportRow) => row.supportExact },
  { name: 'agree', of: (row: SupportRow) => row.agree },
  { name: 'disagree', of: (row: SupportRow) => row.disagree },
  { name: 'pass', of: (row: SupportRow) => row.pass },
  { name: 'votes', of: (row: SupportRow) => row.votes },
  { name: 'percentAgree', of: (row: SupportRow) => row.percentAgree },
  { name: 'groups', of: groupsText, freeText: true },
  { name: 'eventsAgree', of: (row: SupportRow) => row.eventsAgree },
  { name: 'eventsDisagree', of: (row: SupportRow) => row.eventsDisagree },
  { name: 'eventsPass', of: (row: SupportRow) => row.eventsPass },
  { name: 'proposedAt', of: (row: SupportRow) => row.proposedAt },
  { name: 'author', of: (row: SupportRow) => row.author, freeText: true },
  { name: 'text', of: (row: SupportRow) => row.text, freeText: true },
];
