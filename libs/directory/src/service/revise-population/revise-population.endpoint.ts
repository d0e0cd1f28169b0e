import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  DateField,
  IntField,
  RequestContext,
  Roles,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { agencyFacts } from '../../agency/agency-facts.js';
import { service } from '../service.state.js';
import { RevisePopulation, revisePopulation } from './revise-population.js';

export const RevisePopulationHandler = handles(RevisePopulation, service, revisePopulation, agencyFacts);

export class RevisePopulationBody {
  @IntField('How many belong to the group', { min: 1, example: 13250 })
  populationSize: number;
  @DateField('Day that the number is of', { example: '2025-12-31' })
  asOf: string;
  @TextField('Where the number comes from', { maxLength: 500, example: 'Household survey 2025' })
  source: string;
}

@Controller('v1/agencies/:agency/services/:service/client-groups/:group/population')
export class RevisePopulationEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('service') id: string,
    @Param('group') groupId: string,
    @Body() body: RevisePopulationBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new RevisePopulation(agency, id, { groupId, ...body }, metadata));
    return accepted(result, `/v1/agencies/${agency}/services/${id}`, false);
  }
}
