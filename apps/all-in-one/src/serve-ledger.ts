import { createApp, listen, settingsOf, stopOnSignals } from '@app/http';
import type { LedgerConfig } from '@app/http/start';
import { ProjectionsModule } from '@app/projections';
import { projectFolder } from '../../cli/src/project-folder.js';
import { AllInOneModule } from './all-in-one.module.js';
import type { Stores } from './embedded-stores.js';
import { seedExample } from './example.js';

const home = projectFolder(import.meta.dirname);

/** The service over stores that have started; they end with it. */
export async function serveLedger(config: LedgerConfig, stores: Stores): Promise<void> {
  try {
    const projectorThread = new URL('./projector-thread.js', import.meta.url);
    const settings = { ...(await settingsOf(config)), ...stores, projectorThread };
    const app = await createApp(AllInOneModule.with(settings), {
      logs: settings.logs,
      rateLimit: config.LEDGER_RATE_LIMIT,
    });
    stopOnSignals(app, () => stores.close());
    void stores.failed.then((error) => {
      settings.logs.failed(error, 'storage');
      process.stderr.write(`The storage failed: ${error.message}\nStart again when the disk is well.\n`);
      process.exit(1);
    });
    const url = await listen(app, config);
    const operatorSecret = settings.tokens.local?.operatorSecret;
    if (stores.isNew && operatorSecret !== undefined && !process.argv.includes('--empty')) {
      process.stdout.write('Filling the new data folder with a small example ...\n');
      const { accepted, unchanged, rejected } = await seedExample({ url, operatorSecret, home });
      process.stdout.write(`${accepted + unchanged} cases of the City of Boston are in, ${rejected} were rejected.\n`);
    }
    await stores.begun();
    const embedded = config.EVENTSTORE_URL === undefined ? stores.eventStoreUrl : undefined;
    process.stdout.write(welcome(url, embedded, operatorSecret === undefined ? undefined : config.LEDGER_DATA_DIR));
    await app.get(ProjectionsModule).started;
  } catch (error) {
    await stores.close();
    throw error;
  }
}

/**
 * `eventStore` is the embedded one, which an operator scavenges; the address of another may hold a password. `keys` is the
 * data folder whose operator key makes tokens; none where tokens come from another issuer.
 */
const welcome = (url: string, eventStore: string | undefined, keys: string | undefined): string => `
Civic Ledger is serving.
  API           ${url}/v1
  OpenAPI page  ${url}/docs
${eventStore === undefined ? '' : `  Event store   ${eventStore}\n`}Ask it for a figure:
  curl '${url}/v1/performance?agency=boston&indicator=on-time-closure&groupBy=period'
${keys === undefined ? '' : `Get a token:\n  ${tokenCommand(url, keys)}\n`}Ctrl-C ends it.
`;

/** The variables that the command line needs where they are not what it assumes. */
function tokenCommand(url: string, dataDir: string): string {
  const given = { LEDGER_URL: [url, 'http://127.0.0.1:3000'], LEDGER_DATA_DIR: [dataDir, '.data'] };
  const variables = Object.entries(given)
    .filter(([, [value, assumed]]) => value !== assumed)
    .map(([name, [value]]) => `${name}='${value!.replaceAll("'", "'\\''")}' `);
  return `${variables.join('')}npm run --silent ledger -- token --role data-capturer --agency boston`;
}
