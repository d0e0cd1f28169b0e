import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '../../../libs/embedded-eventstore/src/index.js';
import { type Recordings, type Step, stepsIn } from './recordings.js';

/** The slowest takes half a minute when the machine has nothing else to do. */
const LONGEST_RUN_MS = 600_000;

/** Plays scenarios with the script that recorded them, in a process of its own for each. */
export class Player {
  private readonly work = mkdtempSync(join(tmpdir(), 'golden-'));

  constructor(recordings: Recordings, project: string) {
    const isScript = (source: string): boolean => !source.endsWith('.json');
    cpSync(recordings.folder, join(this.work, 'player'), { recursive: true, filter: isScript });
    symlinkSync(join(project, 'node_modules'), join(this.work, 'node_modules'));
  }

  /** Each on a server of its own, because many look at the whole of $all. */
  async playEmbedded(scenario: string): Promise<Step[]> {
    const store = await startEmbeddedEventStore({ dataDir: join(this.work, `data-${scenario}`) });
    try {
      return await this.play(scenario, store.connectionString);
    } finally {
      await store.close();
    }
  }

  async play(scenario: string, connectionString: string): Promise<Step[]> {
    const played = join(this.work, 'played');
    const process_ = spawn(
      process.execPath,
      [join(this.work, 'player', 'record.mjs'), connectionString, played, scenario],
      { cwd: this.work, stdio: ['ignore', 'ignore', 'inherit'], timeout: LONGEST_RUN_MS },
    );
    const code = await new Promise<number | null>((done) => process_.on('exit', done));
    if (code !== 0) throw new Error(`record.mjs ended with code ${code} for ${scenario}`);
    return stepsIn(played, scenario);
  }

  close(): void {
    rmSync(this.work, { recursive: true, force: true });
  }
}
