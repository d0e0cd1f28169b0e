import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EventDefinitions } from '@app/kernel';
import { z } from 'zod';
import { contextOf } from './places.js';
import { pathsUnder } from './source-tree.js';
import { problemsOf, type Sample } from './stored-samples.js';

const root = join(__dirname, '..');

const definingFiles = pathsUnder(root, 'libs').filter(
  (path) => path.endsWith('.events.ts') && readFileSync(join(root, path), 'utf8').includes('defineEvents('),
);
const contexts = [...new Set(definingFiles.map((path) => contextOf(path)!))];

/** Event definitions of a context, from the files that define them. */
async function definitionsOf(context: string): Promise<EventDefinitions> {
  const files = definingFiles.filter((path) => contextOf(path) === context);
  const modules = await Promise.all(files.map((path) => import(join(root, path)) as Promise<Record<string, unknown>>));
  return Object.assign({}, ...modules.flatMap((exported) => Object.values(exported).filter(isDefinitions)));
}

const isDefinitions = (value: unknown): value is EventDefinitions =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.values(value).every(
    (each: unknown) => typeof each === 'object' && each !== null && 'version' in each && 'schema' in each,
  );

function samplesOf(context: string): readonly Sample[] {
  const folder = join(root, 'libs', context, 'stored-events');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}

describe('every stored version of every event has a frozen sample that today’s code reads', () => {
  it.each(contexts)('%s', async (context) => {
    const definitions = await definitionsOf(context);
    expect(Object.keys(definitions)).not.toEqual([]);
    expect(problemsOf(definitions, samplesOf(context))).toEqual([]);
  });
});

describe('a sample is refused', () => {
  const berthLet = { version: 2, schema: z.strictObject({ ship: z.string() }), upcasters: {} };
  const sample = (file: string, type: string, schemaVersion: number, data: object): Sample => ({
    file,
    text: JSON.stringify({ type, schemaVersion, data }),
  });
  const today = sample('berth-let.v2.json', 'BerthLet', 2, { ship: 'Rover' });
  const withUpcaster = {
    BerthLet: { ...berthLet, upcasters: { 1: ({ name }) => ({ ship: name }) } },
  } satisfies EventDefinitions;

  it('unless it is as it should be', () =>
    expect(problemsOf(withUpcaster, [sample('berth-let.v1.json', 'BerthLet', 1, { name: 'Rover' }), today])).toEqual(
      [],
    ));
  it('when a version has none', () =>
    expect(problemsOf(withUpcaster, [today])).toEqual(['berth-let.v1.json is missing']));
  it('when no upcaster leads to today', () =>
    expect(problemsOf({ BerthLet: berthLet }, [sample('berth-let.v1.json', 'BerthLet', 1, {}), today])).toEqual([
      'berth-let.v1.json has no upcaster from version 1',
    ]));
  it.each([
    ['is of another type', 'ShipSunk', 2, { ship: 'Rover' }, 'holds ShipSunk, which is no event of the context'],
    ['is of a later version', 'BerthLet', 3, { ship: 'Rover' }, 'has version 3, which is unknown'],
    ['is of another version than its name says', 'BerthLet', 1, { name: 'Rover' }, 'holds BerthLet of version 1'],
    ['lacks a field', 'BerthLet', 2, {}, 'is not read: ✖ Invalid input: expected string, received undefined → at ship'],
    ['has a field too many', 'BerthLet', 2, { ship: 'Rover', quay: 'east' }, 'is not read: ✖ Unrecognized key: "quay"'],
  ])('when it %s', (_title, type, version, data, problem) => {
    const first = sample('berth-let.v1.json', 'BerthLet', 1, { name: 'Rover' });
    expect(problemsOf(withUpcaster, [first, sample('berth-let.v2.json', type, version, data)])).toEqual([
      `berth-let.v2.json ${problem}`,
    ]);
  });
  it('when fields get lost', () => {
    const loose = { BerthLet: { version: 1, schema: z.object({ ship: z.string() }) } };
    const given = sample('berth-let.v1.json', 'BerthLet', 1, { ship: 'Rover', quay: 'east' });
    expect(problemsOf(loose, [given])).toEqual(['berth-let.v1.json loses fields when it is read']);
  });
});
