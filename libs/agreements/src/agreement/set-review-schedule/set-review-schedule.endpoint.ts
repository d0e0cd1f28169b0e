import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  DateField,
  IntField,
  RequestContext,
  Roles,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { agreement } from '../agreement.state.js';
import { SetReviewSchedule, setReviewSchedule } from './set-review-schedule.js';

export const SetReviewScheduleHandler = handles(SetReviewSchedule, agreement, setReviewSchedule);

export class SetReviewScheduleBody {
  @IntField('Months between two reviews', { min: 1, max: 60, example: 12 })
  everyMonths: number;
  @DateField('Day of the first review', { example: '2012-07-01' })
  firstReviewOn: string;
}

@Controller('v1/agencies/:agency/agreements/:agreement/review-schedule')
export class SetReviewScheduleEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @Body() body: SetReviewScheduleBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new SetReviewSchedule(agency, id, body, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/agreements/${id}`, false);
  }
}
