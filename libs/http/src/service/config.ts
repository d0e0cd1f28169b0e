import { z } from 'zod';

const loopback = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

const httpUrl = z
  .string()
  .refine((text) => /^https?:$/.test(urlOf(text)?.protocol ?? ''), 'is a http or https address');

/** Every environment variable that a process of the service reads. */
export const configSchema = z
  .object({
    LEDGER_DATA_DIR: z.string().min(1, 'names a folder').default('.data'),
    LEDGER_PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'is a port number, 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65535, 'is a port number, 0 to 65535')
      .default(3000),
    LEDGER_HOST: z.string().min(1, 'is an address to listen on').default('127.0.0.1'),
    EVENTSTORE_URL: z
      .string()
      .regex(/^(esdb|kurrentdb|kdb)(\+discover)?:\/\/.+/, 'looks like esdb://host:2113')
      .optional(),
    MONGODB_URL: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\/.+/, 'looks like mongodb://host:27017/ledger')
      .optional(),
    KEYSTORE_URL: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\/.+/, 'looks like mongodb://host:27017')
      .optional(),
    LEDGER_MASTER_KEY: z
      .string()
      .regex(/^([0-9a-fA-F]{64}|[\w+/-]{43}=?)$/, 'is 32 bytes in hexadecimal or base64')
      .optional(),
    LEDGER_MASTER_KEY_FILE: z.string().min(1, 'names a file').optional(),
    LEDGER_PLAIN_STORES: z.enum(['refuse', 'allow'], 'is refuse or allow').default('refuse'),
    LEDGER_ISSUER: z.string().min(1, 'names the issuer of tokens').optional(),
    LEDGER_AUDIENCE: z.string().min(1, 'names the audience of tokens').default('civic-ledger'),
    LEDGER_JWKS_URL: httpUrl.optional(),
    LEDGER_RATE_LIMIT: z
      .string()
      .regex(/^[1-9]\d{0,8}$/, 'is a number of requests per minute')
      .transform(Number)
      .default(60_000),
    LEDGER_LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'is fatal, error, warn, info, debug or silent')
      .default('info'),
  })
  .superRefine((config, context) => {
    const refuse = (name: string, message: string): void => context.addIssue({ code: 'custom', path: [name], message });
    if (config.LEDGER_ISSUER !== undefined && config.LEDGER_JWKS_URL === undefined) {
      refuse('LEDGER_JWKS_URL', 'is needed with LEDGER_ISSUER: the address of its keys');
    }
    if (config.LEDGER_JWKS_URL !== undefined && config.LEDGER_ISSUER === undefined) {
      refuse('LEDGER_ISSUER', 'is needed with LEDGER_JWKS_URL: the iss claim of its tokens');
    }
    if (config.LEDGER_MASTER_KEY !== undefined && config.LEDGER_MASTER_KEY_FILE !== undefined) {
      refuse('LEDGER_MASTER_KEY', 'and LEDGER_MASTER_KEY_FILE exclude each other: the master key is in one place');
    }
    if (config.LEDGER_PLAIN_STORES === 'refuse') {
      const advice = 'crosses the network without TLS: use TLS, or set LEDGER_PLAIN_STORES=allow on a private network';
      if (isPlain(config.EVENTSTORE_URL, (query) => query.get('tls') === 'false')) refuse('EVENTSTORE_URL', advice);
      const plainMongo = (query: URLSearchParams): boolean => (query.get('tls') ?? query.get('ssl')) !== 'true';
      for (const name of ['MONGODB_URL', 'KEYSTORE_URL'] as const) {
        const url = config[name];
        if (!url?.startsWith('mongodb+srv:') && isPlain(url, plainMongo)) refuse(name, advice);
      }
    }
  });

export type LedgerConfig = z.infer<typeof configSchema>;

/** Variables that the CLI and the tests read; they are no mistakes. */
const variablesOfOthers = new Set(['LEDGER_URL', 'LEDGER_TOKEN', 'LEDGER_TOKEN_FILE']);

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** A connection string may name several hosts, which `URL` does not read. */
function isPlain(text: string | undefined, plain: (query: URLSearchParams) => boolean): boolean {
  const match = /^(?:mongodb|esdb|kurrentdb|kdb)(?:\+discover)?:\/\/(?:[^@/]*@)?([^/?]*)[^?]*(?:\?(.*))?$/.exec(
    text ?? '',
  );
  if (match === null) return false;
  const hosts = match[1]!.split(',').map((host) => host.replace(/:\d+$/, ''));
  return hosts.some((host) => !loopback.has(host)) && plain(new URLSearchParams(match[2] ?? ''));
}

/** All mistakes of a configuration, each in one sentence. */
export class ConfigMistakes extends Error {
  override readonly name = 'ConfigMistakes';
  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
  }
}

/** Reads the environment; `required` are variables that this process cannot do without. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  required: readonly (keyof LedgerConfig)[] = [],
): LedgerConfig {
  const known = Object.keys(configSchema.shape);
  // An empty variable, as compose files write it, is a variable that is not set.
  const given = Object.fromEntries(
    known.flatMap((name) => {
      const value = environment[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const unknown = Object.keys(environment)
    .filter((name) => name.startsWith('LEDGER_') && !known.includes(name) && !variablesOfOthers.has(name))
    .map((name) => `${name} is not a variable of Civic Ledger. Known are ${known.join(', ')}.`);
  const missing = required.filter((name) => given[name] === undefined).map((name) => `${name} is needed here.`);
  const parsed = configSchema.safeParse(given);
  const wrong = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`);
  const mistakes = [...unknown, ...missing, ...wrong];
  if (mistakes.length > 0 || !parsed.success) throw new ConfigMistakes(mistakes);
  return parsed.data;
}
