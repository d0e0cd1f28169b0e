import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedEventStore } from '../../../libs/embedded-eventstore/src/index.js';

const PROJECT = resolve(__dirname, '../../..');
const RECORDINGS = resolve(PROJECT, '../shared/data/eventstore-golden');
const VERSION = 'v24.2.0';
/** Two groups that mostly wait, each on a server of its own because its scenarios look at the whole of $all. */
const GROUPS = [
  ['append-*', 'read-*', 'names', 'delete', 'tombstone', 'recreate', 'metadata*', 'cancel'],
  ['subscribe-*'],
];
const LONGEST_RUN_MS = 145_000;

interface Step {
  step: string;
  result?: unknown;
  error?: unknown;
}
interface Recording {
  steps: Step[];
}
interface Difference {
  scenario: string;
  step: string;
  ours: Omit<Step, 'step'>;
  reason: string;
}

const accepted = JSON.parse(readFileSync(join(__dirname, 'differences.json'), 'utf8')) as Difference[];

const load = (folder: string, scenario: string): Recording =>
  JSON.parse(readFileSync(join(folder, `${scenario}.json`), 'utf8')) as Recording;

const inGroup = (scenario: string): boolean =>
  GROUPS.flat().some((name) => (name.endsWith('*') ? scenario.startsWith(name.slice(0, -1)) : scenario === name));

const scenarios = existsSync(RECORDINGS)
  ? readdirSync(RECORDINGS)
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .filter(inGroup)
  : [];

/** The files of 24.2.0 are those that differ from the common ones. */
function recordingOf(scenario: string): Recording {
  const own = join(RECORDINGS, VERSION);
  return load(existsSync(join(own, `${scenario}.json`)) ? own : RECORDINGS, scenario);
}

async function play(work: string, group: string[], index: number): Promise<void> {
  const store = await startEmbeddedEventStore({ dataDir: join(work, `data-${index}`) });
  try {
    const player = spawn(
      process.execPath,
      [join(work, 'player', 'record.mjs'), store.connectionString, join(work, 'played'), ...group],
      { cwd: work, stdio: ['ignore', 'ignore', 'inherit'], timeout: LONGEST_RUN_MS },
    );
    const code = await new Promise<number | null>((done) => player.on('exit', done));
    if (code !== 0) throw new Error(`record.mjs ended with code ${code} for ${group.join(' ')}`);
  } finally {
    await store.close();
  }
}

describe('What a real EventStoreDB 24.2.0 answered, the embedded event store answers', () => {
  const work = mkdtempSync(join(tmpdir(), 'golden-'));

  beforeAll(async () => {
    if (!existsSync(RECORDINGS))
      throw new Error(
        `The recordings of a real EventStoreDB are missing: ${RECORDINGS} does not exist. ` +
          'Put the folder eventstore-golden there (test/conformance/eventstore/golden.spec.ts compares with it).',
      );
    cpSync(RECORDINGS, join(work, 'player'), { recursive: true, filter: (source) => !source.endsWith('.json') });
    symlinkSync(join(PROJECT, 'node_modules'), join(work, 'node_modules'));
    await Promise.all(GROUPS.map((group, index) => play(work, group, index)));
  }, LONGEST_RUN_MS);

  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('given the recordings, when they are looked for, then there are scenarios to compare', () => {
    expect(scenarios.length).toBeGreaterThan(20);
  });

  if (scenarios.length > 0)
    it.each(scenarios)(
      'given the scenario %s, when it is played, then every step is as recorded or listed',
      (scenario) => {
        const recorded = recordingOf(scenario).steps;
        const played = load(join(work, 'played'), scenario).steps;
        expect(played.map(({ step }) => step)).toEqual(recorded.map(({ step }) => step));
        const expected = recorded.map((step) => {
          const difference = accepted.find((one) => one.scenario === scenario && one.step === step.step);
          if (difference !== undefined) expect({ step: step.step, ...difference.ours }).not.toEqual(step);
          return difference === undefined ? step : { step: step.step, ...difference.ours };
        });
        expect(played).toEqual(expected);
      },
    );

  it('given the list of differences, when it is read, then each names a recorded step and a reason', () => {
    for (const { scenario, step, reason } of accepted) {
      expect(scenarios).toContain(scenario);
      expect(recordingOf(scenario).steps.map((recorded) => recorded.step)).toContain(step);
      expect(reason).toMatch(/^(Kinder|Stricter): /);
    }
  });
});
