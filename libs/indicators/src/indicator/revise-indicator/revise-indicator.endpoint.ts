import { handles, type AggregateReader } from '@app/event-store';
import {
  Commands,
  FlagField,
  ObjectField,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import type { PeriodKey } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ledgerRegister } from '../../ledger-register/ledger-register.state.js';
import { ledgerId, readingLedger } from '../../reading-ledger/reading-ledger.state.js';
import { IndicatorCardBody, cardIn } from '../indicator-card-body.js';
import { indicator } from '../indicator.state.js';
import { ReviseIndicator, reviseIndicator, type CutOffPeriods } from './revise-indicator.js';

export const ReviseIndicatorHandler = handles(
  ReviseIndicator,
  indicator,
  reviseIndicator,
  async ({ tenant, id }, reader) => cutOffPeriods(reader, tenant, id),
);

async function cutOffPeriods(reader: AggregateReader, agency: string, id: string): Promise<CutOffPeriods> {
  const { state } = await reader.load(indicator, agency, id);
  const source = state.status === 'undefined' ? id : (state.card.readsFrom ?? id);
  const { periods } = (await reader.load(ledgerRegister, agency, source)).state;
  const isCutOff = async (period: PeriodKey): Promise<boolean> =>
    (await reader.load(readingLedger, agency, ledgerId(source, period))).state.cutOffAt !== undefined;
  const cutOff = await Promise.all(periods.map(isCutOff));
  return periods.filter((_period, at) => cutOff[at]);
}

export class ReviseIndicatorBody {
  @ObjectField('The whole card as it is to be', () => IndicatorCardBody)
  card: IndicatorCardBody;
  @TextField('Why', { maxLength: 1000, example: 'The council asked for closed cases only' })
  reason: string;
  @TextField('First period that it holds for', { maxLength: 9, example: '2011-08' })
  effectiveFromPeriod: string;
  @FlagField('Figures from then on do not compare with those before')
  breaksSeries: boolean;
}

@Controller('v1/agencies/:agency/indicators/:indicator/revision')
export class ReviseIndicatorEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator', 'service-owner')
  async post(
    @Param('agency') agency: string,
    @Param('indicator') id: string,
    @Body() { card, ...data }: ReviseIndicatorBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ReviseIndicator(agency, id, { ...data, card: cardIn(card) }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/indicators/${id}`, false);
  }
}
