import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Roles, problems, sendRows, type PointInLog, type SentRows } from '@app/http';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fact } from '../../performance/facts.js';
import { LedgerReadings } from '../ledger-readings.js';
import { ledgerId, readingLedger, type NoData } from '../reading-ledger.state.js';

type ReadingRow = Fact & { readonly entry: number };

/** Beside the rows. */
interface LedgerNotes {
  readonly agency: string;
  readonly indicator: string;
  readonly period: string;
  readonly revision: string;
  /** Null while readings are taken in. */
  readonly cutOffAt: string | null;
  readonly noData: readonly NoData[];
}

type Said = Partial<Record<string, string | number | boolean>>;

const columns = [
  ...['entry', 'id', 'kind', 'startedAt', 'stoppedAt', 'dueAt', 'numerator', 'denominator', 'value', 'target'],
  ...['verified', 'corrected', 'voided'],
].map((name) => ({ name, of: (row: ReadingRow) => (row as unknown as Said)[name], freeText: name === 'id' }));
const lists = [
  { name: 'flags', of: (row: ReadingRow) => row.flags.join(' '), freeText: true },
  { name: 'dimensions', of: (row: ReadingRow) => JSON.stringify(row.dimensions), freeText: true },
];

/** The ledger of a period, replayed: every reading with what was done to it, and what was declared to have no data. */
@Controller('v1/agencies/:agency/indicators/:indicator/periods/:period/readings')
export class ReadReadingsEndpoint {
  constructor(
    private readonly decider: StreamDecider,
    private readonly readings: LedgerReadings,
  ) {}

  @Get()
  @Roles('data-capturer', 'verifier', 'service-owner', 'administrator', 'oversight', 'analyst')
  async get(
    @Param('agency') agency: string,
    @Param('indicator') indicator: string,
    @Param('period') period: string,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ReadingRow, LedgerNotes>> {
    const ledger = ledgerId(indicator, period);
    const { state, revision } = await this.decider.load(readingLedger, agency, ledger, at);
    if (revision < 0n) throw new Problem(problems.notFound, 'The indicator has no ledger for this period.');
    const readings = await this.readings.upTo(agency, ledger, revision);
    const rows = readings.map((reading, entry): ReadingRow => ({ entry, ...reading }));
    const { noData, cutOffAt = null } = state;
    const also = { agency, indicator, period, revision: revision.toString(), cutOffAt, noData };
    void reply.header('ETag', `"${revision}"`);
    return sendRows(reply, request, { rows, columns: [...columns, ...lists], also });
  }
}
