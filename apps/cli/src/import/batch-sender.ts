import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { CommandFailure } from '../exit-codes.js';
import { Refused, persistently, tokenFor, type Fetch, type Retrying, type TokenSource } from '../ledger-client.js';

const compress = promisify(gzip);

/** Lines that travel together, each with where it stands in the file. */
export interface Batch {
  readonly ndjson: string;
  /** Per line of the batch: line of the file and id of the reading. */
  readonly origins: readonly { readonly line: number; readonly id: string }[];
}

export interface LineRefusal {
  /** Line of the request, from 1. */
  readonly line: number;
  readonly rule: string;
  readonly pointer: string;
  readonly detail: string;
}
export interface BatchOutcome {
  readonly accepted: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** A line that breaks several rules has several entries. */
  readonly refusals: readonly LineRefusal[];
}

type Summary = Omit<BatchOutcome, 'refusals'>;

export interface SenderOptions extends Retrying {
  readonly url: string;
  readonly path: string;
  readonly agency: string;
  readonly token: TokenSource;
  readonly fetch: Fetch;
}

const isLoopback = (url: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

/** The answer broke off before its summary line: the service ended in the middle, so the batch is sent again. */
class BrokenAnswer extends Error {}

async function readOutcome(response: Response, lines: number): Promise<BatchOutcome> {
  const refusals: LineRefusal[] = [];
  let summary: Summary | undefined;
  if (response.body === null) throw new BrokenAnswer('The answer is empty');
  const body = Readable.fromWeb(response.body);
  for await (const text of createInterface({ input: body, crlfDelay: Infinity })) {
    if (text === '') continue;
    let entry: LineRefusal | Summary;
    try {
      entry = JSON.parse(text) as typeof entry;
    } catch {
      throw new BrokenAnswer('The answer breaks off');
    }
    if ('line' in entry) refusals.push(entry);
    else summary = entry;
  }
  if (body.errored) throw body.errored;
  if (summary === undefined) throw new BrokenAnswer('The answer has no summary');
  const { accepted, unchanged, rejected } = summary;
  const refusedLines = new Set(refusals.map(({ line }) => line)).size;
  if (accepted + unchanged + rejected !== lines || rejected !== refusedLines) {
    throw new CommandFailure(
      `The service answered for ${accepted + unchanged + rejected} of ${lines} lines: it and this importer do not fit.`,
    );
  }
  return { accepted, unchanged, rejected, refusals };
}

/** Statuses whose body is the outcome of each line. */
const withOutcomes = (response: Response): boolean =>
  [200, 201, 207, 422].includes(response.status) &&
  (response.headers.get('content-type') ?? '').includes('application/x-ndjson');

/** Uploads one batch after another over one bulk door. The same lines again are harmless, so a doubt is a repeat. */
export function batchSender(options: SenderOptions): (batch: Batch) => Promise<BatchOutcome> {
  const { url, path, agency, token, fetch, signal } = options;
  const zipped = !isLoopback(url);
  let bearer: string | undefined;
  const attempt = async (batch: Batch): Promise<BatchOutcome> => {
    const body = zipped ? new Uint8Array(await compress(batch.ndjson)) : batch.ndjson;
    return persistently(
      url,
      async () => {
        bearer ??= await tokenFor(token, 'data-capturer', agency);
        return fetch(`${url}${path}`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${bearer}`,
            'content-type': 'application/x-ndjson',
            accept: 'application/x-ndjson, application/problem+json',
            ...(zipped ? { 'content-encoding': 'gzip' } : {}),
          },
          body,
          ...(signal === undefined ? {} : { signal }),
        });
      },
      async (response) => {
        if (withOutcomes(response)) return readOutcome(response, batch.origins.length);
        throw new Refused(response.status, await response.text(), `POST ${path}`);
      },
      options,
    );
  };
  return async (batch) => {
    try {
      return await attempt(batch);
    } catch (error) {
      const expired = error instanceof Refused && error.status === 401 && typeof token === 'function';
      if (!expired) throw error;
      bearer = undefined;
      return attempt(batch);
    }
  };
}
