import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  RequestContext,
  Roles,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { departments } from '../departments.state.js';
import { RetireDepartment, retireDepartment } from './retire-department.js';

export const RetireDepartmentHandler = handles(RetireDepartment, departments, retireDepartment);

export class RetireDepartmentBody {
  @TextField('Why it is no longer a department', { maxLength: 500, example: 'Divided by order 2026/3' })
  reason: string;
}

@Controller('v1/agencies/:agency/departments/:department/retirement')
export class RetireDepartmentEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('department') departmentId: string,
    @Body() { reason }: RetireDepartmentBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RetireDepartment(agency, agency, { departmentId, reason }, metadata);
    const location = `/v1/agencies/${agency}/departments/${departmentId}`;
    return accepted(await this.commands.execute(command), location, false);
  }
}
