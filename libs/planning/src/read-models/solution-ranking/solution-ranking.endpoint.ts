import { StreamDecider } from '@app/event-store';
import {
  AsOf,
  EnumField,
  PageQuery,
  Problem,
  Roles,
  acceptedType,
  page,
  problems,
  sendRows,
  type KeyPart,
  type PointInLog,
  type MoreRows,
  type SentRows,
} from '@app/http';
import { ReadModels } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { scoringMethods, type ScoringMethod } from '../../plan/plan.events.js';
import { plan, type Plan, type SolutionStatus } from '../../plan/plan.state.js';
import {
  inOrderOf,
  rankingSorts,
  rowsOf,
  solutionRanking,
  type PlanRankings,
  type RankingRow,
  type RankingSort,
} from './solution-ranking.js';

export class SolutionRankingQuery extends PageQuery {
  @EnumField('Method', scoringMethods, { optional: true, example: 'rice' })
  method?: ScoringMethod;
  @EnumField('What became of the solution', ['proposed', 'selected', 'rejected'], {
    optional: true,
    example: 'selected',
  })
  status?: SolutionStatus;
  @EnumField('By method and rank, by how far the raters are apart, the most first, or by solution', rankingSorts, {
    optional: true,
    example: 'rank',
  })
  sort?: RankingSort;
}

/** What stands behind the rows of one method. */
export interface RankingBasis {
  readonly method: ScoringMethod;
  readonly methodVersion: string;
  readonly inputsHash: string;
  readonly standing: boolean;
  readonly criteria: Plan['rankings'][number]['criteria'];
  readonly measures: Plan['rankings'][number]['measures'];
  /** The smallest change of one weight beyond which another is first; null: none, or no weights. */
  readonly firstPlaceChange: {
    readonly criterionId: string;
    readonly change: string;
    readonly newFirst: string;
  } | null;
}

type Known = Pick<PlanRankings, 'rankings' | 'solutions'>;

@Controller('v1/agencies/:agency/plans/:plan/rankings')
export class SolutionRankingEndpoint {
  constructor(
    private readonly readModels: ReadModels,
    private readonly decider: StreamDecider,
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
  @ApiOkResponse({ description: 'Solutions by rank and what they are ranked by as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Query() query: SolutionRankingQuery,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<RankingRow, { readonly rankings: readonly RankingBasis[] } & MoreRows>> {
    const known = await this.known(agency, planId, at);
    const { method, status, sort = 'rank' } = query;
    // A plan has tens of solutions and five methods: all of them are in memory.
    const rows = rowsOf(known)
      .filter(
        (row) => (method === undefined || row.method === method) && (status === undefined || row.status === status),
      )
      .sort(inOrderOf(sort));
    if (acceptedType(request.headers.accept) !== 'application/json') return sendRows(reply, request, { columns, rows });
    const { items, next } = await page(query, async (after, limit) => rowsAfter(rows, after).slice(0, limit), keyOf);
    const rankings = basisOf(known, method);
    return sendRows(reply, request, {
      columns,
      rows: items,
      also: { rankings, ...(next === undefined ? {} : { next }) },
    });
  }

  private async known(agency: string, planId: string, at: PointInLog): Promise<Known> {
    if (Object.keys(at).length === 0) {
      const found = await this.readModels.collection(solutionRanking).findOne({ _id: `${agency}/${planId}` });
      return found ?? { rankings: [], solutions: [] };
    }
    const { state } = await this.decider.load(plan, agency, planId, at);
    if (state.status === 'unopened') throw new Problem(problems.notFound);
    return state;
  }
}

const keyOf = ({ method, solution }: RankingRow): readonly KeyPart[] => [method, solution];

/** Behind the row that the last page ended with; none when the priorities were ranked anew without it. */
function rowsAfter(rows: readonly RankingRow[], after: readonly KeyPart[] | undefined): readonly RankingRow[] {
  if (after === undefined) return rows;
  const [method, solution] = after;
  const last = rows.findIndex((row) => row.method === method && row.solution === solution);
  return last < 0 ? [] : rows.slice(last + 1);
}

const basisOf = ({ rankings }: Known, method: ScoringMethod | undefined): readonly RankingBasis[] =>
  rankings
    .filter((one) => method === undefined || one.method === method)
    .map((one) => ({
      method: one.method,
      methodVersion: one.methodVersion,
      inputsHash: one.inputsHash,
      standing: one.standing,
      criteria: one.criteria,
      measures: one.measures,
      firstPlaceChange: one.sensitivity?.firstPlace ?? null,
    }));

const columns = (
  [
    'method',
    'methodVersion',
    'rank',
    'solution',
    'title',
    'status',
    'score',
    'group',
    'raters',
    'lowest',
    'highest',
    'deviation',
    'bestRank',
    'worstRank',
    'estimatedCost',
    'currency',
    'estimatedEffort',
    'effortUnit',
    'standing',
    'inputsHash',
  ] as const
).map((name) => ({ name, of: (row: RankingRow) => row[name], freeText: name === 'title' }));
