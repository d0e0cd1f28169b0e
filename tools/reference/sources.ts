import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contextOf, libOf } from '../../architecture/places.js';
import { pathsUnder } from '../../architecture/source-tree.js';

export const root = join(import.meta.dirname, '..', '..');

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

export interface LoadedFile {
  readonly path: string;
  readonly exported: Readonly<Record<string, unknown>>;
}

const isDescribed = (path: string): boolean => contextOf(path) !== undefined || libOf(path) === 'http';

/** Runs the files of the contexts, and of the service's own doors, whose path fits, and gives what they export. */
export async function load(fits: (path: string) => boolean): Promise<readonly LoadedFile[]> {
  const paths = pathsUnder(root, 'libs').filter((path) => isDescribed(path) && path.endsWith('.ts') && fits(path));
  const loaded: LoadedFile[] = [];
  for (const path of paths.sort()) {
    const exported = (await import(pathToFileURL(join(root, path)).href)) as Record<string, unknown>;
    loaded.push({ path, exported });
  }
  return loaded;
}

/** Loaded files by the context that they belong to, in order of name. */
export function byContext(files: readonly LoadedFile[]): readonly (readonly [context: string, files: LoadedFile[]])[] {
  const contexts = new Map<string, LoadedFile[]>();
  for (const file of files) {
    const context = libOf(file.path)!;
    contexts.set(context, [...(contexts.get(context) ?? []), file]);
  }
  return [...contexts].sort(([one], [other]) => (one < other ? -1 : 1));
}
