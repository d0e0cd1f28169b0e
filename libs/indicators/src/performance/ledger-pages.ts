import { defineProjection } from '@app/projections';
import type { ReadingLedgerEvent } from '../reading-ledger/reading-ledger.events.js';

/** One case as figures need it. */
export interface Fact {
  readonly id: string;
  readonly startedAt: string;
  readonly stoppedAt?: string;
  readonly dueAt?: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
}

/** 500 entries of a reading ledger, by entry. */
export interface LedgerPage {
  /** `boston/on-time/2011-07/3`. */
  readonly _id: string;
  readonly agency: string;
  readonly indicator: string;
  readonly facts: readonly Fact[];
}

export const entriesOnAPage = 500;

export const ledgerPages = defineProjection<LedgerPage, ReadingLedgerEvent>({
  name: 'ledger-pages',
  version: 1,
  indexes: [{ key: { agency: 1, indicator: 1, _id: 1 } }],
  documentId: ({ stream, data }) => `${stream.tenant}/${stream.id}/${Math.floor(data.entry / entriesOnAPage)}`,
  on: {
    CaseRecorded: (page, { data, stream }, _id) => {
      const { entry: _entry, readingId, ...fact } = data;
      const facts = page === undefined ? [] : [...page.facts];
      facts.push({ id: readingId, ...fact });
      return { _id, agency: stream.tenant, indicator: stream.id.slice(0, stream.id.lastIndexOf('/')), facts };
    },
    CaseClosed: (page, { data: { entry, stoppedAt } }) => {
      const at = entry % entriesOnAPage;
      if (page?.facts[at] === undefined) throw new Error(`entry ${entry} is not on its page`);
      return { ...page, facts: page.facts.with(at, { ...page.facts[at], stoppedAt }) };
    },
  },
});
