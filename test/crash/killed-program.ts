import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { compileLibraries } from './compiled.js';

/** An embedded server as a process of its own, over one data folder that outlives it. */
export class KilledProgram {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'killed-'));
  readonly #folder: string;
  readonly #children: ChildProcess[] = [];

  /** `library` exports the two functions that start its server: in the thread of the process, or in a worker. */
  constructor(library: string, start: string, startWorker: string) {
    this.#folder = compileLibraries(library);
    writeFileSync(
      join(this.#folder, 'program.mjs'),
      `import { ${start}, ${startWorker} } from './${library}/index.js';
      const [dataDir, mode] = process.argv.slice(2);
      try {
        const server = await (mode === 'worker' ? ${startWorker} : ${start})({ dataDir });
        console.log(server.connectionString);
        process.on('SIGTERM', async () => { await server.close(); process.exit(0); });
      } catch (error) {
        console.log('refused: ' + error.message);
      }`,
    );
  }

  /** `says` is the connection string, or why it was refused. */
  async start(mode: 'worker' | 'in-process'): Promise<{ readonly child: ChildProcess; readonly says: string }> {
    const child = spawn(process.execPath, [join(this.#folder, 'program.mjs'), this.dataDir, mode], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#children.push(child);
    const says = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (code) => reject(new Error(`the server ended with code ${code} before it said anything`)));
    });
    return { child, says };
  }

  /** Runs a module of its own in the folder of the compiled libraries; gives back what it printed. */
  async run(source: string, ...args: readonly string[]): Promise<string> {
    const file = join(this.#folder, 'client.mjs');
    writeFileSync(file, source);
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args]);
    return stdout.trim();
  }

  async kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** No process outlives it: one that did would keep the caller's from ending. */
  async clear(): Promise<void> {
    await Promise.all(this.#children.map((child) => this.kill(child)));
    rmSync(this.#folder, { recursive: true, force: true });
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
