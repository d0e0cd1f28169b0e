import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileLibraries } from '../../../test/crash/compiled.js';
import { FolderInUseError, lockFolder } from './folder-lock.js';

const PROGRAM = `
import { lockFolder } from './embedded-host/index.js';
try {
  lockFolder(process.argv[2], 'server of a spec');
  console.log('locked');
  process.stdin.resume();
} catch (error) {
  console.log(error.name);
}
`;

describe('The lock on a folder of data', () => {
  let folder: string;
  const lock = (): string => join(folder, 'server.lock');
  const take = (): (() => void) => lockFolder(folder, 'server of a spec');
  const takeAndRelease = (): void => take()();

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'folder-lock-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('given a folder that is missing, when it is locked, then it is made; released, nothing is left in it', () => {
    folder = join(folder, 'made');
    takeAndRelease();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('given a locked folder, when it is locked again, then that is refused by name and with advice', () => {
    const release = take();
    expect(take).toThrow(FolderInUseError);
    expect(take).toThrow(
      `in use by another server of a spec (process ${process.pid}). Connect to that one, or stop it, or start this one with`,
    );
    release();
    takeAndRelease();
  });

  it('given the lock of a process that is gone, when the folder is locked, then the lock is taken over', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const release = take();
    const own = JSON.parse(readFileSync(lock(), 'utf8')) as { host: string };
    release();
    for (const holder of [
      { pid, started: 'long ago' },
      { pid: process.pid, started: 'before it was born' },
    ]) {
      writeFileSync(lock(), JSON.stringify({ ...own, ...holder, token: 'gone' }));
      takeAndRelease();
    }
    writeFileSync(lock(), 'half a lo');
    takeAndRelease();
  });

  it('given a lock from another container, when it is touched it holds, and when it is old it is taken over', async () => {
    writeFileSync(lock(), JSON.stringify({ pid: 1, started: 'x', host: 'another container', token: 'theirs' }));
    const touch = `setTimeout(() => require('fs').utimesSync(process.argv[1], new Date(), new Date()), 300)`;
    const other = spawn(process.execPath, ['-e', touch, lock()]);
    expect(take).toThrow(FolderInUseError);
    await new Promise((resolve) => other.once('exit', resolve));
    utimesSync(lock(), new Date(0), new Date(0));
    takeAndRelease();
  });

  it('given a lock that somebody else has taken meanwhile, when it is released, then theirs stays', () => {
    const release = take();
    writeFileSync(lock(), JSON.stringify({ pid: 1, started: 'x', host: 'another', token: 'theirs' }));
    release();
    expect(existsSync(lock())).toBe(true);
  });

  it('given a lock of a process that is gone, when five take it at once, then one of them has it', async () => {
    const compiled = compileLibraries('embedded-host');
    const program = join(compiled, 'program.mjs');
    writeFileSync(program, PROGRAM);
    writeFileSync(lock(), 'half a lo');
    const starters = Array.from({ length: 5 }, () => spawn(process.execPath, [program, folder]));
    const said = await Promise.all(starters.map(async ({ stdout }) => String((await once(stdout, 'data'))[0]).trim()));
    for (const starter of starters) starter.kill('SIGKILL');
    expect(said.sort()).toEqual([...Array<string>(4).fill('FolderInUseError'), 'locked']);
    rmSync(compiled, { recursive: true });
  });
});
