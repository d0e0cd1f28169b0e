import { StreamDecider, handles } from '@app/event-store';
import {
  Commands,
  DecimalField,
  EnumField,
  ObjectField,
  OffsetDateTimeField,
  RequestContext,
  Roles,
  TextField,
  TextMapField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { RuleViolation } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { indicatorCard, type IndicatorCard } from '../../indicator/indicator.events.js';
import { givenReading } from '../given-reading.js';
import { LedgerReadings } from '../ledger-readings.js';
import { districtsOf, keeperOf, termsFor, termsOf } from '../ledger-terms.js';
import { OfPeriodBody } from '../of-period-body.js';
import { reasonCodes, type ReasonCode } from '../reading-ledger.events.js';
import { ledgerId, readingLedger } from '../reading-ledger.state.js';
import { CorrectReading, correctReading } from './correct-reading.js';

export const CorrectReadingHandler = handles(
  CorrectReading,
  readingLedger,
  correctReading,
  async ({ tenant, id, data: { now } }, reader) => {
    const { card } = await termsOf(reader, tenant, id);
    const districtExists = await districtsOf(reader, tenant);
    return { card, districtExists: districtExists(card, now.dimensions) };
  },
);

export class CorrectedReadingBody {
  @EnumField('What a reading is', indicatorCard.shape.kind.options, { example: 'case' })
  kind: IndicatorCard['kind'];
  @OffsetDateTimeField('Start of the case', { optional: true })
  startedAt?: string;
  @OffsetDateTimeField('Stop of the case, if it has stopped', { optional: true })
  stoppedAt?: string;
  @OffsetDateTimeField('Deadline of the case, if it has one', { optional: true })
  dueAt?: string;
  @DecimalField('Numerator of the ratio', { optional: true, example: '542' })
  numerator?: string;
  @DecimalField('Denominator of the ratio', { optional: true, example: '554' })
  denominator?: string;
  @DecimalField('The value', { optional: true, example: '12.5' })
  value?: string;
  @DecimalField('What is promised of the ratio (in percent) or the value', { optional: true, example: '80' })
  target?: string;
  @TextField('Unit, held against the card', { optional: true, maxLength: 64 })
  unit?: string;
  @TextMapField('Value of each dimension', { maxLength: 500, example: { ward: 'Ward 17' } })
  dimensions: Record<string, string>;
}

export class CorrectReadingBody extends OfPeriodBody {
  @ObjectField('The whole reading as it is to be', () => CorrectedReadingBody)
  reading: CorrectedReadingBody;
  @EnumField('Kind of reason', reasonCodes, { example: 'data-entry-error' })
  reasonCode: ReasonCode;
  @TextField('Why', { maxLength: 1000, example: 'The crew wrote down the wrong day' })
  reason: string;
}

@Controller('v1/agencies/:agency/indicators/:indicator/readings/:reading/correction')
export class CorrectReadingEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly decider: StreamDecider,
    private readonly readings: LedgerReadings,
  ) {}

  @Post()
  @Roles('verifier')
  async post(
    @Param('agency') agency: string,
    @Param('indicator') indicator: string,
    @Param('reading') readingId: string,
    @Body() { period, reading, reasonCode, reason }: CorrectReadingBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const { card } = termsFor(await keeperOf(this.decider, agency, indicator), period);
    const { content: now, unit } = said(readingId, period, reading, card);
    const ledger = ledgerId(indicator, period);
    const was = await this.readings.find(agency, ledger, readingId);
    const data = { readingId, period, now, unit, reasonCode, reason, was };
    const location = `/v1/agencies/${agency}/indicators/${indicator}/periods/${period}/readings`;
    return accepted(await this.commands.execute(new CorrectReading(agency, ledger, data, metadata)), location, false);
  }
}

/** The reading as a line of an upload would say it; what is wrong with it is pointed at inside the body. */
function said(id: string, period: string, reading: CorrectedReadingBody, card: IndicatorCard) {
  try {
    return givenReading({ id, ...reading, ...(reading.kind === 'case' ? {} : { period }) }, card);
  } catch (error) {
    if (!(error instanceof RuleViolation)) throw error;
    throw new RuleViolation(error.rule, `/reading${error.pointer}`, error.detail);
  }
}
