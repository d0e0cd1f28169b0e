import {
  Logs,
  Problem,
  RequestContext,
  Roles,
  TextField,
  positionText,
  problems,
  sendRows,
  type CommandContext,
  type SentRows,
} from '@app/http';
import { ProjectionEngine, type ParkedEvent } from '@app/projections';
import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

export class ParkedDocumentBody {
  @TextField('Read model; * where the event itself cannot be read', { maxLength: 100, example: 'scorecard' })
  projection: string;
  @TextField('Document whose events wait; the stream where the event cannot be read', { maxLength: 1500 })
  document: string;
}

export class SkippedEventBody extends ParkedDocumentBody {
  @TextField('Why the read model goes on without this event', { maxLength: 500 })
  reason: string;
}

/** How many events of the document still wait. */
interface StillWaiting {
  readonly waiting: number;
}

interface ReadModelRow {
  readonly name: string;
  readonly parkedEvents: number;
}

interface HowFar {
  readonly lagSeconds: number;
  /** Of the last event that every read model has; absent before the first. */
  readonly position?: string;
}

const parkedColumns = (
  ['projection', 'document', 'position', 'type', 'streamName', 'revision', 'eventId', 'attempts', 'error'] as const
).map((name) => ({ name, of: (row: ParkedEvent) => row[name], freeText: name === 'error' }));

/** For the operator of the service: how far the read models are, what they could not take, and building them anew. */
@Controller('v1/operations')
export class OperationsEndpoint {
  constructor(
    private readonly engine: ProjectionEngine,
    private readonly logs: Logs,
  ) {}

  @Get('read-models')
  @Roles('administrator', 'oversight')
  async readModels(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ReadModelRow, HowFar>> {
    const position = await this.engine.position();
    const parked = await this.engine.parked();
    const rows = this.engine.names.map((name) => ({
      name,
      parkedEvents: parked.filter(({ projection }) => projection === name || projection === '*').length,
    }));
    const columns = (['name', 'parkedEvents'] as const).map((name) => ({
      name,
      of: (row: ReadModelRow) => row[name],
    }));
    const also = {
      lagSeconds: this.engine.lag,
      ...(position === undefined ? {} : { position: positionText(position) }),
    };
    return sendRows(reply, request, { rows, columns, also });
  }

  @Get('parked-events')
  @Roles('administrator', 'oversight')
  async parked(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ParkedEvent>> {
    return sendRows(reply, request, { rows: await this.engine.parked(), columns: parkedColumns });
  }

  @Post('parked-events/retry')
  @HttpCode(200)
  @Roles('administrator')
  async retry(@Body() { projection, document }: ParkedDocumentBody): Promise<StillWaiting> {
    await this.known(projection, document);
    return { waiting: await this.engine.retry(projection, document) };
  }

  /** The event stays in the log and in the audit trail; only this read model goes on without it, until it is rebuilt. */
  @Post('parked-events/skip')
  @HttpCode(200)
  @Roles('administrator')
  async skip(
    @Body() { projection, document, reason }: SkippedEventBody,
    @RequestContext() { principal }: CommandContext,
  ): Promise<StillWaiting> {
    const [first] = await this.known(projection, document);
    const waiting = await this.engine.skip(projection, document);
    this.logs.info({ projection, eventId: first?.eventId, by: principal.person, reason }, 'parked event skipped');
    return { waiting };
  }

  /** Answers when the new view has taken the place of the old one, which answers until then. */
  @Post('read-models/:view/rebuild')
  @HttpCode(200)
  @Roles('administrator')
  async rebuild(@Param('view') view: string): Promise<{ readonly rebuilt: readonly string[] }> {
    const views = view === 'all' ? this.engine.names : this.engine.names.filter((name) => name === view);
    if (views.length === 0)
      throw new Problem(problems.notFound, `The read models are ${this.engine.names.join(', ')}.`);
    await this.engine.rebuild(...views);
    return { rebuilt: views };
  }

  private async known(projection: string, document: string): Promise<readonly ParkedEvent[]> {
    const parked = await this.engine.parked();
    const found = parked.filter((one) => one.projection === projection && one.document === document);
    if (found.length === 0) throw new Problem(problems.notFound, 'No event waits for this document.');
    return found;
  }
}
