import { setTimeout as pause } from 'node:timers/promises';
import { CommandFailure, exitCodes } from './exit-codes.js';

export type Fetch = typeof globalThis.fetch;

/** A bearer token, or what obtains one for a role when it is needed or has expired. */
export type TokenSource = string | ((role: string, agency?: string) => Promise<string>);

export const tokenFor = async (source: TokenSource, role: string, agency?: string): Promise<string> =>
  typeof source === 'string' ? source : source(role, agency);

/** The parts of an RFC 9457 problem that are worth a line on the terminal. */
export interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly detail?: string; readonly rule?: string }[];
}

export function describeProblem(status: number, text: string): string {
  let problem: Problem;
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    return `HTTP ${status}: ${text.slice(0, 300) || 'no content'}`;
  }
  const parts = [problem.title ?? `HTTP ${status}`, problem.detail].filter((part) => part !== undefined);
  const fields = (problem.errors ?? []).map(({ pointer, detail, rule }) =>
    [pointer, detail ?? rule].filter((part) => part).join(': '),
  );
  return [...new Set([...parts, ...fields])].join('\n  ');
}

export class Refused extends CommandFailure {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    text: string,
    where: string,
  ) {
    const said = describeProblem(status, text);
    super(
      status === 401
        ? `${where} asks for a valid token. ${said}\nSet LEDGER_TOKEN, for example from: npm run ledger -- token --role …`
        : `${where} refused: ${said}`,
      status === 401 || status === 403 ? exitCodes.signIn : exitCodes.failed,
    );
  }
}

export const unreachable = (url: string, cause: unknown): CommandFailure => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const reason = inner instanceof Error ? ((inner as NodeJS.ErrnoException).code ?? inner.message) : String(inner);
  return new CommandFailure(
    `${url} does not answer (${reason}). Is the service running? Start it with: npm start`,
    exitCodes.unreachable,
    { cause },
  );
};

const passes = new Set([429, 502, 503, 504]);

export interface Retrying {
  /** Milliseconds for which a busy or missing service is asked again. */
  readonly patience: number;
  readonly signal?: AbortSignal;
}

/** Waits longer each time, and as long as the service asks. */
const delayOf = (attempt: number, retryAfter: string | null): number => {
  const asked = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : 0;
  return Math.max(asked, Math.min(8000, 100 * 2 ** attempt) * (0.5 + Math.random() / 2));
};

/**
 * Sends until there is an answer that another attempt would not better: a busy answer (429, 502, 503, 504) and a lost
 * connection are tried again. `read` is part of the attempt, since an answer can break off too.
 */
export async function persistently<Answer>(
  url: string,
  send: () => Promise<Response>,
  read: (response: Response) => Promise<Answer>,
  { patience, signal }: Retrying,
): Promise<Answer> {
  const until = performance.now() + patience;
  for (let attempt = 0; ; attempt++) {
    let failure: CommandFailure;
    let retryAfter: string | null = null;
    try {
      const response = await send();
      if (!passes.has(response.status)) return await read(response);
      retryAfter = response.headers.get('retry-after');
      failure = new CommandFailure(
        `${url} is busy: ${describeProblem(response.status, await response.text())}`,
        exitCodes.unreachable,
      );
    } catch (error) {
      if (signal?.aborted || error instanceof CommandFailure) throw error;
      failure = unreachable(url, error);
    }
    const delay = delayOf(attempt, retryAfter);
    if (performance.now() + delay > until) throw failure;
    await pause(delay, undefined, signal === undefined ? undefined : { signal });
  }
}

export interface ClientOptions {
  readonly url: string;
  readonly token?: string;
  /** A repeated request with the same key, person and body is the same request. */
  readonly idempotencyKey?: string;
  readonly fetch?: Fetch;
  readonly retrying?: Retrying;
}

/** One JSON request; an answer that is not 2xx becomes {@link Refused}. */
export async function requestJson(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body: unknown,
  { url, token, idempotencyKey, fetch = globalThis.fetch, retrying = { patience: 0 } }: ClientOptions,
): Promise<unknown> {
  const address = `${url}${path}`;
  return persistently(
    url,
    () =>
      fetch(address, {
        method,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(retrying.signal === undefined ? {} : { signal: retrying.signal }),
      }),
    async (response) => {
      const text = await response.text();
      if (!response.ok) throw new Refused(response.status, text, `${method} ${path}`);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    retrying,
  );
}
