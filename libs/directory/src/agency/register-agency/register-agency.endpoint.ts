import { handles } from '@app/event-store';
import {
  Commands,
  RequestContext,
  type CommandContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
} from '@app/http';
import { Body, Controller, Post } from '@nestjs/common';
import { agency } from '../agency.state.js';
import { RegisterAgency, registerAgency } from './register-agency.js';

export const RegisterAgencyHandler = handles(RegisterAgency, agency, registerAgency);

export class RegisterAgencyBody {
  @SlugField('Short name of the agency; part of every address', { example: 'boston' })
  id: string;
  @TextField('Name of the agency', { maxLength: 200, example: 'City of Boston' })
  name: string;
  @TextField('IANA time zone in which its periods are counted', { maxLength: 64, example: 'America/New_York' })
  timeZone: string;
}

@Controller('v1/agencies')
export class RegisterAgencyEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Body() { id, ...data }: RegisterAgencyBody,
    @RequestContext() context: CommandContext,
  ): Promise<AcceptedBody> {
    return accepted(
      await this.commands.execute(new RegisterAgency(id, id, data, context.metadata)),
      `/v1/agencies/${id}`,
    );
  }
}
