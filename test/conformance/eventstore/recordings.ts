import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/** The version of the real server whose recordings count; its folder holds those that differ from the common ones. */
export const VERSION = 'v24.2.0';

export interface Step {
  step: string;
  result?: unknown;
  error?: unknown;
}

/** A step that this server answers otherwise, knowingly. */
export interface Difference {
  scenario: string;
  step: string;
  ours: Omit<Step, 'step'>;
  /** Begins with `Kinder: ` or `Stricter: `. */
  reason: string;
}

export type Verdict =
  | { kind: 'as recorded' }
  | { kind: 'listed'; reason: string }
  | { kind: 'different'; recorded: Step | undefined; played: Step | undefined };

/** What a real EventStoreDB answered, scenario by scenario, and in which steps this server answers otherwise. */
export class Recordings {
  readonly folder: string;
  readonly differences: Difference[];
  readonly scenarios: string[];

  /** Throws when the recordings, which lie beside the project, are not there. */
  constructor(project: string) {
    this.folder = join(project, '..', 'shared', 'data', 'eventstore-golden');
    if (!existsSync(this.folder))
      throw new Error(
        `The recordings of a real EventStoreDB are missing: ${this.folder} does not exist. ` +
          'Put the folder eventstore-golden there (test/conformance/eventstore compares with it).',
      );
    const list = join(project, 'test', 'conformance', 'eventstore', 'differences.json');
    this.differences = JSON.parse(readFileSync(list, 'utf8')) as Difference[];
    this.scenarios = readdirSync(this.folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length));
  }

  steps(scenario: string): Step[] {
    const own = join(this.folder, VERSION);
    return stepsIn(existsSync(join(own, `${scenario}.json`)) ? own : this.folder, scenario);
  }

  /** Compares step by step, in their order. */
  judge(scenario: string, played: Step[]): Verdict[] {
    const recorded = this.steps(scenario);
    return Array.from({ length: Math.max(recorded.length, played.length) }, (_, index) =>
      this.judgeStep(scenario, recorded[index], played[index]),
    );
  }

  private judgeStep(scenario: string, recorded: Step | undefined, played: Step | undefined): Verdict {
    if (isDeepStrictEqual(recorded, played)) return { kind: 'as recorded' };
    const listed = this.differences.find((one) => one.scenario === scenario && one.step === played?.step);
    const isListed =
      listed !== undefined &&
      recorded?.step === listed.step &&
      isDeepStrictEqual({ step: listed.step, ...listed.ours }, played);
    return isListed ? { kind: 'listed', reason: listed.reason } : { kind: 'different', recorded, played };
  }
}

export function stepsIn(folder: string, scenario: string): Step[] {
  return (JSON.parse(readFileSync(join(folder, `${scenario}.json`), 'utf8')) as { steps: Step[] }).steps;
}
