import { handles } from '@app/event-store';
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
import { ledgerNamespace, uuidV5 } from '@app/kernel';
import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { plan } from '../plan.state.js';
import { publishedGoalIn } from './published-goal.js';
import { RecordPublishedGoal, recordPublishedGoal, type RecordPublishedGoalFacts } from './record-published-goal.js';

export const RecordPublishedGoalHandler = handles(
  RecordPublishedGoal,
  plan,
  recordPublishedGoal,
  async ({ tenant, id }, reader): Promise<RecordPublishedGoalFacts> => {
    const { state } = await reader.load(plan, tenant, id);
    if (state.status === 'unopened' || state.predecessor === undefined) return {};
    return { predecessor: (await reader.load(plan, tenant, state.predecessor)).state };
  },
);

/** Goals of a published plan, a line each; sent again, they change nothing. */
@Controller('v1/agencies/:agency/plans/:plan/published-goals')
export class RecordPublishedGoalEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @HttpCode(200)
  @Roles('administrator', 'data-capturer')
  @BulkUpload(
    'One goal a line: goalId, title, headings, indicatorId, target (kind max, min or target with value, range with from ' +
      'and to, text), unit, direction, dueDate, carriedForward, changeNote, result (reportedTo, actual, status)',
  )
  post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @RequestContext() { metadata }: CommandContext,
    @Req() request: LedgerRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return readBulk(request, reply, async (line): Promise<LineOutcome> => {
      const goal = publishedGoalIn(line);
      const name = `${metadata.commandId} ${id} ${JSON.stringify(goal)}`;
      const commandId = uuidV5(ledgerNamespace, name);
      return this.commands.execute(
        new RecordPublishedGoal(agency, id, goal, { ...metadata, commandId, expectedRevision: undefined }),
      );
    });
  }
}
