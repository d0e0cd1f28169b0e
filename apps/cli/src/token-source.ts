import type { Environment } from './environment.js';
import { CommandFailure, exitCodes } from './exit-codes.js';
import { requestJson, type Fetch, type Retrying, type TokenSource } from './ledger-client.js';

export interface TokenRequest {
  readonly role: string;
  readonly agency?: string;
  readonly subject?: string;
  /** Seconds. */
  readonly lifetime?: number;
}

export interface IssuerOptions {
  readonly fetch: Fetch;
  readonly retrying?: Retrying;
}

/** Asks the local issuer, which makes the person and the grant where they do not exist yet. */
export async function obtainToken(
  { url, operatorKey, dataFolder }: Pick<Environment, 'url' | 'operatorKey' | 'dataFolder'>,
  request: TokenRequest,
  options: IssuerOptions,
): Promise<string> {
  if (operatorKey === undefined) {
    throw new CommandFailure(
      `There is no operator key in ${dataFolder}/keys. Set LEDGER_DATA_DIR to the data folder of the service, or LEDGER_TOKEN.`,
      exitCodes.signIn,
    );
  }
  const answer = await requestJson('POST', '/v1/tokens', request, { url, token: operatorKey, ...options });
  const { token } = answer as { token?: unknown };
  if (typeof token !== 'string') throw new CommandFailure(`${url}/v1/tokens answered without a token.`);
  return token;
}

/** The token of the environment, or one per role from the local issuer where its key can be read. */
export function tokenSource(environment: Environment, options: IssuerOptions): TokenSource {
  if (environment.token !== undefined) return environment.token;
  return (role, agency) => obtainToken(environment, agency === undefined ? { role } : { role, agency }, options);
}
