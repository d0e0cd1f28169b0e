import { StreamDecider, handles } from '@app/event-store';
import { Commands } from '@app/http';
import { Clock, ledgerNamespace, uuidV5, type CommandMetadata, type PeriodKey } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { ledgerId, readingLedger, standingOf } from '../reading-ledger/reading-ledger.state.js';
import { ClaimReadingIds, claimReadingIds, hasExpired } from './claim-reading-ids/claim-reading-ids.js';
import { claimOf, readingIds, type Claim } from './reading-ids.state.js';

export const ClaimReadingIdsHandler = handles(ClaimReadingIds, readingIds, claimReadingIds);

/** The indicator whose ids are claimed, and on whose behalf. */
export interface ClaimFor {
  readonly agency: string;
  readonly indicator: string;
  readonly metadata: CommandMetadata;
}

const noneAbandoned: ReadonlyMap<string, Claim> = new Map();

/** Gives reading ids to periods before they are recorded there: two uploads at once never get one id for two periods. */
@Injectable()
export class ReadingIdsClaimer {
  constructor(
    private readonly commands: Commands,
    private readonly decider: StreamDecider,
    private readonly clock: Clock,
  ) {}

  /** @returns for each id the period that has it: `period`, where it was free. */
  async claim(of: ClaimFor, period: PeriodKey, ids: readonly string[]): Promise<readonly PeriodKey[]> {
    const claims = await this.#claim(of, period, ids, noneAbandoned);
    const abandoned = await this.#abandoned(
      of,
      ids.flatMap((id, at) => (claims[at]!.period === period ? [] : [[id, claims[at]!] as const])),
    );
    if (abandoned.size === 0) return claims.map((claim) => claim.period);
    const left = [...abandoned.keys()];
    const taken = new Map((await this.#claim(of, period, left, abandoned)).map((claim, at) => [left[at]!, claim]));
    return ids.map((id, at) => (taken.get(id) ?? claims[at]!).period);
  }

  async #claim(
    { agency, indicator, metadata }: ClaimFor,
    period: PeriodKey,
    ids: readonly string[],
    abandoned: ReadonlyMap<string, Claim>,
  ): Promise<readonly Claim[]> {
    const at = this.clock.now().toISOString();
    const name = `${metadata.commandId} claims ${period} ${at} ${abandoned.size} ${ids.join(' ')}`;
    const commandId = uuidV5(ledgerNamespace, name);
    const own = { ...metadata, commandId, causationId: metadata.commandId, expectedRevision: undefined };
    await this.commands.execute(new ClaimReadingIds(agency, indicator, { period, ids, at, abandoned }, own));
    const { state } = await this.decider.facts.load(readingIds, agency, indicator);
    return ids.map((id) => claimOf(state, id)!);
  }

  /** A voided reading never stands again; what was not recorded long after its claim never will be. */
  async #abandoned(
    { agency, indicator }: ClaimFor,
    held: readonly (readonly [string, Claim])[],
  ): Promise<ReadonlyMap<string, Claim>> {
    const at = this.clock.now().toISOString();
    const ledgers = new Map(
      await Promise.all(
        [...new Set(held.map(([, { period }]) => period))].map(async (period) => {
          const { state } = await this.decider.load(readingLedger, agency, ledgerId(indicator, period));
          return [period, state] as const;
        }),
      ),
    );
    return new Map(
      held.filter(([id, claim]) => {
        const standing = standingOf(ledgers.get(claim.period)!, id);
        return standing === undefined ? hasExpired(claim, at) : standing.status === 'voided';
      }),
    );
  }
}
