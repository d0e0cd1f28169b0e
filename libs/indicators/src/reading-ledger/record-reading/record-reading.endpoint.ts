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
import { RuleViolation, ensure, isOffsetDateTime, ledgerNamespace, periodOf, uuidV5 } from '@app/kernel';
import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { indicator } from '../../indicator/indicator.state.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { contentOf, readingLedger } from '../reading-ledger.state.js';
import { RecordReading, recordReading, type CaseReading } from './record-reading.js';

export const RecordReadingHandler = handles(RecordReading, readingLedger, recordReading);

const time = z.string().refine(isOffsetDateTime, 'a time has a day, a time and an offset: 2011-07-01T01:32:33-04:00');
const caseLine = z.strictObject({
  id: z.string().min(1).max(200),
  kind: z.literal('case'),
  startedAt: time,
  stoppedAt: time.optional(),
  dueAt: time.optional(),
  dimensions: z.record(z.string().max(64), z.string().max(500)),
});

function readingIn(line: unknown): CaseReading {
  const { success, data, error } = caseLine.safeParse(line);
  if (success) return data;
  const { path, message } = error.issues[0]!;
  const pointer = path.map((part) => `/${String(part)}`).join('');
  throw new RuleViolation(readingLedgerRules.aLineIsAReading, pointer, message);
}

/** Readings of an indicator, a line each; sent again, they change nothing. */
@Controller('v1/agencies/:agency/indicators/:indicator/readings')
export class RecordReadingEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly decider: StreamDecider,
  ) {}

  @Post()
  @HttpCode(200)
  @Roles('data-capturer')
  @BulkUpload('One reading a line: id, kind, startedAt, stoppedAt, dueAt, dimensions')
  async post(
    @Param('agency') agency: string,
    @Param('indicator') id: string,
    @RequestContext() { metadata }: CommandContext,
    @Req() request: LedgerRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { state } = await this.decider.load(indicator, agency, id);
    ensure(state.status === 'defined', readingLedgerRules.readingsBelongToADefinedIndicator);
    const { card } = state;
    return readBulk(request, reply, async (line): Promise<LineOutcome> => {
      const reading = readingIn(line);
      const ledger = `${id}/${periodOf(reading.startedAt, card.reportingCycle)}`;
      const content = `${agency} ${ledger} ${reading.id} ${contentOf(reading)} ${reading.stoppedAt ?? ''}`;
      const commandId = uuidV5(ledgerNamespace, content);
      return this.commands.execute(
        new RecordReading(agency, ledger, { card, reading }, { ...metadata, commandId, expectedRevision: undefined }),
      );
    });
  }
}
