import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileLibraries } from '../../../test/crash/compiled.js';
import { noStrace } from '../../../test/crash/strace.js';
import { aClient, aFolder, anEvent, removeFolder, valuesOf } from '../spec-support/given.js';
import { ServerProcess } from '../spec-support/traced-server.js';

const where = noStrace === undefined ? describe : describe.skip;
const title = noStrace === undefined ? '' : ` (skipped: ${noStrace})`;

/** strace counts in each thread, and Node syncs in four in turn. */
const SYNCS_OF_A_THREAD = 5;

where(`The embedded event store on a disk that is watched${title}`, () => {
  let compiled: string;
  let dataDir: string;
  let traces: string;
  beforeAll(() => (compiled = compileLibraries('embedded-eventstore')));
  beforeEach(() => ([dataDir, traces] = [aFolder(), aFolder()]));
  afterEach(() => [dataDir, traces].forEach(removeFolder));
  afterAll(() => removeFolder(compiled));

  it('given a sync that fails, when appends go on, then none is acknowledged any more, the process ends, and the next one has all that was', async () => {
    const inject = [
      '-f',
      '-o',
      '/dev/null',
      '-e',
      'trace=fdatasync',
      '-e',
      `inject=fdatasync:error=EIO:when=${SYNCS_OF_A_THREAD}`,
    ];
    const server = await ServerProcess.start(compiled, dataDir, inject);
    const { client, dispose } = aClient(server.connectionString);
    const acknowledged: number[] = [];
    const refused: number[] = [];
    for (let value = 0; value < 60 && refused.length < 5; value++)
      await client.appendToStream('s', anEvent(value)).then(
        () => acknowledged.push(value),
        () => refused.push(value),
      );
    await dispose();
    expect(await server.ended).toBe(1);
    expect(server.lines.at(-1)).toMatch(
      /failed: .*EIO.*No further event is accepted: check the disk, then start again/,
    );
    expect(acknowledged.length).toBeGreaterThan(5);
    expect(Math.min(...refused)).toBeGreaterThan(Math.max(...acknowledged));
    expect(readFileSync(join(dataDir, 'storage-failed.txt'), 'utf8')).toMatch(/EIO/);

    const next = await ServerProcess.start(compiled, dataDir);
    const again = aClient(next.connectionString);
    const values = await valuesOf(again.client, 's');
    expect(values.slice(0, acknowledged.length)).toEqual(acknowledged);
    await again.client.appendToStream('s', anEvent('after'));
    await again.dispose();
    expect(await next.end('SIGTERM')).toBe(0);
    expect(() => readFileSync(join(dataDir, 'storage-failed.txt'))).toThrow('ENOENT');
  });

  it('given appends one after another, when the system calls are listed, then each answer follows the sync of its event', async () => {
    const trace = join(traces, 'calls');
    const server = await ServerProcess.start(compiled, dataDir, [
      ...['-f', '-y', '-s', '4096', '-o', trace],
      ...['-e', 'trace=pwritev,pwrite64,fdatasync,write,writev,sendmsg'],
    ]);
    const { client, dispose } = aClient(server.connectionString);
    const streams = Array.from({ length: 30 }, (_, index) => `watched-${index}-stream`);
    for (const stream of streams) await client.appendToStream(stream, anEvent(stream));
    await dispose();
    await server.end('SIGTERM');
    const calls = readFileSync(trace, 'latin1').split('\n');
    for (const stream of streams) {
      const stored = calls.findIndex((call) => /pwrite(v|64)\(\d+<.*\.log>/.test(call) && call.includes(stream));
      const answered = calls.findIndex(
        (call) => /\b(write|writev|sendmsg)\(\d+<(TCP|socket)/.test(call) && call.includes(stream),
      );
      const synced = calls.findIndex((call, at) => at > stored && isSyncDone(call));
      expect(stored).toBeGreaterThan(0);
      expect(synced).toBeGreaterThan(stored);
      expect(answered).toBeGreaterThan(synced);
    }
  });
});

const isSyncDone = (call: string): boolean =>
  /fdatasync\(\d+<.*\.log>\)\s+= 0/.test(call) || /fdatasync resumed>\)\s+= 0/.test(call);
