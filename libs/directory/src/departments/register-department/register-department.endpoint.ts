import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  RequestContext,
  Roles,
  SlugField,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { agencyFacts } from '../../agency/agency-facts.js';
import { departments } from '../departments.state.js';
import { RegisterDepartment, registerDepartment } from './register-department.js';

export const RegisterDepartmentHandler = handles(RegisterDepartment, departments, registerDepartment, agencyFacts);

export class RegisterDepartmentBody {
  @SlugField('Short name of the department', { example: 'street-cleaning' })
  id: string;
  @TextField('Name of the department', { maxLength: 200, example: 'Street Cleaning' })
  name: string;
  @SlugField('Department that it is part of', { optional: true, example: 'public-works' })
  parent?: string;
}

@Controller('v1/agencies/:agency/departments')
export class RegisterDepartmentEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Body() { id, ...data }: RegisterDepartmentBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RegisterDepartment(agency, agency, { departmentId: id, ...data }, metadata);
    const result = await this.commands.execute(command);
    return accepted(result, `/v1/agencies/${agency}/departments/${id}`, result.eventIds.length > 0);
  }
}
