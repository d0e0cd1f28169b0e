import { breach } from '@app/compliance/events';
import { input, inputStreamId } from '@app/engagement/events';
import { handles, type AggregateReader } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  ListField,
  ObjectField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import type { ProblemOrigin } from '../plan.events.js';
import { plan } from '../plan.state.js';
import { CauseBody, OriginBody, originOf } from '../problem-body.js';
import { StateProblem, stateProblem } from './state-problem.js';

export const StateProblemHandler = handles(
  StateProblem,
  plan,
  stateProblem,
  async ({ tenant, data: { origin } }, reader) => ({ isOriginRecorded: await isRecorded(reader, tenant, origin) }),
);

async function isRecorded(reader: AggregateReader, agency: string, origin: ProblemOrigin): Promise<boolean> {
  if (origin.kind === 'input') {
    const { state } = await reader.load(input, agency, inputStreamId(origin.consultationId, origin.inputId));
    return state.status === 'received';
  }
  if (origin.kind !== 'breach') return true;
  const { state } = await reader.load(breach, agency, origin.breachId);
  return state.status === 'detected' || state.status === 'confirmed';
}

export class StateProblemBody {
  @SlugField('Short name of the problem', { example: 'slow-repairs' })
  id: string;
  @SlugField('Key service', { example: 'water-supply' })
  service: string;
  @TextField('The problem', { maxLength: 2000, example: 'Leaks in Langa run three times as long as elsewhere.' })
  statement: string;
  @ObjectField('What showed it', () => OriginBody)
  origin: OriginBody;
  @ListField('Causes', () => CauseBody, { optional: true, maxItems: 50 })
  causes?: CauseBody[];
}

@Controller('v1/agencies/:agency/plans/:plan/problems')
export class StateProblemEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('team-member', 'service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') plan: string,
    @Body() { id, service: serviceId, statement, origin, causes = [] }: StateProblemBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const data = { problemId: id, serviceId, statement, origin: originOf(origin), causes };
    const result = await this.commands.execute(new StateProblem(agency, plan, data, metadata));
    return accepted(result, `/v1/agencies/${agency}/plans/${plan}`, result.eventIds.length > 0);
  }
}
