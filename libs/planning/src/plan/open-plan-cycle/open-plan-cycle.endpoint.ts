import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  DateField,
  IntField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { OpenPlanCycle, openPlanCycle } from './open-plan-cycle.js';

export const OpenPlanCycleHandler = handles(
  OpenPlanCycle,
  plan,
  openPlanCycle,
  async ({ tenant, data: { predecessor } }, reader) =>
    predecessor === undefined ? undefined : (await reader.load(plan, tenant, predecessor)).state,
);

export class OpenPlanCycleBody {
  @SlugField('Short name of the plan; part of its address', { example: 'water-2026' })
  id: string;
  @TextField('Title', { maxLength: 200, example: 'Water that runs' })
  title: string;
  @IntField('Number of the cycle, from 1', { min: 1, max: 1000, example: 1 })
  cycle: number;
  @DateField('First day', { example: '2026-04-01' })
  from: string;
  @DateField('Last day', { example: '2029-03-31' })
  to: string;
  @SlugField('Plan of the cycle before; left out for the first cycle', { optional: true, example: 'water-2023' })
  predecessor?: string;
  @TextField('Strategic plan that it serves', { maxLength: 300, example: 'Strategic plan 2025-2030, outcome 3' })
  strategicPlanRef: string;
}

@Controller('v1/agencies/:agency/plans')
export class OpenPlanCycleEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Body() { id, ...data }: OpenPlanCycleBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new OpenPlanCycle(agency, id, data, metadata));
    return accepted(result, `/v1/agencies/${agency}/plans/${id}`);
  }
}
