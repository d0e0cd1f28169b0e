// open-mongo.mjs <folder> <documents>: opens the folder, inserts so many documents if any, and tells how long the opening took and how
// much memory the process has.
import { MongoClient } from 'mongodb';
import { dist, now } from '../harness.mjs';
import { someDocuments, threeIndexes } from './mongo-workloads.mjs';

const { startEmbeddedMongo } = await dist('libs/embedded-mongo/src/index.js');
const [folder, documents] = process.argv.slice(2);

const begun = now();
const before = process.cpuUsage();
const server = await startEmbeddedMongo({ dataDir: folder });
const seconds = Number(((now() - begun) / 1000).toFixed(3));
const { user, system } = process.cpuUsage(before);
const cpu = ((user + system) / 1e6).toFixed(2);
const megabytes = Math.round(process.memoryUsage.rss() / 2 ** 20);

if (Number(documents) > 0) {
  const client = await MongoClient.connect(server.connectionString);
  const collection = client.db('opening').collection('documents');
  await collection.createIndexes(threeIndexes);
  for (let from = 0; from < Number(documents); from += 5000) await collection.insertMany(someDocuments(from, 5000));
  await client.close();
}
console.log(JSON.stringify({ seconds, cpu, megabytes }));
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
