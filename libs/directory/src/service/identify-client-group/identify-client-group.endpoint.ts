import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  DateField,
  EnumField,
  IntField,
  ListField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { agencyFacts } from '../../agency/agency-facts.js';
import { districts, isStandingDistrict } from '../../districts/districts.state.js';
import { clientGroupKinds, clientGroupUses, type ClientGroupKind, type ClientGroupUse } from '../service.events.js';
import { service } from '../service.state.js';
import { IdentifyClientGroup, identifyClientGroup } from './identify-client-group.js';

export const IdentifyClientGroupHandler = handles(
  IdentifyClientGroup,
  service,
  identifyClientGroup,
  async (command, reader) => {
    const { state } = await reader.load(districts, command.tenant, command.tenant);
    const { today } = await agencyFacts(command, reader);
    return { today, isStandingDistrict: (districtId: string) => isStandingDistrict(state, districtId) };
  },
);

export class IdentifyClientGroupBody {
  @SlugField('Short name of the group', { example: 'informal-settlement' })
  id: string;
  @TextField('Name of the group', { maxLength: 200, example: 'Informal settlement' })
  name: string;
  @EnumField('Who belongs to it', clientGroupKinds, { example: 'households' })
  kind: ClientGroupKind;
  @IntField('How many belong to it', { min: 1, example: 12000 })
  populationSize: number;
  @DateField('Day that the number is of', { example: '2025-06-30' })
  asOf: string;
  @TextField('Where the number comes from', { maxLength: 500, example: 'Census 2025' })
  source: string;
  @ListField('Districts where it lives; left out: it is not bound to a district', 'slug', {
    optional: true,
    example: ['allston'],
  })
  districts?: string[];
  @EnumField('It uses the service, or has a right to it and does not yet', clientGroupUses, { example: 'potential' })
  actualOrPotential: ClientGroupUse;
}

@Controller('v1/agencies/:agency/services/:service/client-groups')
export class IdentifyClientGroupEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('service') service: string,
    @Body() { id, districts: districtIds = [], ...data }: IdentifyClientGroupBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new IdentifyClientGroup(agency, service, { groupId: id, districtIds, ...data }, metadata);
    const result = await this.commands.execute(command);
    return accepted(result, `/v1/agencies/${agency}/services/${service}`, result.eventIds.length > 0);
  }
}
