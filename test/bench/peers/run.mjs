// npm run bench:peers -- --peers <folder> [options of the harness]: the harness of ../shared/bench/peers, installed in
// <folder>, with our side as one more peer in the same run on the same two embedded servers.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { home, machine, servers } from '../harness.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--peers');
if (at < 0 || args[at + 1] === undefined) {
  process.stderr.write(
    'Usage: npm run bench:peers -- --peers <a copy of ../shared/bench/peers after npm install> [--smoke]\n',
  );
  process.exit(2);
}
const [folder] = args.splice(at, 2).slice(1);
const root = mkdtempSync(join(tmpdir(), 'ledger-peers-'));
const source = join(root, 'src');
cpSync(join(resolve(folder), 'src'), source, { recursive: true, filter: (path) => !path.includes('node_modules') });
for (const place of ['', 'src/ocoda'])
  try {
    symlinkSync(join(resolve(folder), place, 'node_modules'), join(root, place, 'node_modules'));
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
writeFileSync(join(root, 'package.json'), '{"type":"module"}');

/** The harness knows its peers by a list; ours goes first, so that a rebuild from the whole log reads no other peer's. */
function put(file, ...changes) {
  let text = readFileSync(join(source, file), 'utf8');
  for (const [before, after] of changes) {
    if (!text.includes(before)) throw new Error(`${file} of the harness has changed: ${before} is not in it.`);
    text = text.replace(before, after);
  }
  writeFileSync(join(source, file), text);
}
const adapter = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'civic-ledger.mjs')).href);
const known = "const FILES = { raw: './raw.mjs'";
const withOurs = `const FILES = { civicledger: ${adapter}, raw: './raw.mjs'`;
put('child.mjs', [known, withOurs]);
put(
  'run.mjs',
  [known, withOurs],
  [
    "if (peer.eventsIn === 'mongo') return {};",
    "if (peer.eventsIn === 'mongo') return {}; if (peer.preload) return (peer.loaded ??= await (async () => { const run = `${runId}own`, prefix = `bench_${runId}_own-`, from = await head(); return { run, prefix, from: from == null ? null : String(from), ...(await peer.preload(run, prefix, n, streams)) }; })());",
  ],
);

const stores = await servers(join(root, 'stores'));
process.stderr.write(`${machine(root)}\n`);
const harness = spawn(process.execPath, [join(source, 'run.mjs'), ...args], {
  cwd: home,
  env: {
    ...process.env,
    EVENTSTORE_URL: stores.eventStoreUrl,
    MONGODB_URL: stores.mongoUrl,
    PEERS_SOURCE: pathToFileURL(`${source}/`).href,
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let output = '';
harness.stdout.on('data', (text) => {
  output += text;
  process.stderr.write(text);
});
const code = await new Promise((done) => harness.on('exit', done));
await stores.stop();
rmSync(root, { recursive: true, force: true });

const whole = (value) => (value == null ? '' : Math.round(value).toLocaleString('en-US'));
const rows = output
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line));
const lines = rows.map(
  ({ workload, peer, n, perSecond, p50ms, p99ms, lost, doubled, rssMb, note }) =>
    `| ${workload} | ${peer} | ${whole(n)} | ${whole(perSecond)} | ${p50ms == null ? '' : `${p50ms} / ${p99ms}`} | ${lost ?? ''} | ${doubled ?? ''} | ${rssMb ?? ''} | ${note} |`,
);
process.stdout.write(
  [
    '| workload | peer | n | per second | p50 / p99 ms | lost | doubled | MB | |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...lines.sort(),
    '',
  ].join('\n'),
);
process.exit(code ?? 1);
