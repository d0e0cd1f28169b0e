import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The server in a process of its own; it ends, as the application does, when its storage has failed. */
const PROGRAM = `
import { startEmbeddedEventStore } from './embedded-eventstore/index.js';
try {
  const store = await startEmbeddedEventStore({ dataDir: process.argv[2] });
  console.log(store.connectionString);
  void store.failed.then(async (error) => {
    console.log('failed: ' + error.message);
    await store.close();
    process.exit(1);
  });
  process.on('SIGTERM', () => void store.close().then(() => process.exit(0)));
} catch (error) {
  console.log('refused: ' + error.message);
  process.exit(2);
}
`;

export class ServerProcess {
  readonly lines: string[] = [];
  readonly ended: Promise<number | null>;

  private constructor(readonly child: ChildProcess) {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => this.lines.push(line));
    this.ended = new Promise((resolve) => child.once('close', resolve));
  }

  /**
   * `compiled` is what compileLibraries answered; `strace` are its options, if the server shall be traced: the server stays
   * our own child (-D), because strace takes no signal for it.
   */
  static async start(compiled: string, dataDir: string, strace: readonly string[] = []): Promise<ServerProcess> {
    const program = join(compiled, 'traced-server.mjs');
    writeFileSync(program, PROGRAM);
    const node = [process.execPath, program, dataDir];
    const [command = '', ...args] = strace.length === 0 ? node : ['strace', '-D', ...strace, ...node];
    const server = new ServerProcess(spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] }));
    while (server.lines.length === 0 && server.child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return server;
  }

  get connectionString(): string {
    return this.lines[0] ?? '';
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }
}
