import { StreamDecider, handles } from '@app/event-store';
import { Commands, RequestContext, Roles, accepted, type AcceptedBody, type CommandContext } from '@app/http';
import { Controller, Param, Post } from '@nestjs/common';
import { LedgerRegistrar } from '../../ledger-register/ledger-registrar.js';
import { keeperOf, termsFor, termsOf } from '../ledger-terms.js';
import { ledgerId, readingLedger } from '../reading-ledger.state.js';
import { CutOffLedger, cutOffLedger } from './cut-off-ledger.js';

export const CutOffLedgerHandler = handles(
  CutOffLedger,
  readingLedger,
  cutOffLedger,
  async ({ tenant, id }, reader) => (await termsOf(reader, tenant, id)).card,
);

@Controller('v1/agencies/:agency/indicators/:indicator/periods/:period/cut-off')
export class CutOffLedgerEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly decider: StreamDecider,
    private readonly registrar: LedgerRegistrar,
  ) {}

  @Post()
  @Roles('verifier')
  async post(
    @Param('agency') agency: string,
    @Param('indicator') indicator: string,
    @Param('period') period: string,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const { card } = termsFor(await keeperOf(this.decider, agency, indicator), period);
    await this.registrar.open(agency, indicator, period, card.reportingCycle, metadata);
    const command = new CutOffLedger(agency, ledgerId(indicator, period), { period }, metadata);
    const location = `/v1/agencies/${agency}/indicators/${indicator}/periods/${period}/readings`;
    return accepted(await this.commands.execute(command), location, false);
  }
}
