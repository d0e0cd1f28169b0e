import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { masterKeyFrom, masterKeyIn } from './master-key.js';

const folder = mkdtempSync(join(tmpdir(), 'master-key-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the master key', () => {
  it('is read as hexadecimal, base64 and base64url', () => {
    const bytes = Buffer.from('fb'.repeat(32), 'hex');
    for (const text of [bytes.toString('hex'), bytes.toString('base64'), `${bytes.toString('base64url')}\n`])
      expect(masterKeyFrom(text)?.export()).toEqual(bytes);
  });
  it.each(['', 'secret', 'fb'.repeat(31), 'fb'.repeat(33), '*'.repeat(43)])('is not %j', (text) =>
    expect(masterKeyFrom(text)).toBeUndefined(),
  );
  it('is made once in a file that its owner alone reads, also by processes that start together', async () => {
    const path = join(folder, 'secrets', 'master.key');
    const keys = await Promise.all([masterKeyIn(path), masterKeyIn(path), masterKeyIn(path)]);
    for (const key of keys) expect(key.export()).toEqual(Buffer.from(readFileSync(path, 'utf8'), 'base64url'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'secrets'))).toEqual(['master.key']);
  });
  it('is not guessed where a file holds something else', async () => {
    const path = join(folder, 'other.key');
    writeFileSync(path, 'a pass phrase');
    await expect(masterKeyIn(path)).rejects.toThrow(`${path} holds no master key`);
  });
});
