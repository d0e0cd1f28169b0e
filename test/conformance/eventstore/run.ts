// npm run conformance:eventstore [-- <connection string>] [-- --only <scenario>,<prefix>*]
// Plays what was recorded from a real EventStoreDB against the embedded server, or against a throw-away one that the
// connection string names, and compares every step. Exit code 1 when a step differs that differences.json does not list.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Player } from './player.js';
import { Recordings, type Step, type Verdict, VERSION } from './recordings.js';

/** They mostly wait. */
const AT_ONCE = 4;
const LONGEST_SHOWN = 600;

const { values, positionals } = parseArgs({
  options: { only: { type: 'string', default: '*' } },
  allowPositionals: true,
});
const [connectionString] = positionals;
const wanted = values.only.split(',');
const isWanted = (scenario: string): boolean =>
  wanted.some((name) => (name.endsWith('*') ? scenario.startsWith(name.slice(0, -1)) : scenario === name));

const project = join(import.meta.dirname, '..', '..', '..');
const recordings = new Recordings(project);
const scenarios = recordings.scenarios.filter(isWanted);
const player = new Player(recordings, project);
const verdicts = new Map<string, { verdicts: Verdict[]; seconds: number }>();

async function playOne(scenario: string): Promise<void> {
  const start = performance.now();
  const playing =
    connectionString === undefined ? player.playEmbedded(scenario) : player.play(scenario, connectionString);
  const steps = await playing.catch((error: unknown): Step[] => [{ step: 'the whole scenario', error: String(error) }]);
  const seconds = (performance.now() - start) / 1000;
  verdicts.set(scenario, { verdicts: recordings.judge(scenario, steps), seconds });
  process.stderr.write(`${scenario} played\n`);
}

async function playAll(): Promise<void> {
  const waiting = [...scenarios];
  const next = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await playOne(one);
  };
  // A named server is one for all scenarios, which then come one after the other.
  await Promise.all(Array.from({ length: connectionString === undefined ? AT_ONCE : 1 }, next));
}

const count = (list: Verdict[], kind: Verdict['kind']): number =>
  list.filter((verdict) => verdict.kind === kind).length;
const line = (name: string, ...columns: (string | number)[]): string =>
  `${name.padEnd(24)}${columns.map((column) => String(column).padStart(12)).join('')}\n`;

function table(): string {
  const rows = scenarios.map((scenario) => ({ scenario, ...(verdicts.get(scenario) ?? { verdicts: [], seconds: 0 }) }));
  const all = rows.flatMap((row) => row.verdicts);
  return [
    line('scenario', 'steps', 'as recorded', 'listed', 'different', 'seconds'),
    ...rows.map(({ scenario, verdicts: list, seconds }) =>
      line(
        scenario,
        list.length,
        count(list, 'as recorded'),
        count(list, 'listed'),
        count(list, 'different'),
        seconds.toFixed(1),
      ),
    ),
    line(
      `${rows.length} scenarios`,
      all.length,
      count(all, 'as recorded'),
      count(all, 'listed'),
      count(all, 'different'),
    ),
  ].join('');
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'no such step';
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)} ...` : text;
}

function details(): string {
  return [...verdicts]
    .flatMap(([scenario, { verdicts: list }]) => list.map((verdict) => ({ scenario, verdict })))
    .map(({ scenario, verdict }) => {
      if (verdict.kind === 'listed') return `${scenario}: ${verdict.reason}\n`;
      if (verdict.kind === 'as recorded') return '';
      const { recorded, played } = verdict;
      return `${scenario} differs\n  recorded ${shown(recorded)}\n  played   ${shown(played)}\n`;
    })
    .join('');
}

if (scenarios.length === 0) throw new Error(`No scenario is called ${values.only}.`);
try {
  await playAll();
} finally {
  player.close();
}
process.stdout.write(`${connectionString ?? 'The embedded event store'}, compared with EventStoreDB ${VERSION}\n\n`);
process.stdout.write(`${table()}\n${details()}`);
const differs = [...verdicts.values()].some((one) => count(one.verdicts, 'different') > 0);
process.exit(differs ? 1 : 0);
