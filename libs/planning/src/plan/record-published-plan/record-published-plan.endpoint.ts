import { handles } from '@app/event-store';
import {
  Commands,
  DateField,
  IntField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { RecordPublishedPlan, recordPublishedPlan, type RecordPublishedPlanFacts } from './record-published-plan.js';

export const RecordPublishedPlanHandler = handles(
  RecordPublishedPlan,
  plan,
  recordPublishedPlan,
  async ({ tenant, data: { predecessor } }, reader): Promise<RecordPublishedPlanFacts> =>
    predecessor === undefined ? {} : { predecessor: (await reader.load(plan, tenant, predecessor)).state },
);

export class RecordPublishedPlanBody {
  @SlugField('Short name of the plan; part of its address', { example: '2018-19' })
  id: string;
  @TextField('Title', { maxLength: 200, example: 'Departmental Plan 2018-19' })
  title: string;
  @IntField('Number of the cycle', { min: 1, max: 1000, example: 2 })
  cycle: number;
  @DateField('First day', { example: '2018-04-01' })
  from: string;
  @DateField('Last day', { example: '2019-03-31' })
  to: string;
  @SlugField('The plan before it, recorded here too', { optional: true, example: '2017-18' })
  predecessor?: string;
  @TextField('Who decided on it and published it', { maxLength: 200, example: 'National Defence' })
  publishedBy: string;
  @TextField('Where it was published', { maxLength: 500, example: 'GC InfoBase, https://open.canada.ca' })
  source: string;
  @TextField('SHA-256 of the file that it was read from, in lower-case hex', {
    pattern: /^[0-9a-f]{64}$/,
    example: 'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26',
  })
  sourceHash: string;
}

/** Plans that somebody else decided on and published: no approval of ours is in them. */
@Controller('v1/agencies/:agency/published-plans')
export class RecordPublishedPlanEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator', 'data-capturer')
  async post(
    @Param('agency') agency: string,
    @Body() { id, ...data }: RecordPublishedPlanBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new RecordPublishedPlan(agency, id, data, metadata));
    return accepted(result, `/v1/agencies/${agency}/plans/${id}`);
  }
}
