import { StreamDecider } from '@app/event-store';
import { Commands, RequestContext, Roles, accepted, type AcceptedBody, type CommandContext } from '@app/http';
import type { Accepted } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { agreement } from '../agreement.state.js';
import { IndicatorCards } from '../indicator-cards.js';
import { ObjectiveTermsBody } from '../objective-body.js';
import { ChangeObjective, changeObjective } from './change-objective.js';

@CommandHandler(ChangeObjective)
export class ChangeObjectiveHandler implements ICommandHandler<ChangeObjective> {
  constructor(
    private readonly decider: StreamDecider,
    private readonly cards: IndicatorCards,
  ) {}

  async execute(command: ChangeObjective): Promise<Accepted> {
    const card = await this.cards.find(command.tenant, command.data.indicatorId);
    return this.decider.execute(agreement, command, changeObjective, card);
  }
}

@Controller('v1/agencies/:agency/agreements/:agreement/objectives/:objective/change')
export class ChangeObjectiveEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @Param('objective') objectiveId: string,
    @Body() body: ObjectiveTermsBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ChangeObjective(agency, id, { ...body, objectiveId }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/agreements/${id}`, false);
  }
}
