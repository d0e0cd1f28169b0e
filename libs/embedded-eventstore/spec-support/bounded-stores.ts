import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { durable, everything } from './engines.js';
import { aFolder, removeFolder } from './given.js';
import { ANY } from '../src/codec/append-requests.js';
import { recordData, recordStream } from '../src/codec/recorded-event.js';
import { type AppendOutcome, Engine, type EngineBounds } from '../src/engine/engine.js';
import { Scavenger } from '../src/engine/scavenger.js';

/** One block of indexes, no stream longer than a turn, and a turn of others after every step of sealing. */
const TINY: EngineBounds = { segmentBytes: 3000, cacheBytes: 4096, cachedRanges: 0, turnMs: 0 };
/** One segment that is never sealed: everything stays in memory. */
const HUGE: EngineBounds = {};

type Act =
  | { kind: 'append'; stream: string; ids: number[]; expected: number }
  | { kind: 'metadata'; stream: string; value: string }
  | { kind: 'delete'; stream: string; hard: boolean };
type Step = Act | { kind: 'scavenge' } | { kind: 'reopen' } | { kind: 'lose an index' };

const NAMES = ['a', 'b', 'c', 'd'];
const stream = fc.constantFrom(...NAMES);
const metadata = fc.constantFrom('{"$maxCount":2}', '{"$tb":3}', '{"$maxCount":5,"$tb":1}', '{}');
const ids = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 });
const expected = fc.constantFrom(ANY, ANY, ANY, ANY, -1, 0, 2, 5);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('append' as const), stream, ids, expected }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('metadata' as const), stream, value: metadata }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), stream, hard: fc.boolean() }) },
  { weight: 3, arbitrary: fc.constantFrom<Step>({ kind: 'scavenge' }, { kind: 'reopen' }, { kind: 'lose an index' }) },
);

/** The id of a number, the same in both stores; filled up so that a few events fill a segment. */
const idOf = (number: number): Buffer => Buffer.alloc(16, number + 1);
const DATA = 'x'.repeat(300);

class Store {
  engine: Engine;
  private scavenger: Scavenger;

  constructor(
    private readonly folder: string,
    private readonly bounds: EngineBounds,
  ) {
    this.open();
  }

  private open(): void {
    this.engine = new Engine(this.folder, undefined, this.bounds);
    this.scavenger = new Scavenger(this.engine, this.folder);
  }

  /** Answers what the caller is told, without positions. */
  async take(step: Step, number: number): Promise<string> {
    switch (step.kind) {
      case 'scavenge':
        this.scavenger.start();
        await this.scavenger.idle;
        return '';
      case 'reopen':
      case 'lose an index':
        await this.engine.close();
        if (step.kind === 'lose an index') this.loseAnIndex();
        this.open();
        return '';
      default:
        return this.told(this.act(step, number));
    }
  }

  private loseAnIndex(): void {
    const index = readdirSync(this.folder).find((name) => name.endsWith('.index'));
    if (index !== undefined) rmSync(join(this.folder, index));
  }

  private act(step: Act, number: number): AppendOutcome {
    const { engine } = this;
    const event = (id: Buffer, data: string): Parameters<Engine['append']>[2][number] => {
      return { id, type: Buffer.from('T'), isJson: true, metadata: Buffer.alloc(0), data: Buffer.from(data) };
    };
    if (step.kind === 'delete') return engine.delete(step.stream, ANY, step.hard);
    if (step.kind === 'metadata')
      return engine.append(`$$${step.stream}`, ANY, [event(idOf(100 + number), step.value)]);
    const events = step.ids.map((id) => event(idOf(id), `"${number}-${id}-${DATA}"`));
    return engine.append(step.stream, step.expected, events);
  }

  private async told(outcome: AppendOutcome): Promise<string> {
    await durable(this.engine, outcome.until);
    const { kind } = outcome;
    if (kind === 'written') return `written ${outcome.written.revision}`;
    return kind === 'wrong-version' ? `wrong-version ${outcome.current}` : kind;
  }

  get seen(): unknown {
    const { engine } = this;
    return [...NAMES, ...NAMES.map((name) => `$$${name}`)].map((name) => {
      const stream = engine.streams.find(name);
      if (stream === undefined || stream.visible === 0) return { name, tombstoned: this.isClosed(name) };
      const { visible, visibleMetadata } = stream;
      if (this.isClosed(name)) return { name, tombstoned: true };
      const events: string[] = [];
      for (let revision = stream.firstVisible; revision < visible;) {
        const page = engine.log.readPage(stream.positions, revision, visible);
        revision += page.length;
        for (const record of page) events.push(`${recordStream(record).toString()} ${recordData(record).toString()}`);
      }
      return { name, visible, visibleMetadata, first: stream.firstVisible, events };
    });
  }

  private isClosed(name: string): boolean {
    const stream = this.engine.streams.find(name);
    return stream !== undefined && this.engine.streams.isTombstoneVisible(stream);
  }
}

/** Takes the same steps with a store that keeps as little in memory as it can and with one that keeps as much, and compares. */
export async function bothAnswerAlike(numRuns: number): Promise<void> {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), takeInBoth), { numRuns });
}

async function takeInBoth(steps: Step[]): Promise<void> {
  const folders = [aFolder(), aFolder()] as const;
  const [tiny, huge] = [new Store(folders[0], TINY), new Store(folders[1], HUGE)];
  try {
    for (const [number, each] of steps.entries()) {
      const answers = [await tiny.take(each, number), await huge.take(each, number)];
      expect(answers[0]).toBe(answers[1]);
      expect(tiny.seen).toEqual(huge.seen);
    }
    expect(everything(tiny.engine)).toEqual(everything(huge.engine));
  } finally {
    await tiny.engine.close();
    await huge.engine.close();
    for (const folder of folders) removeFolder(folder);
  }
}
