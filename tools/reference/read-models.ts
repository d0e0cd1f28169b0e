import { posix } from 'node:path';
import type { Projection } from '@app/projections';
import { doorsOf } from './doors.js';
import { code, linkTo, page, type Page } from './page.js';
import { byContext, load, textOf, type LoadedFile } from './sources.js';

const isProjection = (value: unknown): value is Projection =>
  typeof value === 'object' && value !== null && 'documentIds' in value && 'on' in value;

/** Every read model: its collection, indexes, the events that it hears and the doors that answer from it. */
export async function readModelsPage(): Promise<Page> {
  const doors = await load((path) => path.endsWith('.endpoint.ts'));
  const holders = await load((path) => !path.endsWith('.spec.ts') && textOf(path).includes('defineProjection<'));
  return page(
    'read-models.md',
    'Read models',
    'MongoDB collections of the database `civic_ledger`. Each is folded from the log and can be dropped and rebuilt.',
    byContext(holders).map(([context, ofContext]) =>
      [`## ${context}`, ...ofContext.flatMap((holder) => describe(holder, doors))].join('\n\n'),
    ),
  );
}

function describe({ path, exported }: LoadedFile, files: readonly LoadedFile[]): readonly string[] {
  const doors = files.filter((file) => posix.dirname(file.path) === posix.dirname(path)).flatMap(doorsOf);
  return Object.values(exported)
    .filter(isProjection)
    .map(({ name, version, indexes, on }) =>
      [
        `### ${name}\n`,
        `- collection ${code(name)}, version ${version}, ${linkTo(path)}`,
        `- indexes: ${indexes.length === 0 ? 'none beside `_id`' : indexes.map(({ key }) => code(keyOf(key))).join(', ')}`,
        `- hears: ${Object.keys(on).sort().map(code).join(', ')}`,
        `- doors: ${doors.length === 0 ? 'none' : doors.map(({ address }) => code(address)).join(', ')}`,
      ].join('\n'),
    );
}

const keyOf = (key: unknown): string =>
  Object.entries(key as Record<string, number>)
    .map(([field, order]) => (order === -1 ? `${field} descending` : field))
    .join(', ');
