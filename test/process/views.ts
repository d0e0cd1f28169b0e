import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@app/embedded-mongo';
import { MongoClient } from 'mongodb';

/** What the engine notes for itself, and answers that no rebuild brings back. */
const notViews = /^(projection-|parked-|kept-answers$)/;

/** Of a stopped service: for each read model, how many documents it has and a digest of their bytes in the order of their ids. */
export async function viewsIn(dataDir: string): Promise<Record<string, { documents: number; digest: string }>> {
  const store = await startEmbeddedMongo({ dataDir: join(dataDir, 'mongo') });
  const client = new MongoClient(store.connectionString);
  try {
    const db = client.db('civic_ledger');
    const views: Record<string, { documents: number; digest: string }> = {};
    for (const { name } of await db.listCollections().toArray()) {
      if (notViews.test(name)) continue;
      const hash = createHash('sha256');
      let documents = 0;
      for await (const bytes of db.collection(name).find({}, { raw: true }).sort({ _id: 1 })) {
        hash.update(bytes as unknown as Buffer);
        documents += 1;
      }
      views[name] = { documents, digest: hash.digest('hex') };
    }
    return views;
  } finally {
    await client.close();
    await store.close();
  }
}
