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
import { RenameDistrict, renameDistrict } from './rename-district.js';

export const RenameDistrictHandler = handles(RenameDistrict, districts, renameDistrict);

export class RenameDistrictBody {
  @TextField('New name; the old one stays known', { maxLength: 200, example: 'Nubian Square' })
  name: string;
  @TextField('Decision that it rests on', { maxLength: 500, example: 'Council order 2019/12' })
  reason: string;
}

@Controller('v1/agencies/:agency/districts/:district/name')
export class RenameDistrictEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('district') districtId: string,
    @Body() body: RenameDistrictBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RenameDistrict(agency, agency, { districtId, ...body }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/districts/${districtId}`, false);
  }
}
