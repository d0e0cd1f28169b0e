import type { PeriodKey } from '@app/kernel';
import { defineProjection } from '@app/projections';
import { isDeepStrictEqual } from 'node:util';
import type { ReadingLedgerEvent, Volume } from '../reading-ledger/reading-ledger.events.js';
import { changed, factOf, type ChangeType, type Fact, type LedgerEvent, type RecordedType } from './facts.js';

/** Nobody has a figure for these dimensions in this period, and somebody said why. */
export interface DeclaredNoData {
  readonly period: PeriodKey;
  /** Dimensions that are left out stand for all their values. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly volume: Volume;
  readonly reason: string;
}

/** 500 entries of a reading ledger, by entry. */
export interface LedgerPage {
  /** `boston/on-time/2011-07/3`. */
  readonly _id: string;
  readonly agency: string;
  readonly indicator: string;
  readonly facts: readonly Fact[];
  /** On the first page of a ledger. */
  readonly noData?: readonly DeclaredNoData[];
}

export const entriesOnAPage = 500;

interface Place {
  readonly tenant: string;
  /** `on-time/2011-07`. */
  readonly id: string;
}

const emptyPage = (_id: string, { tenant, id }: Place): LedgerPage => ({
  _id,
  agency: tenant,
  indicator: id.slice(0, id.lastIndexOf('/')),
  facts: [],
});

const recorded = (
  page: LedgerPage | undefined,
  event: LedgerEvent<RecordedType> & { readonly stream: Place },
  id: string,
): LedgerPage => {
  const before = page ?? emptyPage(id, event.stream);
  return { ...before, facts: [...before.facts, factOf(event)] };
};

const changedOn = (page: LedgerPage | undefined, event: LedgerEvent<ChangeType>): LedgerPage => {
  const at = event.data.entry % entriesOnAPage;
  const fact = page?.facts[at];
  if (page === undefined || fact === undefined) throw new Error(`entry ${event.data.entry} is not on its page`);
  return { ...page, facts: page.facts.with(at, changed(fact, event)) };
};

export const ledgerPages = defineProjection<LedgerPage, ReadingLedgerEvent>({
  name: 'ledger-pages',
  version: 2,
  indexes: [{ key: { agency: 1, indicator: 1, _id: 1 } }],
  documentId: ({ stream, data }) => {
    const entry = 'entry' in data ? data.entry : 0;
    return `${stream.tenant}/${stream.id}/${Math.floor(entry / entriesOnAPage)}`;
  },
  on: {
    CaseRecorded: recorded,
    RatioRecorded: recorded,
    ValueRecorded: recorded,
    CaseClosed: changedOn,
    ReadingVerified: changedOn,
    ReadingCorrected: changedOn,
    ReadingVoided: changedOn,
    NoDataDeclared: (page, { data: { dimensions, volume, reason }, stream }, id) => {
      const before = page ?? emptyPage(id, stream);
      const period = stream.id.slice(stream.id.lastIndexOf('/') + 1);
      const others = (before.noData ?? []).filter((one) => !isDeepStrictEqual(one.dimensions, dimensions));
      return { ...before, noData: [...others, { period, dimensions, volume, reason }] };
    },
  },
});

/** A declaration counts while no reading of its ledger stands for its dimensions. */
export const stillWithoutData = (
  noData: readonly DeclaredNoData[],
  ledger: readonly Fact[],
): readonly DeclaredNoData[] =>
  noData.filter(({ dimensions }) => {
    const wanted = Object.entries(dimensions);
    const standsFor = (fact: Fact): boolean =>
      !fact.voided && wanted.every(([name, value]) => (fact.dimensions[name] ?? '') === value);
    return !ledger.some(standsFor);
  });
