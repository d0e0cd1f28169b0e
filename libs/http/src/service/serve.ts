import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { localKeys } from '../auth/local-keys.js';
import type { TokenOptions } from '../auth/tokens.js';
import type { LedgerConfig } from './config.js';
import { Logs } from './logs.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

/** Where the keys of people are, and what opens them. */
export interface KeySettings {
  readonly dataDir: string;
  readonly url?: string;
  readonly masterKey?: string;
  readonly masterKeyFile?: string;
}

/** What every application is built from, once the configuration is read. */
export interface AppSettings {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  readonly keys: KeySettings;
  readonly tokens: TokenOptions;
  readonly logs: Logs;
}

/** The configured issuer, or else the local one with the keys of the data folder. */
export async function tokenOptions(config: LedgerConfig): Promise<TokenOptions> {
  const { LEDGER_AUDIENCE: audience, LEDGER_ISSUER: issuer, LEDGER_JWKS_URL: jwksUrl } = config;
  if (issuer !== undefined && jwksUrl !== undefined) return { audience, remote: { issuer, jwksUrl } };
  return { audience, local: await localKeys(config.LEDGER_DATA_DIR) };
}

const keySettings = (config: LedgerConfig): KeySettings => ({
  dataDir: config.LEDGER_DATA_DIR,
  ...(config.KEYSTORE_URL === undefined ? {} : { url: config.KEYSTORE_URL }),
  ...(config.LEDGER_MASTER_KEY === undefined ? {} : { masterKey: config.LEDGER_MASTER_KEY }),
  ...(config.LEDGER_MASTER_KEY_FILE === undefined ? {} : { masterKeyFile: config.LEDGER_MASTER_KEY_FILE }),
});

/** Settings of a process of its own, whose stores run elsewhere. */
export async function settingsOf(config: LedgerConfig): Promise<AppSettings> {
  return {
    eventStoreUrl: config.EVENTSTORE_URL ?? '',
    mongoUrl: config.MONGODB_URL ?? '',
    keys: keySettings(config),
    tokens: await tokenOptions(config),
    logs: new Logs(config.LEDGER_LOG_LEVEL),
  };
}

/** Listens, and says where: the process is the service from here on. */
export async function listen(app: NestFastifyApplication, config: LedgerConfig): Promise<string> {
  app.get(Metrics).watchProcess();
  await app.listen(config.LEDGER_PORT, config.LEDGER_HOST);
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : config.LEDGER_PORT;
  const host = config.LEDGER_HOST.includes(':') ? `[${config.LEDGER_HOST}]` : config.LEDGER_HOST;
  return `http://${host}:${port}`;
}

const patience = 15_000;

/** Ends the process when it is asked to: what was begun is finished first; a second request ends it at once. */
export function stopOnSignals(
  app: NestFastifyApplication,
  afterwards: () => Promise<void> = async () => undefined,
): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    app.get(Readiness).drain();
    setTimeout(() => process.exit(1), patience).unref();
    try {
      await app.close();
      await afterwards();
      process.exit(0);
    } catch (error) {
      app.get(Logs).failed(error, 'shutdown');
      process.exit(1);
    }
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}
