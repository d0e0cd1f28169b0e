import { basename } from 'node:path';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { batchSender, type Batch } from './batch-sender.js';
import { ImportStopped, type ImportCounts, type ImportOptions } from './import-options.js';
import { rowMapper } from './map-row.js';
import type { ReadingsProfile } from './profile.js';
import { RejectionReport } from './rejection-report.js';
import { checkObjective, setUp } from './set-up.js';
import { readRows, sizeOf } from './source-rows.js';

/** Requests under way: the next batch is read while the service syncs the last ones. */
const inFlight = 3;
const maxBatchCharacters = 4 * 1024 * 1024;

/** Streams readings into the ledger over HTTP. Memory holds a few batches, however long the file is. */
export async function importReadings(options: ImportOptions<ReadingsProfile>): Promise<ImportCounts> {
  const {
    url,
    profile,
    file,
    reportFile,
    signal,
    fetch = globalThis.fetch,
    patience = 60_000,
    batchLines = 2000,
  } = options;
  const bytesTotal = sizeOf(file);
  const counts = { accepted: 0, unchanged: 0, rejected: 0 };
  let bytesRead = 0;
  let leftOut = 0;
  const counted = (): ImportCounts => ({ ...counts, ...(leftOut === 0 ? {} : { leftOut }) });
  const tell = (): void => {
    const rows = counts.accepted + counts.unchanged + counts.rejected;
    options.progress?.({ ...counted(), rows, bytesRead, bytesTotal });
  };
  const retrying = { patience, ...(signal === undefined ? {} : { signal }) };
  const serviceOptions = { url, token: options.token, fetch, retrying, notice: options.notice ?? (() => undefined) };
  const report = reportFile === undefined ? undefined : new RejectionReport(reportFile);
  const failures: unknown[] = [];
  const pending = new Set<Promise<void>>();

  const send = batchSender({
    ...retrying,
    url,
    fetch,
    token: options.token,
    agency: profile.agency,
    path: `/v1/agencies/${profile.agency}/indicators/${profile.indicator}/readings`,
  });
  const settle = async (batch: Batch): Promise<void> => {
    const outcome = await send(batch);
    counts.accepted += outcome.accepted;
    counts.unchanged += outcome.unchanged;
    counts.rejected += outcome.rejected;
    for (const { line, pointer, rule, detail } of outcome.refusals) {
      const origin = batch.origins[line - 1];
      if (origin === undefined) throw new CommandFailure(`The service rejected line ${line}, which was not sent.`);
      await report?.add({ ...origin, field: pointer, rule, reason: detail });
    }
    tell();
  };
  const dispatch = async (batch: Batch): Promise<void> => {
    while (pending.size >= inFlight) await Promise.race(pending);
    if (failures.length > 0) throw failures[0];
    const request = settle(batch)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => pending.delete(request));
    pending.add(request);
  };

  try {
    // The importer registers what is missing before it reads: a file that does not fit must not leave half a set-up.
    const rows = readRows({
      file,
      delimiter: profile.delimiter,
      encoding: profile.encoding,
      onBytes: (read) => {
        bytesRead += read;
        tell();
      },
      ...(signal === undefined ? {} : { signal }),
    });
    const header = await rows.next();
    if (header.done) throw new CommandFailure(`${basename(file)} is empty: it has no header.`, exitCodes.usage);
    const map = rowMapper(profile, header.value.fields, basename(file));
    try {
      await setUp(profile, serviceOptions);
      await checkObjective(profile, serviceOptions);
    } catch (error) {
      await rows.return(undefined);
      throw error;
    }
    let lines: string[] = [];
    let origins: Batch['origins'][number][] = [];
    let characters = 0;
    const flush = async (): Promise<void> => {
      if (lines.length === 0) return;
      const batch: Batch = { ndjson: `${lines.join('\n')}\n`, origins };
      [lines, origins, characters] = [[], [], 0];
      await dispatch(batch);
    };
    for await (const { line, fields } of rows) {
      const mapped = map(fields);
      if ('leftOut' in mapped) {
        leftOut++;
        continue;
      }
      if ('fault' in mapped) {
        counts.rejected++;
        await report?.add({ line, ...mapped.fault, id: mapped.fault.id.slice(0, 200) });
        continue;
      }
      lines.push(mapped.json);
      origins.push({ line, id: mapped.id });
      characters += mapped.json.length;
      if (lines.length >= batchLines || characters >= maxBatchCharacters) await flush();
    }
    await flush();
    await Promise.all(pending);
    if (failures.length > 0) throw failures[0];
    tell();
    return counted();
  } catch (error) {
    await Promise.all(pending);
    if (counts.accepted + counts.unchanged + counts.rejected === 0 && error instanceof CommandFailure) throw error;
    throw new ImportStopped(error, counted());
  } finally {
    await report?.close();
  }
}
