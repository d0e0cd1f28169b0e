import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compileLibraries } from '../../../test/crash/compiled.js';

/** Makes keys and closes epochs, without end; says what it has acknowledged. */
const program = `
import { createSecretKey } from 'node:crypto';
import { KeyRing } from './personal-data/keys/key-ring.js';
import { LmdbKeyStore } from './personal-data/keys/lmdb-key-store.js';
const [folder, begin] = process.argv.slice(2);
const masterKey = createSecretKey(Buffer.alloc(32, 7));
const ring = await KeyRing.open({ store: await LmdbKeyStore.open(folder), masterKey });
const hex = (found) => found.key.key.export().toString('hex');
const makeKeys = async () => {
  for (let n = Number(begin); ; n++) {
    console.log('key ' + n + ' ' + hex(await ring.obtain('person:boston/p-' + n)));
    if (n % 5 === 4) {
      await ring.shred('person:boston/p-' + (n - 2));
      console.log('shredded ' + (n - 2));
    }
  }
};
const closeEpochs = async () => {
  for (;;) console.log('epoch ' + (await ring.closeEpoch(ring.epoch)).epoch);
};
await Promise.all([makeKeys(), closeEpochs()]);
`;

/** A process that is killed at any moment and started again. */
export class KilledCloser {
  readonly folder = mkdtempSync(join(tmpdir(), 'killed-closer-'));
  readonly #code = compileLibraries('kernel', 'event-store', 'personal-data');
  /** Acknowledged keys, in hexadecimal, by number. */
  readonly keys = new Map<number, string>();
  readonly shredded = new Set<number>();
  epochsClosed = 0;
  #child: ChildProcess | undefined;
  #next = 0;

  get keysFolder(): string {
    return join(this.folder, 'keys');
  }

  start(): void {
    writeFileSync(join(this.#code, 'closer.mjs'), program);
    const args = [join(this.#code, 'closer.mjs'), this.keysFolder, String(this.#next)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [what, number, key] = line.split(' ');
      if (what === 'key') {
        this.keys.set(Number(number), key!);
        // Of the one that is made when the process is killed nothing is known: it is not asked for again.
        this.#next = Number(number) + 2;
      } else if (what === 'shredded') this.shredded.add(Number(number));
      else this.epochsClosed += 1;
    });
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await closed;
  }

  async clear(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true });
    rmSync(this.#code, { recursive: true });
  }
}
