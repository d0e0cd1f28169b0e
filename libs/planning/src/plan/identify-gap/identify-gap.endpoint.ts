import { service } from '@app/directory/events';
import { handles, type AggregateReader } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  ListField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { IdentifyGap, identifyGap } from './identify-gap.js';

export const IdentifyGapHandler = handles(IdentifyGap, plan, identifyGap, async ({ tenant, id, data }, reader) => {
  const { state } = await reader.load(plan, tenant, id);
  const standards = state.status === 'unopened' ? [] : state.standards;
  const serviceId = standards.find(({ standardId }) => standardId === data.standardId)?.serviceId;
  const populations = serviceId === undefined ? [] : [await populationsOf(reader, tenant, serviceId)];
  return { populations: new Map(populations) };
});

async function populationsOf(
  reader: AggregateReader,
  agency: string,
  serviceId: string,
): Promise<readonly [string, ReadonlyMap<string, number>]> {
  const { state } = await reader.load(service, agency, serviceId);
  const groups = state.status === 'unregistered' ? [] : state.clientGroups;
  return [serviceId, new Map(groups.map((group) => [group.groupId, group.populations.at(-1)!.populationSize]))];
}

export class IdentifyGapBody {
  @SlugField('Short name of the gap', { example: 'leaks-in-langa' })
  id: string;
  @SlugField('Standard of the plan', { example: 'leak-repair' })
  standard: string;
  @TextField('Year whose desired standard is missed', { maxLength: 9, example: 'FY2027-28' })
  year: string;
  @ListField('Client groups of the service that it affects', 'slug', {
    minItems: 1,
    maxItems: 100,
    example: ['informal-settlement'],
  })
  groups: string[];
}

@Controller('v1/agencies/:agency/plans/:plan/gaps')
export class IdentifyGapEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') plan: string,
    @Body() { id, standard, year, groups }: IdentifyGapBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const data = { gapId: id, standardId: standard, year, groupIds: groups };
    const result = await this.commands.execute(new IdentifyGap(agency, plan, data, metadata));
    return accepted(result, `/v1/agencies/${agency}/plans/${plan}`, result.eventIds.length > 0);
  }
}
