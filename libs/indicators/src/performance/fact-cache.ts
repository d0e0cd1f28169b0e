import type { ReadModels } from '@app/projections';
import type { Fact } from './facts.js';
import { ledgerPages, stillWithoutData, type LedgerPage, type DeclaredNoData } from './ledger-pages.js';

const mostPages = 4_000;

/** Everything that stands in the ledgers of one indicator. */
export interface Readings {
  readonly facts: readonly Fact[];
  readonly noData: readonly DeclaredNoData[];
}

/** Pages that were read before and have not changed since are not fetched again. */
export class FactCache {
  readonly #pages = new Map<string, { readonly version: string } & Pick<LedgerPage, 'facts' | 'noData'>>();

  constructor(private readonly readModels: ReadModels) {}

  async of(agency: string, indicator: string): Promise<Readings> {
    const view = this.readModels.collection(ledgerPages);
    const current = await view
      .findVersioned({ agency, indicator })
      .project<{ _id: string; _v: string }>({ _v: 1 })
      .toArray();
    const stale = current.filter(({ _id, _v }) => this.#pages.get(_id)?.version !== _v).map(({ _id }) => _id);
    const missing = this.#pages.size + stale.length > mostPages ? this.#emptied(current) : stale;
    for await (const { _id, _v, facts, noData } of view.findVersioned({ agency, indicator, _id: { $in: missing } }))
      this.#pages.set(_id, { version: _v, facts, ...(noData === undefined ? {} : { noData }) });
    const ledgers = new Map<string, Fact[]>();
    const declared: (readonly [ledger: string, noData: readonly DeclaredNoData[]])[] = [];
    for (const { _id } of current) {
      const page = this.#pages.get(_id);
      if (page === undefined) continue;
      const ledger = _id.slice(0, _id.lastIndexOf('/'));
      const facts = ledgers.get(ledger);
      if (facts === undefined) ledgers.set(ledger, [...page.facts]);
      else facts.push(...page.facts);
      if (page.noData !== undefined) declared.push([ledger, page.noData]);
    }
    return {
      facts: [...ledgers.values()].flat(),
      noData: declared.flatMap(([ledger, noData]) => stillWithoutData(noData, ledgers.get(ledger) ?? [])),
    };
  }

  #emptied(current: readonly { readonly _id: string }[]): string[] {
    this.#pages.clear();
    return current.map(({ _id }) => _id);
  }
}
