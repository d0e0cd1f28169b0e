import { handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  RequestContext,
  type CommandContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  roles,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { grant } from '../grant.state.js';
import { personIn } from '../person.js';
import { StreamGrants } from '../stream-grants.js';
import { GrantRole, grantRole } from './grant-role.js';

export const GrantRoleHandler = handles(GrantRole, grant, grantRole);

/** `system` belongs to the service itself. */
export const grantableRoles = roles.filter((role) => role !== 'system' && role !== 'citizen');

export class GrantRoleBody {
  @EnumField('Role that is granted', grantableRoles, { example: 'data-capturer' })
  role: string;
  @TextField('Appointment, decision or law that it rests on', { maxLength: 500, example: 'Appointment 2026/14' })
  basis: string;
}

@Controller('v1')
export class GrantRoleEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly grants: StreamGrants,
  ) {}

  @Post('agencies/:agency/grants/:person')
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('person') person: string,
    @Body() body: GrantRoleBody,
    @RequestContext() context: CommandContext,
  ): Promise<AcceptedBody> {
    return this.#grant(agency, person, body, context, `/v1/agencies/${agency}/grants/${person}`);
  }

  @Post('grants/:person')
  @Roles('administrator')
  async postForAll(
    @Param('person') person: string,
    @Body() body: GrantRoleBody,
    @RequestContext() context: CommandContext,
  ): Promise<AcceptedBody> {
    return this.#grant('*', person, body, context, `/v1/grants/${person}`);
  }

  async #grant(
    tenant: string,
    person: string,
    { role, basis }: GrantRoleBody,
    { metadata }: CommandContext,
    location: string,
  ): Promise<AcceptedBody> {
    const command = new GrantRole(tenant, personIn(person), { role, basis }, { ...metadata, legalBasis: basis });
    const result = await this.commands.execute(command);
    this.grants.forget(tenant, person);
    return accepted(result, location);
  }
}
