import { StreamDecider, handles } from '@app/event-store';
import {
  BulkUpload,
  Commands,
  RequestContext,
  Roles,
  readBulk,
  type CommandContext,
  type LedgerRequest,
  type LineOutcome,
} from '@app/http';
import type { PeriodKey } from '@app/kernel';
import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LedgerRegistrar } from '../../ledger-register/ledger-registrar.js';
import { ReadingIdsClaimer } from '../../reading-ids/reading-ids-claimer.js';
import { givenReading } from '../given-reading.js';
import { readingLedger } from '../reading-ledger.state.js';
import { ClaimsOfUpload } from './claims-of-upload.js';
import { RecordReading, recordReading } from './record-reading.js';
import { Upload } from './upload.js';

export const RecordReadingHandler = handles(RecordReading, readingLedger, recordReading);

/** Readings of an indicator, a line each; sent again, they change nothing. */
@Controller('v1/agencies/:agency/indicators/:indicator/readings')
export class RecordReadingEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly decider: StreamDecider,
    private readonly registrar: LedgerRegistrar,
    private readonly claimer: ReadingIdsClaimer,
  ) {}

  @Post()
  @HttpCode(200)
  @Roles('data-capturer')
  @BulkUpload(
    'One reading a line: id, kind, dimensions; of a case startedAt, stoppedAt, dueAt; of a ratio period, numerator, ' +
      'denominator, target; of a value period, value, target. In CSV a dimension is a column: dimensions.ward',
  )
  async post(
    @Param('agency') agency: string,
    @Param('indicator') id: string,
    @RequestContext() { metadata }: CommandContext,
    @Req() request: LedgerRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const upload = await Upload.begin(this.decider.facts, agency, id);
    const claims = new ClaimsOfUpload(this.claimer, { agency, indicator: id, metadata });
    const { card } = upload.keeper;
    const opened = new Map<PeriodKey, Promise<void>>();
    const open = (period: PeriodKey): Promise<void> | undefined => {
      if (upload.isListed(period)) return undefined;
      const known = opened.get(period);
      if (known !== undefined) return known;
      const opening = this.registrar.open(agency, id, period, card.reportingCycle, metadata);
      opened.set(period, opening);
      return opening;
    };
    return readBulk(request, reply, async (line): Promise<LineOutcome> => {
      const reading = givenReading(line, card);
      const command = upload.command(reading, metadata);
      if (!(await upload.recordsAnew(command))) return this.commands.execute(command);
      await open(reading.period);
      const period = await claims.periodOf(reading.id, reading.period);
      return this.commands.execute(period === reading.period ? command : upload.command(reading, metadata, period));
    });
  }
}
