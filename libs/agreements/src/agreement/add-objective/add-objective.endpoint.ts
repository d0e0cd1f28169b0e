import { StreamDecider } from '@app/event-store';
import { Commands, RequestContext, Roles, accepted, type AcceptedBody, type CommandContext } from '@app/http';
import type { Accepted } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { agreement } from '../agreement.state.js';
import { IndicatorCards } from '../indicator-cards.js';
import { ObjectiveBody } from '../objective-body.js';
import { AddObjective, addObjective } from './add-objective.js';

@CommandHandler(AddObjective)
export class AddObjectiveHandler implements ICommandHandler<AddObjective> {
  constructor(
    private readonly decider: StreamDecider,
    private readonly cards: IndicatorCards,
  ) {}

  async execute(command: AddObjective): Promise<Accepted> {
    const card = await this.cards.find(command.tenant, command.data.indicatorId);
    return this.decider.execute(agreement, command, addObjective, card);
  }
}

@Controller('v1/agencies/:agency/agreements/:agreement/objectives')
export class AddObjectiveEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @Body() body: ObjectiveBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new AddObjective(agency, id, body, metadata));
    const location = `/v1/agencies/${agency}/agreements/${id}`;
    return accepted(result, location, result.eventIds.length > 0);
  }
}
