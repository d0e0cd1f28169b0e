import { service } from '@app/directory/events';
import { handles } from '@app/event-store';
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
import { SelectKeyService, selectKeyService } from './select-key-service.js';

export const SelectKeyServiceHandler = handles(
  SelectKeyService,
  plan,
  selectKeyService,
  async ({ tenant, data: { serviceId } }, reader) => {
    const { state } = await reader.load(service, tenant, serviceId);
    return { isRegistered: state.status !== 'unregistered' && state.status !== 'retired' };
  },
);

export class SelectKeyServiceBody {
  @SlugField('Service of the directory', { example: 'water-supply' })
  service: string;
  @TextField('Why this service', { maxLength: 2000, example: 'Most complaints of the year are about leaks.' })
  rationale: string;
  @ListField('Documents that show it', 'text', { optional: true, maxItems: 50, example: ['Complaints register 2025'] })
  evidence?: string[];
}

@Controller('v1/agencies/:agency/plans/:plan/key-services')
export class SelectKeyServiceEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() { service: serviceId, rationale, evidence = [] }: SelectKeyServiceBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new SelectKeyService(agency, id, { serviceId, rationale, evidence }, metadata);
    const result = await this.commands.execute(command);
    return accepted(result, `/v1/agencies/${agency}/plans/${id}`, result.eventIds.length > 0);
  }
}
