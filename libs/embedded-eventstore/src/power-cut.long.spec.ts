import { readdirSync, readFileSync, writeSync, openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { compileLibraries } from '../../../test/crash/compiled.js';
import { Ext4Disk, whyNoExt4Disk } from '../spec-support/ext4-disk.js';
import { aClient, aFolder, anEvent, removeFolder, valuesOf } from '../spec-support/given.js';
import { ServerProcess } from '../spec-support/traced-server.js';

const work = aFolder();
const obstacle = whyNoExt4Disk(work);
const where = obstacle === undefined ? describe : describe.skip;
const ROUNDS = 5;

where(`A power cut under the embedded event store${obstacle === undefined ? '' : ` (skipped: ${obstacle})`}`, () => {
  const compiled = obstacle === undefined ? compileLibraries('embedded-eventstore') : '';
  let disk: Ext4Disk;
  beforeAll(() => (disk = new Ext4Disk(work).format(128).mount()));
  afterAll(() => {
    disk.unmount();
    removeFolder(work);
    removeFolder(compiled);
  });

  it(`given load, when the power is cut ${ROUNDS} times, then nothing that was acknowledged is missing`, async () => {
    const server = await ServerProcess.start(compiled, join(disk.folder, 'events'));
    const { client, dispose } = aClient(server.connectionString);
    const acknowledged: number[] = Array.from({ length: 8 }, () => 0);
    let isOver = false;
    const writers = acknowledged.map(async (_, writer) => {
      for (let value = 0; !isOver; value++) {
        await client.appendToStream(`s-${writer}`, anEvent(value));
        acknowledged[writer] = value + 1;
      }
    });
    for (let round = 0; round < ROUNDS; round++) {
      const more = (acknowledged[0] as number) + 20;
      while ((acknowledged[0] as number) < more) await new Promise((resolve) => setTimeout(resolve, 5));
      // The server stands still while the image is copied, as with the power off.
      server.child.kill('SIGSTOP');
      const promised = [...acknowledged];
      const cut = disk.afterPowerCut().mount();
      server.child.kill('SIGCONT');
      expect(await missingIn(cut, promised)).toEqual([]);
      cut.unmount();
    }
    isOver = true;
    await Promise.all(writers);
    await dispose();
    await server.end('SIGTERM');
  });

  /** What was promised and is not there, of a server started on what the cut has left. */
  async function missingIn(cut: Ext4Disk, promised: number[]): Promise<string[]> {
    const server = await ServerProcess.start(compiled, join(cut.folder, 'events'));
    const { client, dispose } = aClient(server.connectionString);
    const missing: string[] = [];
    for (const [writer, count] of promised.entries()) {
      const values = await valuesOf(client, `s-${writer}`);
      for (let value = 0; value < count; value++) if (values[value] !== value) missing.push(`${value} of s-${writer}`);
    }
    await dispose();
    await server.end('SIGTERM');
    return missing;
  }

  it('given a file that is written and not synced, when the power is cut, then it is lost, so that a loss would be seen', () => {
    const file = openSync(join(disk.folder, 'not-synced'), 'w');
    writeSync(file, 'x'.repeat(100_000));
    const cut = disk.afterPowerCut().mount();
    const left = readdirSync(cut.folder).includes('not-synced')
      ? readFileSync(join(cut.folder, 'not-synced'), 'latin1').replaceAll('\0', '')
      : '';
    cut.unmount();
    closeSync(file);
    expect(left).toBe('');
  });
});
