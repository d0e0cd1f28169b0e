import { handles } from '@app/event-store';
import {
  Commands,
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
import { NameTheme, nameTheme } from './name-theme.js';

export const NameThemeHandler = handles(NameTheme, consultation, nameTheme);

export class NameThemeBody {
  @SlugField('Short name of the theme', { example: 'standpipes' })
  id: string;
  @TextField('What people speak about', { maxLength: 200, example: 'Distance to the next standpipe' })
  title: string;
}

@Controller('v1/agencies/:agency/consultations/:consultation/themes')
export class NameThemeEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') consultationId: string,
    @Body() { id: themeId, title }: NameThemeBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new NameTheme(agency, consultationId, { themeId, title }, metadata);
    return accepted(
      await this.commands.execute(command),
      `/v1/agencies/${agency}/consultations/${consultationId}`,
      false,
    );
  }
}
