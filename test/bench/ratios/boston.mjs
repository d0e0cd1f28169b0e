// The Boston file end to end: the service as `npm start` runs it, the import as anybody would run it; then the product's
// own views over the log that came of it.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { child, dispose, home, now, sleep } from '../harness.mjs';
import { projectorRatio } from './projections.mjs';

const bostonFile = join(home, '..', 'shared', 'data', 'boston-311-2011', 'cases.csv.gz');

/** Peak MB so far of a process; undefined where the system does not tell. */
function peakMegabytes(pid) {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return undefined;
  const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'));
  return found === null ? undefined : Number(found[1]) / 1024;
}

/** CPU seconds of each thread of a process by name, where the system tells. */
function threadSeconds(pid) {
  const folder = `/proc/${pid}/task`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((thread) =>
      readFileSync(join(folder, thread, 'stat'), 'utf8')
        .split(') ')[1]
        .split(' '),
    )
    .map((fields) => (Number(fields[11]) + Number(fields[12])) / 100)
    .sort((a, b) => b - a);
}

export async function bostonRows({ eventStoreUrl, mongoUrl, folder, file = bostonFile, quick }) {
  if (!existsSync(file)) return [{ id: '', what: `the Boston file is not there: ${file}` }];
  const data = join(folder, 'boston');
  const port = 20_000 + (process.pid % 20_000);
  const url = `http://127.0.0.1:${port}`;
  // The stores are processes of their own here, so that the log can be read afterwards; `npm start` has them in threads.
  const env = {
    LEDGER_DATA_DIR: join(data, 'ledger'),
    LEDGER_PORT: String(port),
    LEDGER_URL: url,
    LEDGER_LOG_LEVEL: 'silent',
    EVENTSTORE_URL: eventStoreUrl,
    MONGODB_URL: mongoUrl,
  };
  mkdirSync(env.LEDGER_DATA_DIR, { recursive: true });
  const service = await child([join(home, 'dist', 'bundle', 'all-in-one.js'), '--empty'], { env });
  for (
    let tries = 0;
    !(await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    ));
    tries++
  ) {
    if (tries > 200) throw new Error('The service did not become ready');
    await sleep(50);
  }
  const applied = async () =>
    Number(/^civic_projection_events (\d+)/m.exec(await (await fetch(`${url}/metrics`)).text())[1]);

  const begun = now();
  const importer = spawn(
    process.execPath,
    [
      join(home, 'dist', 'bundle', 'cli.js'),
      'import',
      'boston-311',
      file,
      '--report',
      join(data, 'rejected.ndjson'),
      '-o',
      'json',
    ],
    { cwd: home, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let words = '';
  let counts = '';
  let tenth;
  let last;
  importer.stderr.on('data', (text) => (words += text));
  importer.stdout.on('data', (text) => (counts += text));
  const watch = setInterval(() => {
    last = peakMegabytes(importer.pid) ?? last;
    const share = [...words.matchAll(/(\d+) %/g)].at(-1);
    if (tenth === undefined && Number(share?.[1] ?? 0) >= 10) tenth = last;
  }, 20);
  const code = await new Promise((resolve) => importer.on('exit', resolve));
  clearInterval(watch);
  const ended = now();
  if (code !== 0) throw new Error(`The import ended with ${code}: ${words}`);
  const parsed = JSON.parse(counts);
  const { accepted } = Array.isArray(parsed) ? parsed[0] : parsed;
  let caughtUp = ended;
  for (let before = -1, seen = await applied(); before !== seen || seen < accepted; seen = await applied()) {
    if (seen !== before) caughtUp = now();
    before = seen;
    await sleep(seen < accepted ? 50 : 300);
  }
  const seconds = (ended - begun) / 1000;
  const behind = Math.max(0, (caughtUp - ended) / 1000);
  const threads = threadSeconds(service.pid)
    .slice(0, 3)
    .map((value) => value.toFixed(1));
  await service.stop();

  const rows = [
    {
      id: '',
      what: `import of ${accepted.toLocaleString('en-US')} Boston cases by the CLI, acknowledged cases/s; busiest threads of the service ${threads.join(', ')} CPU s`,
      ours: accepted / seconds,
      ratio: accepted / seconds,
      goal: 4000,
    },
    {
      id: '',
      what: 'seconds after the last acknowledged case until all views have it',
      ours: `${behind.toFixed(1)} s`,
      ratio: behind,
      goal: 5,
      atMost: true,
    },
  ];
  if (tenth !== undefined && last !== undefined)
    rows.push({
      id: '',
      what: 'peak RSS of the CLI at 10 % and at 100 % of the file',
      ours: `${last.toFixed(0)} MB`,
      raw: `${tenth.toFixed(0)} MB`,
      ratio: last / tenth,
    });

  const client = EventStoreDBClient.connectionString(eventStoreUrl);
  const { a, b } = await projectorRatio({ eventStoreUrl, mongoUrl }, 'product', quick ? 1 : 3, client);
  rows.push({
    id: 'G5',
    what: 'projector, all views of the product over the Boston log, audit trail with five indexes included, events/s',
    ours: a,
    raw: b,
    ratio: a / b,
  });
  await dispose(client);
  return rows;
}
