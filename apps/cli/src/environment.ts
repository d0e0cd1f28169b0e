import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailure, exitCodes } from './exit-codes.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the environment says about the service and the caller. */
export interface Environment {
  readonly url: string;
  readonly dataFolder: string;
  /** From LEDGER_TOKEN or the file that LEDGER_TOKEN_FILE names; never from a flag, which other users could see. */
  readonly token: string | undefined;
  /** Secret of the local issuer, readable only beside the data. */
  readonly operatorKey: string | undefined;
  /** Connection string, which may hold a password. */
  readonly eventStoreUrl: string | undefined;
}

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
};

function tokenFrom(variables: Variables): string | undefined {
  if (variables['LEDGER_TOKEN']) return variables['LEDGER_TOKEN'].trim();
  const file = variables['LEDGER_TOKEN_FILE'];
  if (!file) return undefined;
  const token = readIfThere(file);
  if (!token) throw new CommandFailure(`LEDGER_TOKEN_FILE names ${file}, which holds no token.`, exitCodes.signIn);
  return token;
}

export function readEnvironment(variables: Variables): Environment {
  const url = variables['LEDGER_URL'] || 'http://127.0.0.1:3000';
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new CommandFailure(`LEDGER_URL is not an http address: ${url}`, exitCodes.usage);
  }
  const dataFolder = variables['LEDGER_DATA_DIR'] || '.data';
  return {
    url: url.replace(/\/+$/, ''),
    dataFolder,
    token: tokenFrom(variables),
    operatorKey: readIfThere(join(dataFolder, 'keys', 'operator.key')) || undefined,
    eventStoreUrl: variables['EVENTSTORE_URL'] || undefined,
  };
}
