import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const home = join(__dirname, '..', '..');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of the project, with everything that it has written so far. */
export class Running {
  out = '';
  err = '';
  readonly begun = performance.now();
  readonly ended: Promise<Ended>;

  constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
    this.ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  }

  get isOver(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The first group of `pattern` in what it writes to stdout. @throws Error when it ends before. */
  async says(pattern: RegExp, patience = 120_000): Promise<string> {
    const until = performance.now() + patience;
    for (;;) {
      const match = pattern.exec(this.out);
      if (match !== null) return match[1] ?? match[0];
      if (this.isOver) throw new Error(`It ended before it said ${pattern}: ${this.out}${this.err}`);
      if (performance.now() > until) throw new Error(`It did not say ${pattern} in time: ${this.out}${this.err}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async end(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}

const running = new Set<Running>();

/** Runs a file of the project with these variables, and none of the caller's own. */
export function runNode(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  command = process.execPath,
): Running {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(LEDGER_|EVENTSTORE_URL$|MONGODB_URL$|KEYSTORE_URL$|NODE_OPTIONS$)/.test(name),
    ),
  );
  const child = spawn(command, args, {
    cwd: home,
    env: { ...inherited, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const started = new Running(child);
  running.add(started);
  void started.ended.then(() => running.delete(started));
  return started;
}

/** For `afterAll`: no process outlives its spec. */
export async function killAll(): Promise<void> {
  await Promise.all([...running].map((one) => one.end('SIGKILL')));
}

export interface Service extends Running {
  readonly url: string;
  /** From the start of the process until it served. */
  readonly startedIn: number;
}

/** `npm start` without npm, over this data folder and a free port. */
export const startService = (dataDir: string, ...args: string[]): Promise<Service> =>
  startServiceOver({}, dataDir, ...args);

/** The same over stores that these variables name. */
export async function startServiceOver(
  stores: Readonly<Record<string, string>>,
  dataDir: string,
  ...args: string[]
): Promise<Service> {
  const started = runNode(['tools/start.mjs', ...args], { LEDGER_DATA_DIR: dataDir, LEDGER_PORT: '0', ...stores });
  const url = await started.says(/API +(http:\S+)\/v1/);
  return Object.assign(started, { url, startedIn: performance.now() - started.begun });
}

/** A token of the local issuer, made with the key in the data folder. */
export async function tokenOf(url: string, dataDir: string, role: string, agency?: string): Promise<string> {
  const secret = (await readFile(join(dataDir, 'keys', 'operator.key'), 'utf8')).trim();
  const response = await fetch(`${url}/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ role, ...(agency === undefined ? {} : { agency }) }),
  });
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as { token: string }).token;
}

/** Brings the compiled output up to date, as `npm test` has done already. */
export async function build(): Promise<void> {
  const built = runNode(['-e', "import('./tools/set-up.mjs').then(({ build }) => build())"], {});
  const { code } = await built.ended;
  if (code !== 0) throw new Error(built.err);
}

/** Asks again until the answer is the expected one; @returns the last answer. */
export async function eventually<T>(ask: () => Promise<T>, isIt: (answer: T) => boolean, patience = 30_000) {
  const until = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (isIt(answer) || performance.now() > until) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
