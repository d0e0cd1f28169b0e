import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  DateField,
  RequestContext,
  Roles,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { agencyFacts } from '../../agency/agency-facts.js';
import { service } from '../service.state.js';
import { ReviewService, reviewService } from './review-service.js';

export const ReviewServiceHandler = handles(ReviewService, service, reviewService, agencyFacts);

export class ReviewServiceBody {
  @DateField('Day on which the review was held', { example: '2025-12-01' })
  on: string;
  @TextField('What it found', { maxLength: 5000, example: 'Leaks are mended in 9 days, promised are 3' })
  findings: string;
}

@Controller('v1/agencies/:agency/services/:service/reviews')
export class ReviewServiceEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('service') id: string,
    @Body() body: ReviewServiceBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new ReviewService(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/services/${id}`, result.eventIds.length > 0);
  }
}
