import { StreamDecider, handles } from '@app/event-store';
import { Commands, RequestContext, Roles, accepted, type AcceptedBody, type CommandContext } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { OfPeriodBody } from '../of-period-body.js';
import { keeperOf, termsFor, termsOf } from '../ledger-terms.js';
import { ledgerId, readingLedger } from '../reading-ledger.state.js';
import { VerifyReading, verifyReading } from './verify-reading.js';

export const VerifyReadingHandler = handles(VerifyReading, readingLedger, verifyReading, ({ tenant, id }, reader) =>
  termsOf(reader, tenant, id),
);

@Controller('v1/agencies/:agency/indicators/:indicator/readings/:reading/verification')
export class VerifyReadingEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly decider: StreamDecider,
  ) {}

  @Post()
  @Roles('verifier')
  async post(
    @Param('agency') agency: string,
    @Param('indicator') indicator: string,
    @Param('reading') readingId: string,
    @Body() { period }: OfPeriodBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    termsFor(await keeperOf(this.decider, agency, indicator), period);
    const command = new VerifyReading(agency, ledgerId(indicator, period), { readingId }, metadata);
    const location = `/v1/agencies/${agency}/indicators/${indicator}/periods/${period}/readings`;
    return accepted(await this.commands.execute(command), location, false);
  }
}
