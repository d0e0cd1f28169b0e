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
import { RevokeRole, revokeRole } from './revoke-role.js';

export const RevokeRoleHandler = handles(RevokeRole, grant, revokeRole);

export class RevokeRoleBody {
  @EnumField('Role that is revoked', roles, { example: 'data-capturer' })
  role: string;
  @TextField('Decision that it rests on', { maxLength: 500, example: 'Moved to another department' })
  basis: string;
}

@Controller('v1')
export class RevokeRoleEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly grants: StreamGrants,
  ) {}

  @Post('agencies/:agency/grants/:person/revocation')
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('person') person: string,
    @Body() body: RevokeRoleBody,
    @RequestContext() context: CommandContext,
  ): Promise<AcceptedBody> {
    return this.#revoke(agency, person, body, context, `/v1/agencies/${agency}/grants/${person}`);
  }

  @Post('grants/:person/revocation')
  @Roles('administrator')
  async postForAll(
    @Param('person') person: string,
    @Body() body: RevokeRoleBody,
    @RequestContext() context: CommandContext,
  ): Promise<AcceptedBody> {
    return this.#revoke('*', person, body, context, `/v1/grants/${person}`);
  }

  async #revoke(
    tenant: string,
    person: string,
    { role, basis }: RevokeRoleBody,
    { metadata }: CommandContext,
    location: string,
  ): Promise<AcceptedBody> {
    const command = new RevokeRole(tenant, personIn(person), { role, basis }, { ...metadata, legalBasis: basis });
    const result = await this.commands.execute(command);
    this.grants.forget(tenant, person);
    return accepted(result, location, false);
  }
}
