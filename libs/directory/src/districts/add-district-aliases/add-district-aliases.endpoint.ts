import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  ListField,
  RequestContext,
  Roles,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { districts } from '../districts.state.js';
import { AddDistrictAliases, addDistrictAliases } from './add-district-aliases.js';

export const AddDistrictAliasesHandler = handles(AddDistrictAliases, districts, addDistrictAliases);

export class AddDistrictAliasesBody {
  @ListField('Other spellings that readings use', 'text', { minItems: 1, maxItems: 50, example: ['ROXBURY'] })
  aliases: string[];
}

@Controller('v1/agencies/:agency/districts/:district/aliases')
export class AddDistrictAliasesEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('district') districtId: string,
    @Body() { aliases }: AddDistrictAliasesBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new AddDistrictAliases(agency, agency, { districtId, aliases }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/districts/${districtId}`, false);
  }
}
