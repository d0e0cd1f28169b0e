import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'reference-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pagesIn = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]));

describe('docs/reference, and what is said of the answers of doors', () => {
  it('is what `npm run reference` makes of the code of today', () => {
    const args = ['--import', './tools/typescript.mjs', 'tools/reference.ts', folder];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const replies = readFileSync(join(root, 'libs', 'http', 'src', 'service', 'replies.json'), 'utf8');
    const kept: Readonly<Record<string, string>> = {
      ...pagesIn(join(root, 'docs', 'reference')),
      'replies.json': replies,
    };
    const made = pagesIn(folder);
    const stale = Object.keys({ ...kept, ...made }).filter((name) => kept[name] !== made[name]);
    expect(stale.map((name) => `${name} is stale: npm run reference writes it anew`)).toEqual([]);
  });
});
