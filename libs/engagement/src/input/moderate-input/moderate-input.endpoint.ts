import { handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { moderations, type Moderation } from '../input.events.js';
import { input, inputStreamId } from '../input.state.js';
import { ModerateInput, moderateInput } from './moderate-input.js';

export const ModerateInputHandler = handles(ModerateInput, input, moderateInput);

export class ModerateInputBody {
  @EnumField('Whether those who answer may read it', moderations, { example: 'withheld' })
  moderation: Moderation;
  @TextField('Why, without repeating what was said', { maxLength: 500, example: 'Names a neighbour' })
  reason: string;
}

@Controller('v1/agencies/:agency/consultations/:consultation/inputs/:input/moderation')
export class ModerateInputEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @Param('input') id: string,
    @Body() body: ModerateInputBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(
      new ModerateInput(agency, inputStreamId(consultation, id), body, metadata),
    );
    return accepted({ ...result, id }, `/v1/agencies/${agency}/consultations/${consultation}/inputs/${id}`, false);
  }
}
