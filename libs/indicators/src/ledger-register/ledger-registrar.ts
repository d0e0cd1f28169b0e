import { handles } from '@app/event-store';
import { Commands } from '@app/http';
import { ledgerNamespace, uuidV5, type CommandMetadata, type PeriodKey, type ReportingCycle } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { ledgerRegister } from './ledger-register.state.js';
import { OpenReadingPeriod, openReadingPeriod } from './open-reading-period/open-reading-period.js';

export const OpenReadingPeriodHandler = handles(OpenReadingPeriod, ledgerRegister, openReadingPeriod);

/** Lists a ledger before the first event of it; one that is listed already stays as it is. */
@Injectable()
export class LedgerRegistrar {
  constructor(private readonly commands: Commands) {}

  async open(
    agency: string,
    indicator: string,
    period: PeriodKey,
    reportingCycle: ReportingCycle,
    metadata: CommandMetadata,
  ): Promise<void> {
    const commandId = uuidV5(ledgerNamespace, `${metadata.commandId} opens ${indicator}/${period}`);
    const of = { ...metadata, commandId, causationId: metadata.commandId, expectedRevision: undefined };
    await this.commands.execute(new OpenReadingPeriod(agency, indicator, { period, reportingCycle }, of));
  }
}
