// What `npm start` and `npm test` need first: dependencies as the lockfile says, and compiled output as new as the sources.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const home = join(dirname(fileURLToPath(import.meta.url)), '..');

const sources = ['apps', 'libs'];
const settings = [
  'tools/build.mjs',
  'tools/bundle.mjs',
  'package-lock.json',
  '.swcrc',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
/** Beside what was built: the stamp of its sources. */
export const stampFile = join(home, 'dist', '.built-from');

export function needNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Civic Ledger needs Node 20.19 or later; this is ${process.version}.`);
  process.exit(1);
}

export function run(command, ...args) {
  const { status } = spawnSync(command, args, {
    cwd: home,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(`${command} ${args.join(' ')} failed.`);
  process.exit(status ?? 1);
}

/** Dependencies as the lockfile says, unless they are there. */
export function install() {
  const lock = join(home, 'package-lock.json');
  // npm writes this file at the end of every installation, with what it installed.
  const installed = join(home, 'node_modules', '.package-lock.json');
  const digest = createHash('sha256').update(readFileSync(lock)).digest('hex');
  const marker = join(home, 'node_modules', '.installed-from');
  if (existsSync(installed)) {
    if (existsSync(marker) && readFileSync(marker, 'utf8') === digest) return;
    if (!existsSync(marker) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) {
      writeFileSync(marker, digest);
      return;
    }
  }
  if (lstatSync(join(home, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    console.error('node_modules is a link to a folder that others use, and does not fit package-lock.json.');
    console.error('Nothing was installed. Run `npm ci` where the folder is, or remove the link and begin again.');
    process.exit(1);
  }
  console.error('Installing dependencies from the lockfile ...');
  run('npm', 'ci', '--no-audit', '--no-fund');
  writeFileSync(marker, digest);
}

/** Names, sizes and times of all sources: a changed, added or removed file changes it. */
export function stamp() {
  const hash = createHash('sha1');
  const visit = (path) => {
    for (const entry of readdirSync(join(home, path), { withFileTypes: true })) {
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory()) visit(child);
      else if (/\.(ts|json)$/.test(entry.name)) note(child);
    }
  };
  const note = (path) => {
    const { size, mtimeMs } = statSync(join(home, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  settings.forEach(note);
  sources.forEach(visit);
  return hash.digest('hex');
}

export function build() {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp()) return;
  console.error('Building ...');
  run('npm', 'run', '--silent', 'build');
}
