import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anEngine, append, everything } from '../../spec-support/engines.js';
import { aFolder, removeFolder } from '../../spec-support/given.js';
import { Scavenger } from '../engine/scavenger.js';
import { backupFolder, restoreFolder } from './backup.js';
import { verifyFolder } from './verify.js';

const EVENTS = 30;

describe('A folder of the store', () => {
  let folder: string;
  let other: string;
  beforeEach(async () => {
    [folder, other] = [aFolder(), aFolder()];
    const engine = anEngine(folder);
    for (let index = 0; index < EVENTS; index++) await append(engine, `stream-${index % 3}`, `value-${index}`);
    await engine.close();
  });
  afterEach(() => [folder, other].forEach(removeFolder));

  const segments = (): string[] =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.log'))
      .sort()
      .map((name) => join(folder, name));

  /** Flips one bit of the data of an event. */
  function damage(value: string): void {
    for (const path of segments()) {
      const bytes = readFileSync(path);
      const at = bytes.indexOf(value);
      if (at < 0) continue;
      bytes[at] = (bytes[at] as number) ^ 4;
      writeFileSync(path, bytes);
    }
  }

  it('given a sound folder, when it is verified, then every event is counted', () => {
    expect(verifyFolder(folder)).toMatchObject({ events: EVENTS + 1, damages: [], unfinished: 0 });
  });

  it('given several damaged records, when it is verified, then each is named and the others are counted', () => {
    damage('value-5');
    damage('value-13');
    const { events, damages } = verifyFolder(folder);
    expect(damages).toEqual([
      expect.stringMatching(/events-0+64\.log is damaged at byte \d+ \(position \d+, stream stream-2\)\. Put back/),
      expect.stringMatching(/events-\d+\.log is damaged at byte \d+ \(position \d+, stream stream-1\)\. Put back/),
    ]);
    expect(events).toBe(EVENTS + 1 - 2);
  });

  it('given a record whose length is damaged, when it is verified, then the next whole one is found', () => {
    const [first = ''] = segments();
    const bytes = readFileSync(first);
    bytes[66] = 0xff;
    writeFileSync(first, bytes);
    expect(verifyFolder(folder)).toMatchObject({ events: EVENTS, damages: [expect.stringContaining('byte 64')] });
  });

  it('given bytes of an unfinished append, when it is verified, then they are told and are no damage', () => {
    const newest = segments().at(-1) as string;
    writeFileSync(newest, 'half an event', { flag: 'a' });
    expect(verifyFolder(folder)).toMatchObject({ events: EVENTS + 1, damages: [], unfinished: 13 });
  });

  it('given a segment that is gone, when it is verified, then that is told', () => {
    rmSync(segments()[1] as string);
    expect(verifyFolder(folder).damages).toEqual([expect.stringContaining('A segment is missing or was cut')]);
  });

  it('given appends and a scavenge that go on, when it is backed up and restored, then all that was acknowledged is there', async () => {
    const engine = anEngine(folder);
    await append(engine, '$$stream-0', '{"$maxCount":1}');
    const scavenger = new Scavenger(engine, folder);
    scavenger.start();
    const acknowledged: string[] = [];
    let isOver = false;
    const writer = (async (): Promise<void> => {
      for (let index = 0; !isOver; index++) {
        await append(engine, 'more', `more-${index}`);
        acknowledged.push(`more=more-${index}`);
      }
    })();
    while (acknowledged.length < 5) await new Promise((resolve) => setImmediate(resolve));
    const before = [...acknowledged];
    const manifest = await backupFolder(folder, join(other, 'backup'));
    isOver = true;
    await writer;
    await scavenger.idle;
    await engine.close();
    const restored = await restoreFolder(join(other, 'backup'), join(other, 'restored'));
    expect([restored.events, restored.end]).toEqual([manifest.events, manifest.end]);
    const opened = anEngine(join(other, 'restored'));
    const values = everything(opened);
    await opened.close();
    expect(values.filter((value) => value.startsWith('more=')).slice(0, before.length)).toEqual(before);
    expect(values.filter((value) => value.startsWith('stream-1='))).toHaveLength(EVENTS / 3);
  });

  it('given a folder that is not empty, when a backup or a restore would go there, then it is refused', async () => {
    writeFileSync(join(other, 'something'), '');
    await expect(backupFolder(folder, other)).rejects.toThrow(`${other} is not empty`);
    await backupFolder(folder, join(other, 'backup'));
    await expect(restoreFolder(join(other, 'backup'), folder)).rejects.toThrow(`${folder} is not empty`);
  });

  it('given a backup of which a byte changed, when it is restored, then it is refused by its digest', async () => {
    const backup = join(other, 'backup');
    const { files } = await backupFolder(folder, backup);
    const path = join(backup, files[1]?.name ?? '');
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from('x')]));
    await expect(restoreFolder(backup, join(other, 'restored'))).rejects.toThrow(
      /is not what was backed up: its digest/,
    );
  });

  it('given a damaged folder, when it is backed up, then the damage is named and there is no backup', async () => {
    damage('value-7');
    await expect(backupFolder(folder, join(other, 'backup'))).rejects.toThrow(/is damaged at byte .* stream stream-1/);
    await expect(restoreFolder(join(other, 'backup'), join(other, 'restored'))).rejects.toThrow('is no backup');
  });
});
