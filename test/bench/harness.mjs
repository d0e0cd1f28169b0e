// What all ratios share: the compiled project, servers and children, figures, the table.
import { spawn } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const home = fileURLToPath(new URL('../..', import.meta.url));
export const dist = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);

/** How docker-compose.yml starts the command side. */
export const nodeOptions = ['--max-semi-space-size=64'];

const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** A Node process; resolves with its first line on stdout. */
export async function child(args, { env = {}, cwd = home } = {}) {
  const profile = process.env.BENCH_PROFILE;
  const profiled = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const started = spawn(process.execPath, [...profiled, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.add(started);
  let errors = '';
  started.stderr.on('data', (text) => (errors = (errors + text).slice(-4000)));
  const says = await new Promise((resolve, reject) => {
    createInterface({ input: started.stdout }).once('line', resolve);
    started.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}: ${errors}`)));
  });
  started.once('exit', (code, signal) => {
    if (children.has(started)) console.error(`${args.join(' ')} ended with ${code ?? signal}: ${errors}`);
  });
  const stop = async () => {
    children.delete(started);
    if (started.exitCode !== null || started.signalCode !== null) return;
    const exited = new Promise((resolve) => started.once('exit', resolve));
    started.kill('SIGTERM');
    const late = setTimeout(() => started.kill('SIGKILL'), 5_000);
    await exited;
    clearTimeout(late);
  };
  return { process: started, pid: started.pid, says, stop };
}

const cli = join(home, 'dist', 'bundle', 'cli.js');

/** The servers that EVENTSTORE_URL and MONGODB_URL name, and an embedded one in a process of its own for each that is not named. */
export async function servers(folder) {
  const own = async (name, url) =>
    url === undefined
      ? child([cli, name, '--data', join(folder, name), '--port', '0'])
      : { says: url, stop: async () => undefined };
  mkdirSync(folder, { recursive: true });
  const events = await own('embedded-eventstore', process.env.EVENTSTORE_URL);
  const mongo = await own('embedded-mongo', process.env.MONGODB_URL);
  return {
    eventStoreUrl: events.says,
    mongoUrl: mongo.says,
    stop: async () => {
      await mongo.stop();
      await events.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
export const now = () => performance.now();
export const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};
export const median = (values) => percentile(values, 0.5);

/** Operations per second of `work`, `count` times with `concurrency` in flight. */
export async function rateOf(count, concurrency, work) {
  let next = 0;
  const begun = now();
  await Promise.all(
    Array.from({ length: concurrency }, async (_, writer) => {
      for (let i = next++; i < count; i = next++) await work(i, writer);
    }),
  );
  return (count / (now() - begun)) * 1000;
}

/** A B A B ...: the machine is noisy, so both sides of a ratio take turns. @returns the median of each side. */
export async function interleaved(rounds, a, b) {
  const of = { a: [], b: [] };
  for (let round = 0; round < rounds; round++) {
    of.a.push(await a(round));
    of.b.push(await b(round));
  }
  return { a: median(of.a), b: median(of.b) };
}

/** The client's dispose() can hang after a read that was left early. */
export const dispose = (client) => Promise.race([client.dispose().catch(() => undefined), sleep(1_000)]);

function syncMilliseconds(folder) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'sync-probe');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(4096);
  const times = Array.from({ length: 200 }, () => {
    const begun = now();
    writeSync(file, block);
    fdatasyncSync(file);
    return now() - begun;
  });
  closeSync(file);
  rmSync(path);
  return median(times);
}

export function machine(folder) {
  const [cpu] = os.cpus();
  return (
    `${os.cpus().length} x ${cpu.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release()}, ` +
    `Node ${process.version}, write and fdatasync of 4 KiB ${syncMilliseconds(folder).toFixed(2)} ms (median), ` +
    `load ${os.loadavg()[0].toFixed(1)} at the start, ${new Date().toISOString().slice(0, 16)}Z`
  );
}

const whole = (value) => Math.round(value).toLocaleString('en-US');
const met = ({ ratio, goal, atMost }) =>
  goal === undefined || ratio === undefined ? '' : (atMost ? ratio <= goal : ratio >= goal) ? 'met' : 'MISSED';

/** The table that docs/performance.md holds. */
export function table(rows) {
  const lines = rows.map((row) => {
    const { id, what, ours, raw, ratio, goal, atMost, unit = '/s' } = row;
    const text = (value) => (value === undefined ? '' : typeof value === 'string' ? value : `${whole(value)}${unit}`);
    const budget = goal === undefined ? '' : `${atMost ? '<=' : '>='} ${goal}`;
    return `| ${id} | ${what} | ${text(ours)} | ${text(raw)} | ${ratio === undefined ? '' : ratio.toFixed(2)} | ${budget} | ${met(row)} |`;
  });
  return [
    '| # | what | ours | other side | figure | budget | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}
