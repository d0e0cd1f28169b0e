import { StreamDecider, handles } from '@app/event-store';
import {
  Commands,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { OfPeriodBody } from '../of-period-body.js';
import { keeperOf, termsFor } from '../ledger-terms.js';
import { ledgerId, readingLedger } from '../reading-ledger.state.js';
import { VoidReading, voidReading } from './void-reading.js';

export const VoidReadingHandler = handles(VoidReading, readingLedger, voidReading);

export class VoidReadingBody extends OfPeriodBody {
  @TextField('Why it counts no more', { maxLength: 1000, example: 'Recorded twice by the call centre' })
  reason: string;
}

@Controller('v1/agencies/:agency/indicators/:indicator/readings/:reading/void')
export class VoidReadingEndpoint {
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
    @Body() { period, reason }: VoidReadingBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    termsFor(await keeperOf(this.decider, agency, indicator), period);
    const command = new VoidReading(agency, ledgerId(indicator, period), { readingId, reason }, metadata);
    const location = `/v1/agencies/${agency}/indicators/${indicator}/periods/${period}/readings`;
    return accepted(await this.commands.execute(command), location, false);
  }
}
