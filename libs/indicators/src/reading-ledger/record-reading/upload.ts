import type { AggregateReader } from '@app/event-store';
import { type CommandMetadata, ledgerNamespace, uuidV5, type PeriodKey } from '@app/kernel';
import type { Defined, Retired } from '../../indicator/indicator.state.js';
import { ledgerRegister } from '../../ledger-register/ledger-register.state.js';
import { districtsOf, keeperOf, termsFor, type DistrictNames, type LedgerTerms } from '../ledger-terms.js';
import { ledgerId, readingLedger, standingOf, type ReadingLedger } from '../reading-ledger.state.js';
import { RecordReading, type GivenReading } from './record-reading.js';

/** What the readings of one upload are decided by: loaded once, so that a line waits for nothing but its own command. */
export class Upload {
  readonly #terms = new Map<PeriodKey, LedgerTerms>();
  /** Ids of this upload, and the period that they were first seen in. */
  readonly #seen = new Map<string, PeriodKey>();

  private constructor(
    private readonly agency: string,
    private readonly indicator: string,
    readonly keeper: Defined | Retired,
    private readonly districtExists: DistrictNames,
    private readonly ledgers: readonly (readonly [PeriodKey, ReadingLedger])[],
  ) {}

  static async begin(reader: AggregateReader, agency: string, indicator: string): Promise<Upload> {
    const keeper = await keeperOf(reader, agency, indicator);
    const { state } = await reader.load(ledgerRegister, agency, indicator);
    const ledgers = state.periods.map(async (period): Promise<readonly [PeriodKey, ReadingLedger]> => {
      const ledger = await reader.load(readingLedger, agency, ledgerId(indicator, period));
      return [period, ledger.state];
    });
    return new Upload(agency, indicator, keeper, await districtsOf(reader, agency), await Promise.all(ledgers));
  }

  isListed(period: PeriodKey): boolean {
    return this.ledgers.some(([listed]) => listed === period);
  }

  /** @throws RuleViolation when its period is none of the indicator */
  command(reading: GivenReading, metadata: CommandMetadata): RecordReading {
    const { id, period, content } = reading;
    const { card, retired } = this.#termsFor(period);
    const ledger = ledgerId(this.indicator, period);
    const standsIn = this.#standsElsewhere(id, period);
    if (standsIn === undefined) this.#seen.set(id, period);
    const name = `${metadata.commandId} ${ledger} ${id} ${JSON.stringify(content)}`;
    return new RecordReading(
      this.agency,
      ledger,
      { reading, card, retired, standsIn, districtExists: this.districtExists(card, content.dimensions) },
      { ...metadata, commandId: uuidV5(ledgerNamespace, name), expectedRevision: undefined },
    );
  }

  /** A line that was refused keeps no other from its id. */
  forget({ id, period }: GivenReading): void {
    if (this.#seen.get(id) === period) this.#seen.delete(id);
  }

  #termsFor(period: PeriodKey): LedgerTerms {
    const terms = this.#terms.get(period) ?? termsFor(this.keeper, period);
    this.#terms.set(period, terms);
    return terms;
  }

  #standsElsewhere(id: string, period: PeriodKey): PeriodKey | undefined {
    for (const [other, ledger] of this.ledgers) {
      if (other === period) continue;
      const standing = standingOf(ledger, id);
      if (standing !== undefined && standing.status !== 'voided') return other;
    }
    const seen = this.#seen.get(id);
    return seen === period ? undefined : seen;
  }
}
