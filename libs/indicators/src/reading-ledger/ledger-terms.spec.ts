import type { AggregateReader } from '@app/event-store';
import { onTime, onTimeDefined } from '../indicator/indicator.examples.js';
import type { IndicatorEvent } from '../indicator/indicator.events.js';
import { indicator } from '../indicator/indicator.state.js';
import { keeperOf } from './ledger-terms.js';
import { readingLedgerRules } from './reading-ledger.rules.js';

/** Reads the indicator after these events, whatever is asked for. */
const after = (...history: readonly IndicatorEvent[]): AggregateReader =>
  ({
    load: async () => ({ state: history.reduce(indicator.evolve, indicator.initial), revision: 0n }),
  }) as unknown as AggregateReader;

const keeperAfter = (...history: readonly IndicatorEvent[]) => keeperOf(after(...history), 'boston', 'on-time');

describe('the indicator that readings are sent to', () => {
  it('is the one that is defined', async () =>
    expect(await keeperAfter(onTimeDefined)).toMatchObject({ status: 'defined', card: onTime }));
  it(readingLedgerRules.readingsBelongToADefinedIndicator.sentence, async () =>
    expect(keeperAfter()).rejects.toMatchObject({ rule: readingLedgerRules.readingsBelongToADefinedIndicator }),
  );
  it(readingLedgerRules.aDerivedIndicatorKeepsNoLedger.sentence, async () =>
    expect(
      keeperAfter({ type: 'IndicatorDefined', data: { ...onTime, readsFrom: 'closing-times' } }),
    ).rejects.toMatchObject({ rule: readingLedgerRules.aDerivedIndicatorKeepsNoLedger }),
  );
});
