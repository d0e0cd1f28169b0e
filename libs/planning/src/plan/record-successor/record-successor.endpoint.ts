import { handles } from '@app/event-store';
import {
  Commands,
  RequestContext,
  Roles,
  SlugField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { RecordSuccessor, recordSuccessor, type RecordSuccessorFacts } from './record-successor.js';

export const RecordSuccessorHandler = handles(
  RecordSuccessor,
  plan,
  recordSuccessor,
  async ({ tenant, data }, reader): Promise<RecordSuccessorFacts> => ({
    successor: (await reader.load(plan, tenant, data.plan)).state,
  }),
);

export class RecordSuccessorBody {
  @SlugField('The recorded plan of the next cycle, with all its goals', { example: '2019-20' })
  plan: string;
}

@Controller('v1/agencies/:agency/plans/:plan/successor')
export class RecordSuccessorEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator', 'data-capturer')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() body: RecordSuccessorBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new RecordSuccessor(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/plans/${id}`);
  }
}
