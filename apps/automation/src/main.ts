import { createApp, listen, readConfig, run, settingsOf, stopOnSignals } from '@app/http';
import { AutomationModule } from './automation.module.js';

run(async () => {
  const config = readConfig(process.env, ['EVENTSTORE_URL', 'MONGODB_URL']);
  const settings = await settingsOf(config);
  const app = await createApp(AutomationModule.with(settings), {
    logs: settings.logs,
    rateLimit: config.LEDGER_RATE_LIMIT,
    docs: false,
  });
  stopOnSignals(app);
  settings.logs.info({ address: await listen(app, config) }, 'automation listens');
});
