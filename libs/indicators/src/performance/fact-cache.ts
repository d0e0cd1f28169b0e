import { ReadModels } from '@app/projections';
import { ledgerPages, type Fact } from './ledger-pages.js';

const mostPages = 4_000;

/** Pages that were read before and have not changed since are not fetched again. */
export class FactCache {
  readonly #pages = new Map<string, { readonly version: string; readonly facts: readonly Fact[] }>();

  constructor(private readonly readModels: ReadModels) {}

  async of(agency: string, indicator: string): Promise<Fact[]> {
    const view = this.readModels.collection(ledgerPages);
    const current = await view
      .findVersioned({ agency, indicator })
      .project<{ _id: string; _v: string }>({ _v: 1 })
      .toArray();
    const stale = current.filter(({ _id, _v }) => this.#pages.get(_id)?.version !== _v).map(({ _id }) => _id);
    const missing = this.#pages.size + stale.length > mostPages ? this.#emptied(current) : stale;
    for await (const { _id, _v, facts } of view.findVersioned({ agency, indicator, _id: { $in: missing } }))
      this.#pages.set(_id, { version: _v, facts });
    return current.flatMap(({ _id }) => [...(this.#pages.get(_id)?.facts ?? [])]);
  }

  #emptied(current: readonly { readonly _id: string }[]): string[] {
    this.#pages.clear();
    return current.map(({ _id }) => _id);
  }
}
