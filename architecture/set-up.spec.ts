import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const root = join(__dirname, '..');
const lock = '{}';

let home: string;
const at = (path: string): string => join(home, path);
const called = (): string => (existsSync(at('called')) ? readFileSync(at('called'), 'utf8') : '');

/** A program of this name that notes how it was called. */
const program = (name: string, then = ''): void =>
  writeFileSync(at(`bin/${name}`), `#!/bin/sh\necho "${name} $*" >> "${at('called')}"\n${then}\n`, { mode: 0o755 });

function runNode(...args: readonly string[]) {
  const path = [at('bin'), process.env['PATH']].join(delimiter);
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: home,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  return { status, stderr };
}
const setUp = (step: 'install' | 'build') => runNode('-e', `import('./tools/set-up.mjs').then((m) => m.${step}())`);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'set-up-'));
  for (const folder of ['bin', 'tools', 'dist', 'apps', 'libs', 'shared']) mkdirSync(at(folder));
  for (const tool of ['set-up.mjs', 'build.mjs']) cpSync(join(root, 'tools', tool), at(`tools/${tool}`));
  for (const file of ['tools/bundle.mjs', 'libs/one.ts']) writeFileSync(at(file), '');
  for (const file of ['.swcrc', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'])
    writeFileSync(at(file), lock);
  program('npm', '[ $1 != ci ] || { mkdir -p node_modules && touch node_modules/.package-lock.json; }');
  program('nest');
});
afterEach(() => rmSync(home, { recursive: true }));

describe('what npm start and npm test need first', () => {
  it('is installed where it is not', () => {
    expect(setUp('install').status).toBe(0);
    expect(setUp('install').status).toBe(0);
    expect(called()).toBe('npm ci --no-audit --no-fund\n');
  });

  it('is not installed into a folder that is a link', () => {
    symlinkSync(at('shared'), at('node_modules'));
    const { status, stderr } = setUp('install');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^node_modules is a link.*npm ci/s),
    });
    expect(called()).toBe('');
  });

  it('is used through a link when it fits the lockfile', () => {
    symlinkSync(at('shared'), at('node_modules'));
    writeFileSync(at('shared/.package-lock.json'), '');
    writeFileSync(at('shared/.installed-from'), createHash('sha256').update(lock).digest('hex'));
    expect(setUp('install').status).toBe(0);
    expect(called()).toBe('');
  });

  it('is built once, by whomever, and again when a source has changed', () => {
    expect(runNode('tools/build.mjs').status).toBe(0);
    expect(setUp('build').status).toBe(0);
    expect(called()).toBe('nest build --all --builder swc\n');
    writeFileSync(at('libs/two.ts'), '');
    expect(setUp('build').status).toBe(0);
    expect(called()).toBe('nest build --all --builder swc\nnpm run --silent build\n');
  });
});
