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
import { agencyFacts } from '../../agency/agency-facts.js';
import { districts } from '../districts.state.js';
import { AddDistricts, addDistricts } from './add-districts.js';

export const AddDistrictsHandler = handles(AddDistricts, districts, addDistricts, agencyFacts);

export class DistrictBody {
  @SlugField('Short name of the district', { example: 'allston' })
  id: string;
  @TextField('Name, as readings give it', { maxLength: 200, example: 'Allston' })
  name: string;
  @ListField('Other spellings that readings use', 'text', {
    optional: true,
    maxItems: 50,
    example: ['Allston / Brighton'],
  })
  alsoKnownAs?: string[];
}

export class AddDistrictsBody {
  @ListField('One district or more: all are added, or none', () => DistrictBody, { minItems: 1, maxItems: 1000 })
  districts: DistrictBody[];
}

@Controller('v1/agencies/:agency/districts')
export class AddDistrictsEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Body() body: AddDistrictsBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const added = body.districts.map(({ id, name, alsoKnownAs = [] }) => ({ districtId: id, name, alsoKnownAs }));
    const result = await this.commands.execute(new AddDistricts(agency, agency, { districts: added }, metadata));
    return accepted(result, `/v1/agencies/${agency}/districts`, result.eventIds.length > 0);
  }
}
