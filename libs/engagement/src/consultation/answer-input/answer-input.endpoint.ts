import { handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  ListField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { input, inputStreamId } from '../../input/input.state.js';
import { LinkBody } from '../answer-body.js';
import { dispositions, type Disposition } from '../consultation.events.js';
import { consultation } from '../consultation.state.js';
import { deadLinks } from '../facts.js';
import { AnswerInput, answerInput } from './answer-input.js';

export const AnswerInputHandler = handles(
  AnswerInput,
  consultation,
  answerInput,
  async ({ tenant, id, data: { inputId, linkedTo } }, reader) => {
    const found =
      inputId === undefined ? undefined : (await reader.load(input, tenant, inputStreamId(id, inputId))).state.status;
    return { input: found ?? 'none', deadLinks: await deadLinks(reader, tenant, linkedTo) };
  },
);

export class AnswerInputBody {
  @SlugField('Input that is answered; else a theme is', { optional: true, example: 'form-0017' })
  inputId?: string;
  @SlugField('Theme whose inputs are answered together', { optional: true, example: 'standpipes' })
  themeId?: string;
  @EnumField('What is done with it', dispositions, { example: 'accepted' })
  disposition: Disposition;
  @TextField('Why', { maxLength: 4000, example: 'Nine of ten of you walk more than 200 metres' })
  rationale: string;
  @ListField('What it leads to; may follow later', () => LinkBody, { optional: true, maxItems: 20 })
  linkedTo?: LinkBody[];
}

@Controller('v1/agencies/:agency/consultations/:consultation/answers')
export class AnswerInputEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @Body() { linkedTo = [], ...body }: AnswerInputBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new AnswerInput(agency, id, { ...body, linkedTo }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/consultations/${id}`, false);
  }
}
