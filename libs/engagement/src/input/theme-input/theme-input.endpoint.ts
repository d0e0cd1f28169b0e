import { handles } from '@app/event-store';
import {
  Commands,
  ListField,
  RequestContext,
  Roles,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { consultation as consultations } from '../../consultation/consultation.state.js';
import { input, inputStreamId } from '../input.state.js';
import { ThemeInput, themeInput } from './theme-input.js';

export const ThemeInputHandler = handles(ThemeInput, input, themeInput, async ({ tenant, id }, reader) => {
  const { state } = await reader.load(consultations, tenant, id.slice(0, id.indexOf('.')));
  return { themes: state.status === 'unplanned' ? [] : state.themes.map(({ themeId }) => themeId) };
});

export class ThemeInputBody {
  @ListField('Themes that the input is about, from now on these and no others', 'slug', {
    maxItems: 20,
    example: ['standpipes'],
  })
  themes: string[];
}

@Controller('v1/agencies/:agency/consultations/:consultation/inputs/:input/themes')
export class ThemeInputEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @Param('input') id: string,
    @Body() { themes: themeIds }: ThemeInputBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ThemeInput(agency, inputStreamId(consultation, id), { themeIds }, metadata);
    const result = await this.commands.execute(command);
    return accepted({ ...result, id }, `/v1/agencies/${agency}/consultations/${consultation}/inputs/${id}`, false);
  }
}
