import { MongoClient, type Db, type Document, type Filter, type FindCursor } from 'mongodb';
import type { Projection } from './projection.js';

const hidden = { projection: { _v: 0 } } as const;

/** One read model as questions see it: without the engine's own fields and without deleted documents. */
export class View<Doc extends { readonly _id: string }> {
  constructor(
    private readonly db: Db,
    private readonly name: string,
  ) {}

  find(filter: Filter<Doc> = {}): FindCursor<Doc> {
    return this.db.collection(this.name).find(living(filter), hidden) as unknown as FindCursor<Doc>;
  }

  async findOne(filter: Filter<Doc>): Promise<Doc | undefined> {
    const found = await this.db.collection(this.name).findOne(living(filter), hidden);
    return (found as unknown as Doc | null) ?? undefined;
  }

  /** With the position that each document was last folded at, for caches. */
  findVersioned(filter: Filter<Doc> = {}): FindCursor<Doc & { readonly _v: string }> {
    return this.db.collection(this.name).find(living(filter)) as unknown as FindCursor<Doc & { readonly _v: string }>;
  }
}

const living = (filter: object): Filter<Document> => ({ ...filter, _deleted: { $exists: false } });

/** The read side's database. */
export class ReadModels {
  readonly #client: MongoClient;
  readonly db: Db;

  constructor(url: string, database = 'civic_ledger') {
    this.#client = new MongoClient(url, { serverSelectionTimeoutMS: 5_000 });
    this.db = this.#client.db(database);
  }

  collection<Doc extends { readonly _id: string }>({ name }: Projection<Doc>): View<Doc> {
    return new View(this.db, name);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}
