import { StaleRevision, StreamDecider } from '@app/event-store';
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
import { stepOf, type Accepted } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import { FollowPlan, followPlan } from '../follow-plan/follow-plan.js';
import { plan } from '../plan.state.js';
import { OpenPlanCycle, openPlanCycle } from './open-plan-cycle.js';

/**
 * Two streams: the plan before says first which one follows it, and only then is that one opened. A request that breaks off in
 * between has named the successor, and opens it when it comes again.
 */
@CommandHandler(OpenPlanCycle)
export class OpenPlanCycleHandler {
  constructor(private readonly decider: StreamDecider) {}

  async execute(command: OpenPlanCycle): Promise<Accepted> {
    const { tenant, id, data, metadata } = command;
    const { predecessor, cycle, from } = data;
    if (predecessor === undefined) return this.decider.execute(plan, command, openPlanCycle, undefined);
    const { state: before } = await this.decider.facts.load(plan, tenant, predecessor);
    // What is refused in any case follows nothing.
    const { state, revision } = await this.decider.load(plan, tenant, id);
    const { expectedRevision = revision } = metadata;
    if (expectedRevision !== revision) throw new StaleRevision(`plan-${tenant}/${id}`, expectedRevision, revision);
    openPlanCycle(command, state, before);
    const step = new FollowPlan(tenant, predecessor, { toPlan: id, cycle, from }, stepOf(metadata, 'follow'));
    await this.decider.execute(plan, step, followPlan, undefined);
    return this.decider.execute(plan, command, openPlanCycle, before);
  }
}

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
