import { StreamDecider, handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  RequestContext,
  Roles,
  TextField,
  TextMapField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { LedgerRegistrar } from '../../ledger-register/ledger-registrar.js';
import { districtsOf, keeperOf, termsFor, termsOf } from '../ledger-terms.js';
import { volumes, type Volume } from '../reading-ledger.events.js';
import { ledgerId, readingLedger } from '../reading-ledger.state.js';
import { DeclareNoData, declareNoData } from './declare-no-data.js';

export const DeclareNoDataHandler = handles(
  DeclareNoData,
  readingLedger,
  declareNoData,
  async ({ tenant, id, data: { dimensions } }, reader) => {
    const { card, retired } = await termsOf(reader, tenant, id);
    const districtExists = await districtsOf(reader, tenant);
    return { card, retired, districtExists: districtExists(card, dimensions) };
  },
);

export class DeclareNoDataBody {
  @TextMapField('Value of each dimension that has no data; one left out stands for all its values', {
    optional: true,
    maxLength: 500,
    example: { ward: 'Ward 17' },
  })
  dimensions?: Record<string, string>;
  @EnumField('ND: there should be a figure and there is none; NA: there is nothing to measure', volumes)
  volume: Volume;
  @TextField('Why', { maxLength: 1000, example: 'The depot burned down with its records' })
  reason: string;
}

@Controller('v1/agencies/:agency/indicators/:indicator/periods/:period/no-data')
export class DeclareNoDataEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly decider: StreamDecider,
    private readonly registrar: LedgerRegistrar,
  ) {}

  @Post()
  @Roles('data-capturer')
  async post(
    @Param('agency') agency: string,
    @Param('indicator') indicator: string,
    @Param('period') period: string,
    @Body() { dimensions = {}, volume, reason }: DeclareNoDataBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const { card } = termsFor(await keeperOf(this.decider, agency, indicator), period);
    await this.registrar.open(agency, indicator, period, card.reportingCycle, metadata);
    const data = { dimensions: { ...dimensions }, volume, reason };
    const command = new DeclareNoData(agency, ledgerId(indicator, period), data, metadata);
    const location = `/v1/agencies/${agency}/indicators/${indicator}/periods/${period}/readings`;
    return accepted(await this.commands.execute(command), location, false);
  }
}
