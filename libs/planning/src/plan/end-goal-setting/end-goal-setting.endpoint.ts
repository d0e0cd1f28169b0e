import { handles } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import { Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { EndGoalSetting, endGoalSetting } from './end-goal-setting.js';

export const EndGoalSettingHandler = handles(EndGoalSetting, plan, endGoalSetting);

@Controller('v1/agencies/:agency/plans/:plan/end-of-goal-setting')
export class EndGoalSettingEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new EndGoalSetting(agency, id, {}, metadata));
    return accepted(result, `/v1/agencies/${agency}/plans/${id}`, false);
  }
}
