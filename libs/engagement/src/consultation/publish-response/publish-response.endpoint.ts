import { handles } from '@app/event-store';
import {
  Commands,
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
import { consultation } from '../consultation.state.js';
import { PublishResponse, publishResponse } from './publish-response.js';

export const PublishResponseHandler = handles(PublishResponse, consultation, publishResponse);

export class YouSaidWeDidBody {
  @SlugField('Theme', { example: 'standpipes' })
  themeId: string;
  @TextField('What people said', { maxLength: 2000, example: 'The next standpipe is too far away' })
  youSaid: string;
  @TextField('What was done', { maxLength: 2000, example: 'The plan builds forty standpipes by 2027' })
  weDid: string;
}

export class PublishResponseBody {
  @ListField('Of every theme, what people said and what was done', () => YouSaidWeDidBody, { maxItems: 200 })
  youSaidWeDid: YouSaidWeDidBody[];
}

@Controller('v1/agencies/:agency/consultations/:consultation/response')
export class PublishResponseEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @Body() body: PublishResponseBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new PublishResponse(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/consultations/${id}`, false);
  }
}
