import { readConfig, run } from '@app/http/start';
import { startStores } from './embedded-stores.js';

run(async () => {
  const config = readConfig(process.env);
  const starting = startStores(config);
  // Told when it is waited for.
  starting.catch(() => undefined);
  // The stores read their files while the modules of the service are loaded.
  const { serveLedger } = await import('./serve-ledger.js');
  await serveLedger(config, await starting);
});
