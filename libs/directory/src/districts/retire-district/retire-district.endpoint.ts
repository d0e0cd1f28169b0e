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
import { districts } from '../districts.state.js';
import { RetireDistrict, retireDistrict } from './retire-district.js';

export const RetireDistrictHandler = handles(RetireDistrict, districts, retireDistrict);

export class RetireDistrictBody {
  @TextField('Why it is no longer a district', { maxLength: 500, example: 'Merged into Brighton' })
  reason: string;
}

@Controller('v1/agencies/:agency/districts/:district/retirement')
export class RetireDistrictEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('district') districtId: string,
    @Body() { reason }: RetireDistrictBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RetireDistrict(agency, agency, { districtId, reason }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/districts/${districtId}`, false);
  }
}
