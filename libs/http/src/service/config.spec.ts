import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ConfigMistakes, configSchema, readConfig } from './config.js';

const mistakesOf = (environment: Record<string, string>, required: Parameters<typeof readConfig>[1] = []): string[] => {
  try {
    readConfig(environment, required);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigMistakes);
    return [...(error as ConfigMistakes).mistakes];
  }
};

describe('the configuration', () => {
  it('has a default for everything that a single process needs', () =>
    expect(readConfig({ PATH: '/bin' })).toEqual({
      LEDGER_DATA_DIR: '.data',
      LEDGER_PORT: 3000,
      LEDGER_HOST: '127.0.0.1',
      LEDGER_PLAIN_STORES: 'refuse',
      LEDGER_AUDIENCE: 'civic-ledger',
      LEDGER_RATE_LIMIT: 60_000,
      LEDGER_LOG_LEVEL: 'info',
    }));
  it('takes an empty variable for one that is not set', () =>
    expect(readConfig({ LEDGER_ISSUER: '', LEDGER_PORT: '' }).LEDGER_PORT).toBe(3000));
  it.each([
    [{ LEDGER_PORT: 'x' }, /^LEDGER_PORT is a port number, 0 to 65535\.$/],
    [{ LEDGER_PORT: '70000' }, /^LEDGER_PORT is a port number/],
    [{ LEDGER_PROT: '1' }, /^LEDGER_PROT is not a variable of Civic Ledger\. Known are LEDGER_DATA_DIR/],
    [{ EVENTSTORE_URL: 'http://a' }, /^EVENTSTORE_URL looks like esdb:/],
    [{ MONGODB_URL: 'postgres://a' }, /^MONGODB_URL looks like mongodb:/],
    [{ LEDGER_ISSUER: 'https://a' }, /^LEDGER_JWKS_URL is needed with LEDGER_ISSUER/],
    [{ LEDGER_JWKS_URL: 'https://a/keys' }, /^LEDGER_ISSUER is needed with LEDGER_JWKS_URL/],
    [{ LEDGER_ISSUER: 'a', LEDGER_JWKS_URL: 'ftp://a' }, /^LEDGER_JWKS_URL is a http or https address/],
    [{ LEDGER_LOG_LEVEL: 'loud' }, /^LEDGER_LOG_LEVEL is fatal, error/],
    [{ EVENTSTORE_URL: 'esdb://db:2113?tls=false' }, /^EVENTSTORE_URL crosses the network without TLS/],
    [{ MONGODB_URL: 'mongodb://a:1,b:2/ledger' }, /^MONGODB_URL crosses the network without TLS/],
    [{ KEYSTORE_URL: 'mongodb://keys:1' }, /^KEYSTORE_URL crosses the network without TLS/],
    [{ LEDGER_MASTER_KEY: 'secret' }, /^LEDGER_MASTER_KEY is 32 bytes in hexadecimal or base64/],
    [
      { LEDGER_MASTER_KEY: 'a'.repeat(64), LEDGER_MASTER_KEY_FILE: '/run/key' },
      /^LEDGER_MASTER_KEY and LEDGER_MASTER_KEY_FILE exclude each other/,
    ],
  ])('%j is told in one sentence', (environment, sentence) =>
    expect(mistakesOf(environment as Record<string, string>)).toEqual([expect.stringMatching(sentence)]),
  );
  it('tells every mistake at once', () =>
    expect(mistakesOf({ LEDGER_PORT: 'x', LEDGER_X: 'y' }, ['MONGODB_URL'])).toHaveLength(3));
  it('allows stores without TLS on this machine, and where it is asked to', () => {
    expect(
      mistakesOf({ EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false', MONGODB_URL: 'mongodb://localhost:2' }),
    ).toEqual([]);
    expect(mistakesOf({ MONGODB_URL: 'mongodb://db/ledger', LEDGER_PLAIN_STORES: 'allow' })).toEqual([]);
    expect(mistakesOf({ MONGODB_URL: 'mongodb://db/ledger?tls=true' })).toEqual([]);
  });
});

interface Service {
  readonly command?: string[];
  readonly environment?: Record<string, string>;
  readonly healthcheck?: object;
  readonly volumes?: string[];
  readonly depends_on?: Record<string, { condition: string }>;
}

describe('docker-compose.yml', () => {
  const compose = parse(readFileSync(join(process.cwd(), 'docker-compose.yml'), 'utf8'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  const apps = ['command-api', 'query-api', 'projector', 'automation'];
  it('runs every application that is a process of its own', () => {
    for (const name of apps) expect(compose.services[name]?.command?.at(-1)).toBe(`dist/bundle/${name}.js`);
  });
  it.each(apps)('sets for %s exactly the variables of the configuration, and they are valid', (name) => {
    const environment = compose.services[name]!.environment!;
    expect(Object.keys(environment).sort()).toEqual(Object.keys(configSchema.shape).sort());
    const filled = Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [key, value.replace(/\$\{\w+:-(.*)\}/, '$1')]),
    );
    expect(mistakesOf(filled, ['EVENTSTORE_URL', 'MONGODB_URL'])).toEqual([]);
  });
  it('waits for healthy stores, checks the health of everything and keeps the data in volumes', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect([name, service.healthcheck]).toEqual([name, expect.any(Object)]);
      const named = service.volumes!.map((volume) => volume.split(':')[0]!);
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
    }
    for (const name of apps) {
      expect(compose.services[name]!.depends_on).toEqual({
        eventstore: { condition: 'service_healthy' },
        mongo: { condition: 'service_healthy' },
      });
    }
  });
});
