import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  EnumField,
  FlagField,
  ListField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { agencyFacts } from '../../agency/agency-facts.js';
import { departments, isStandingDepartment } from '../../departments/departments.state.js';
import { channels, serviceScopes, type Channel, type ServiceScope } from '../service.events.js';
import { service } from '../service.state.js';
import { RegisterService, registerService } from './register-service.js';

export const RegisterServiceHandler = handles(RegisterService, service, registerService, async (command, reader) => {
  const { state } = await reader.load(departments, command.tenant, command.tenant);
  return {
    ...(await agencyFacts(command, reader)),
    isStandingDepartment: (departmentId: string) => isStandingDepartment(state, departmentId),
  };
});

export class RegisterServiceBody {
  @SlugField('Short name of the service; part of its address', { example: 'water-supply' })
  id: string;
  @TextField('Name of the service', { maxLength: 200, example: 'Water supply' })
  name: string;
  @SlugField("Class in the agency's own classification", { example: 'infrastructure' })
  type: string;
  @EnumField('Who it is for: people outside, other public bodies, or the agency itself', serviceScopes, {
    example: 'external',
  })
  scope: ServiceScope;
  @ListField('Ways to reach it', channels, { minItems: 1, maxItems: 7, example: ['telephone', 'online'] })
  channels: Channel[];
  @FlagField('A fee is charged', { example: true })
  feeBearing: boolean;
  @SlugField('Department that provides it', { optional: true, example: 'public-works' })
  department?: string;
  @TextField('Person who answers for it from now on', { pattern: /^p-[0-9a-f]{40}$/ })
  owner: string;
}

@Controller('v1/agencies/:agency/services')
export class RegisterServiceEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Body() { id, department, ...data }: RegisterServiceBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const described = department === undefined ? data : { ...data, departmentId: department };
    const result = await this.commands.execute(new RegisterService(agency, id, described, metadata));
    return accepted(result, `/v1/agencies/${agency}/services/${id}`);
  }
}
