import { handles } from '@app/event-store';
import {
  Commands,
  ListField,
  RequestContext,
  Roles,
  SlugField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { LinkBody } from '../answer-body.js';
import { consultation } from '../consultation.state.js';
import { deadLinks } from '../facts.js';
import { LinkAnswer, linkAnswer } from './link-answer.js';

export const LinkAnswerHandler = handles(
  LinkAnswer,
  consultation,
  linkAnswer,
  async ({ tenant, data: { linkedTo } }, reader) => ({ deadLinks: await deadLinks(reader, tenant, linkedTo) }),
);

export class LinkAnswerBody {
  @SlugField('Input whose answer led to something; else that of a theme', { optional: true, example: 'form-0017' })
  inputId?: string;
  @SlugField('Theme whose answer led to something', { optional: true, example: 'standpipes' })
  themeId?: string;
  @ListField('What it led to, beside what is known', () => LinkBody, { minItems: 1, maxItems: 20 })
  linkedTo: LinkBody[];
}

@Controller('v1/agencies/:agency/consultations/:consultation/links')
export class LinkAnswerEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @Body() body: LinkAnswerBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new LinkAnswer(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/consultations/${id}`, false);
  }
}
