import {
  EnumField,
  Logs,
  PageQuery,
  Problem,
  RequestContext,
  Roles,
  TextField,
  positionText,
  problems,
  sendRows,
  type CommandContext,
  type MoreRows,
  type SentRows,
  sendList,
} from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ParkedStep } from '../engine/parked-steps.js';
import { ProcessEngine } from '../engine/process-engine.js';
import { processNames } from '../process-list.js';
import {
  processColumns,
  processes,
  rowOf,
  type ProcessRow,
  type RunningProcess,
} from '../read-models/processes/processes.js';

export class RunningProcessesQuery extends PageQuery {
  @EnumField('Name of the process', processNames, { optional: true, example: processNames[0] })
  process?: string;
}

export class ParkedInstanceBody {
  @TextField('Stream of the process instance; of the event itself where that cannot be read', { maxLength: 1500 })
  instance: string;
}

export class SkippedStepBody extends ParkedInstanceBody {
  @TextField('Why the process goes on without this step', { maxLength: 500 })
  reason: string;
}

interface HeardUpTo {
  /** Log position up to which every process has heard; absent before the first event. */
  readonly heard?: string;
}

/** How many steps of the instance still wait. */
interface StillWaiting {
  readonly waiting: number;
}

const parkedColumns = [
  { name: 'instance', of: (row: ParkedStep) => row.instance },
  { name: 'process', of: (row: ParkedStep) => row.process },
  { name: 'type', of: (row: ParkedStep) => row.event?.type },
  { name: 'streamName', of: (row: ParkedStep) => row.event?.streamName },
  { name: 'revision', of: (row: ParkedStep) => row.event?.revision },
  { name: 'attempts', of: (row: ParkedStep) => row.attempts },
  { name: 'error', of: (row: ParkedStep) => row.error, freeText: true },
];

/** For the operator of the service: what the processes of all agencies wait for, and the steps that failed. */
@Controller('v1/operations')
export class ProcessOperationsEndpoint {
  constructor(
    private readonly engine: ProcessEngine,
    private readonly readModels: ReadModels,
    private readonly logs: Logs,
  ) {}

  @Get('processes')
  @Roles('administrator', 'oversight')
  async list(
    @Query() query: RunningProcessesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ProcessRow, HeardUpTo & MoreRows>> {
    const { heard } = this.engine;
    return sendList(reply, request, {
      query,
      find: (after) => this.find(query, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => [rowOf(doc)],
      columns: processColumns,
      also: heard === undefined ? {} : { heard: positionText(heard) },
    });
  }

  @Get('parked-steps')
  @Roles('administrator', 'oversight')
  async parked(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ParkedStep>> {
    return sendRows(reply, request, { rows: await this.engine.parked(), columns: parkedColumns });
  }

  @Post('parked-steps/retry')
  @HttpCode(200)
  @Roles('administrator')
  async retry(@Body() { instance }: ParkedInstanceBody): Promise<StillWaiting> {
    await this.known(instance);
    return { waiting: await this.engine.retry(instance) };
  }

  /** The event stays in the log; only this instance goes on without the step. */
  @Post('parked-steps/skip')
  @HttpCode(200)
  @Roles('administrator')
  async skip(
    @Body() { instance, reason }: SkippedStepBody,
    @RequestContext() { principal }: CommandContext,
  ): Promise<StillWaiting> {
    const [first] = await this.known(instance);
    const waiting = await this.engine.skip(instance);
    this.logs.info({ instance, eventId: first?.event?.id, by: principal.person, reason }, 'parked step skipped');
    return { waiting };
  }

  private find({ process }: RunningProcessesQuery, after?: unknown) {
    const filter: Filter<RunningProcess> = {
      ...(process === undefined ? {} : { process }),
      ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
    };
    return this.readModels.collection(processes).find(filter).sort({ _id: 1 });
  }

  private async known(instance: string): Promise<readonly ParkedStep[]> {
    const found = (await this.engine.parked()).filter((one) => one.instance === instance);
    if (found.length === 0) throw new Problem(problems.notFound, 'No step of this instance waits.');
    return found;
  }
}
