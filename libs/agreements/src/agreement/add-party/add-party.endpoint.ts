import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  EnumField,
  ListField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { partyRoles, type PartyRole } from '../agreement.events.js';
import { agreement } from '../agreement.state.js';
import { AddParty, addParty } from './add-party.js';

export const AddPartyHandler = handles(AddParty, agreement, addParty);

export class AddPartyBody {
  @SlugField('Short name of the party', { example: 'public-works' })
  partyId: string;
  @TextField('Name of the party', { maxLength: 200, example: 'Public Works Department' })
  name: string;
  @EnumField('Part it plays', partyRoles, { example: 'provider' })
  role: PartyRole;
  @ListField('Persons who may sign for it', 'text', { minItems: 1, maxItems: 20 })
  representatives: string[];
}

@Controller('v1/agencies/:agency/agreements/:agreement/parties')
export class AddPartyEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @Body() body: AddPartyBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new AddParty(agency, id, body, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/agreements/${id}`, false);
  }
}
