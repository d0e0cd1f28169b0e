import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@app/embedded-mongo';
import { BSON, MongoClient } from 'mongodb';

/** What engines note for themselves, and answers that no rebuild brings back. */
const notViews = /^(projection-|parked-|process-checkpoint$|kept-answers$)/;

/** For each read model, how many documents it has and a digest of their bytes in the order of their ids. */
export type Views = Readonly<Record<string, { readonly documents: number; readonly digest: string }>>;

/** Of a stopped service. */
export async function viewsIn(dataDir: string): Promise<Views> {
  const store = await startEmbeddedMongo({ dataDir: join(dataDir, 'mongo') });
  try {
    return await viewsOf(store.connectionString);
  } finally {
    await store.close();
  }
}

/** `told` is what of a document counts: all of it by default. */
export async function viewsOf(
  mongoUrl: string,
  told: (bytes: Uint8Array, view: string) => Uint8Array = (bytes) => bytes,
): Promise<Views> {
  const client = new MongoClient(mongoUrl);
  try {
    const db = client.db('civic_ledger');
    const views: Record<string, { documents: number; digest: string }> = {};
    for (const { name } of await db.listCollections().toArray()) {
      if (notViews.test(name)) continue;
      const hash = createHash('sha256');
      let documents = 0;
      for await (const bytes of db.collection(name).find({}, { raw: true }).sort({ _id: 1 })) {
        hash.update(told(bytes as unknown as Uint8Array, name));
        documents += 1;
      }
      views[name] = { documents, digest: hash.digest('hex') };
    }
    return views;
  } finally {
    await client.close();
  }
}

/** Without log positions, which are of one store: the version of a document, and the id of an entry of the audit trail. */
export function withoutPositions(bytes: Uint8Array, view: string): Uint8Array {
  const { _v, _id, ...rest } = BSON.deserialize(bytes, { promoteValues: false });
  return BSON.serialize(view.startsWith('audit-trail') ? rest : { _id: _id as unknown, ...rest });
}
