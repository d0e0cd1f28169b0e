import type { AggregateReader } from '@app/event-store';
import { type CommandMetadata, ledgerNamespace, uuidV5, type PeriodKey } from '@app/kernel';
import type { Defined, Retired } from '../../indicator/indicator.state.js';
import { ledgerRegister } from '../../ledger-register/ledger-register.state.js';
import { districtsOf, keeperOf, termsFor, type DistrictNames, type LedgerTerms } from '../ledger-terms.js';
import { ledgerId, readingLedger, standingOf, type ReadingLedger } from '../reading-ledger.state.js';
import { RecordReading, recordReading, type GivenReading } from './record-reading.js';

/** What the readings of one upload are decided by: loaded once, so that a line waits for nothing but its own commands. */
export class Upload {
  readonly #terms = new Map<PeriodKey, LedgerTerms>();
  readonly #ledgers = new Map<PeriodKey, Promise<ReadingLedger>>();

  private constructor(
    private readonly reader: AggregateReader,
    private readonly agency: string,
    private readonly indicator: string,
    readonly keeper: Defined | Retired,
    private readonly districtExists: DistrictNames,
    private readonly listed: ReadonlySet<PeriodKey>,
  ) {}

  static async begin(reader: AggregateReader, agency: string, indicator: string): Promise<Upload> {
    const keeper = await keeperOf(reader, agency, indicator);
    const { state } = await reader.load(ledgerRegister, agency, indicator);
    return new Upload(reader, agency, indicator, keeper, await districtsOf(reader, agency), new Set(state.periods));
  }

  isListed(period: PeriodKey): boolean {
    return this.listed.has(period);
  }

  /** @throws RuleViolation when its period is none of the indicator */
  command(reading: GivenReading, metadata: CommandMetadata, standsIn?: PeriodKey): RecordReading {
    const { id, period, content } = reading;
    const { card, retired } = this.#termsFor(period);
    const ledger = ledgerId(this.indicator, period);
    const name = `${metadata.commandId} ${ledger} ${id} ${JSON.stringify(content)}`;
    return new RecordReading(
      this.agency,
      ledger,
      { reading, card, retired, standsIn, districtExists: this.districtExists(card, content.dimensions) },
      { ...metadata, commandId: uuidV5(ledgerNamespace, name), expectedRevision: undefined },
    );
  }

  /**
   * Whether the command would record what does not stand yet. As of the first line of its period: what has come to stand
   * since is claimed once more, which changes nothing.
   * @throws RuleViolation when it is refused: it must not take its id from any other
   */
  async recordsAnew(command: RecordReading): Promise<boolean> {
    const { id, period } = command.data.reading;
    const ledger = await this.#ledger(period);
    if (standingOf(ledger, id) !== undefined) return false;
    recordReading(command, ledger, undefined);
    return true;
  }

  #ledger(period: PeriodKey): Promise<ReadingLedger> {
    const known = this.#ledgers.get(period);
    if (known !== undefined) return known;
    const loading = this.reader
      .load(readingLedger, this.agency, ledgerId(this.indicator, period))
      .then(({ state }) => state);
    this.#ledgers.set(period, loading);
    return loading;
  }

  #termsFor(period: PeriodKey): LedgerTerms {
    const terms = this.#terms.get(period) ?? termsFor(this.keeper, period);
    this.#terms.set(period, terms);
    return terms;
  }
}
