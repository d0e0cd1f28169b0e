import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { EventLog, UnreadableEvent } from '@app/event-store';
import { ImportStopped, type ImportCounts } from '../../apps/cli/src/import/import-file.js';
import { casesIn, figures, importCases, writeCases, type CasesImport } from './boston.js';
import { build, eventually, killAll, startService, type Ended } from './service.js';

export interface Interrupted {
  readonly ended: Ended;
  /** Rows that were answered for before the process went. */
  readonly acknowledged: number;
}

/** A file of cases, what an undisturbed import of it gives, and imports that are disturbed. */
export class ImportBench {
  folder = '';
  file = '';
  cases = 0;
  undisturbed = '';
  private batchLines = 0;

  async setUp(most: number, batchLines: number): Promise<void> {
    this.batchLines = batchLines;
    await build();
    this.folder = await mkdtemp(join(tmpdir(), 'ledger-killed-'));
    this.file = join(this.folder, 'cases.csv');
    this.cases = await writeCases(this.file, most);
    const dataDir = join(this.folder, 'undisturbed');
    const service = await startService(dataDir, '--empty');
    await this.import(service.url, dataDir);
    this.undisturbed = await eventually(
      () => figures(service.url),
      (now) => casesIn(now) === this.cases,
    );
    expect(casesIn(this.undisturbed)).toBe(this.cases);
    await service.end('SIGTERM');
  }

  async tearDown(): Promise<void> {
    await killAll();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Starts the service, begins the import, and sends the signal a moment after `rows` rows are answered for. */
  async interrupt(dataDir: string, rows: number, signal: NodeJS.Signals, delay: number): Promise<Interrupted> {
    const service = await startService(dataDir, '--empty');
    let sent = false;
    const progress = (now: { rows: number }): void => {
      if (sent || now.rows < rows) return;
      sent = true;
      setTimeout(() => service.child.kill(signal), delay);
    };
    const acknowledged = await this.import(service.url, dataDir, progress).catch((error: unknown) => {
      if (error instanceof ImportStopped) return error.counts;
      throw error;
    });
    return { ended: await service.ended, acknowledged: answered(acknowledged) };
  }

  /** Starts again and imports again. */
  async finish(dataDir: string): Promise<ImportCounts & { readonly figures: string }> {
    const service = await startService(dataDir);
    const counts = await this.import(service.url, dataDir);
    const seen = await eventually(
      () => figures(service.url),
      (now) => now === this.undisturbed,
      120_000,
    );
    expect(await service.end('SIGTERM')).toEqual({ code: 0, signal: null });
    return { ...counts, figures: seen };
  }

  private import(url: string, dataDir: string, progress?: CasesImport['progress']): Promise<ImportCounts> {
    const { file, batchLines } = this;
    return importCases({ url, dataDir, file, batchLines, ...(progress === undefined ? {} : { progress }) });
  }
}

const answered = ({ accepted, unchanged, rejected }: ImportCounts): number => accepted + unchanged + rejected;

/** Ids of all events in the log of a stopped service. */
export async function eventIdsIn(dataDir: string): Promise<string[]> {
  const store = await startEmbeddedEventStore({ dataDir: join(dataDir, 'eventstore') });
  const log = EventLog.connect(store.connectionString);
  try {
    const ids: string[] = [];
    for await (const event of log.readAll()) {
      ids.push(event instanceof UnreadableEvent ? event.eventId : event.id);
    }
    return ids;
  } finally {
    await log.close();
    await store.close();
  }
}
