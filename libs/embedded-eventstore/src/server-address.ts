import { readFileSync } from 'node:fs';

/** What a call of our own needs of a connection string. */
export interface ServerAddress {
  /** http://host:port or https://host:port. */
  origin: string;
  /** The authority that signed the server's certificate, PEM; undefined for those that everybody knows. */
  authority: string | undefined;
  /** The header that says who calls. */
  authorization: string | undefined;
}

/**
 * Reads http://host:port, or a connection string of one host as the official client takes it: over TLS unless it says
 * tls=false, with tlsCAFile, with user and password.
 * @throws Error when it is none.
 */
export function serverAddress(text: string): ServerAddress {
  const scheme = /^(http|https|esdb):\/\//.exec(text)?.[1];
  if (scheme === undefined || !URL.canParse(text.replace(/^esdb:/, 'http:')))
    throw new Error(
      `${text.replace(/\/\/.*@/, '//')} is no address of an event store. Say http://host:port, or a connection string of one host.`,
    );
  const { host, username, password, searchParams } = new URL(text.replace(/^esdb:/, 'http:'));
  const options = new Map(Array.from(searchParams, ([name, value]) => [name.toLowerCase(), value]));
  const isPlain = scheme === 'http' || (scheme === 'esdb' && options.get('tls') === 'false');
  const file = options.get('tlsCAFile'.toLowerCase());
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    origin: `${isPlain ? 'http' : 'https'}://${host}`,
    authority: isPlain || file === undefined ? undefined : readFileSync(file, 'utf8'),
    authorization: username === '' ? undefined : `Basic ${Buffer.from(login).toString('base64')}`,
  };
}
