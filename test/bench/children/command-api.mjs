// command-api.mjs <event store> <mongo> <folder>: the command side by itself, on any port; prints address and operator secret.
import 'reflect-metadata';
import { dist } from '../harness.mjs';

const { Logs, createApp, localKeys } = await dist('libs/http/src/index.js');
const { CommandApiModule } = await dist('apps/command-api/src/command-api.module.js');
const [eventStoreUrl, mongoUrl, folder] = process.argv.slice(2);
const local = await localKeys(folder);
const logs = new Logs('silent');
const tokens = { audience: 'civic-ledger', local };
const keys = { dataDir: folder };
const app = await createApp(CommandApiModule.with({ eventStoreUrl, mongoUrl, keys, tokens, logs }), {
  logs,
  docs: false,
  rateLimit: 1_000_000_000,
});
await app.listen(0, '127.0.0.1');
process.on('SIGTERM', () => void app.close().finally(() => process.exit(0)));
process.stdout.write(`${JSON.stringify({ url: await app.getUrl(), secret: local.operatorSecret })}\n`);
