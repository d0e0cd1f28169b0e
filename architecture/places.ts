import { posix } from 'node:path';
import type { SourceFile, SourceTree } from './source-tree.js';

/** Libraries that know no context. Every other folder of libs/ is a context or joins contexts. */
const technical = new Set([
  'kernel',
  'event-store',
  'projections',
  'http',
  'testing',
  'embedded-host',
  'embedded-eventstore',
  'embedded-mongo',
]);

export const libOf = (path: string): string | undefined => /^libs\/([^/]+)\//.exec(path)?.[1];
export const appOf = (path: string): string | undefined => /^apps\/([^/]+)\//.exec(path)?.[1];

export const isTechnical = (lib: string): boolean => technical.has(lib);

/** The context, or joiner of contexts, that a file belongs to. */
export function contextOf(path: string): string | undefined {
  const lib = libOf(path);
  return lib === undefined || isTechnical(lib) ? undefined : lib;
}

/** Specs, what they share, and everything below test/. */
export const isForTests = (path: string): boolean =>
  /\.(spec|e2e-spec)\.ts$/.test(path) ||
  /\.(examples|contract)\.ts$/.test(path) ||
  /^(test|libs\/testing)\/|\/spec-support\//.test(path);

export const isSpec = (path: string): boolean => /\.(spec|e2e-spec)\.ts$/.test(path);

/** Suffixes of a file name: `directory.commands.module.ts` has `commands` and `module`. */
export const suffixesOf = (path: string): readonly string[] => posix.basename(path, '.ts').split('.').slice(1);

export interface Slice {
  /** `libs/directory/src/agency/register-agency`. */
  readonly folder: string;
  readonly noun: string;
  readonly verb: string;
  readonly files: readonly string[];
}

/** Folders of verbs: `libs/<context>/src/<noun>/<verb>`. */
export const slicesOf = (tree: SourceTree): readonly Slice[] =>
  foldersOf(tree, /^(libs\/[^/]+\/src\/(?!read-models\/)([^/]+)\/([^/]+))\/[^/]+$/);

/** Folders of read models: `libs/<context>/src/read-models/<name>`. */
export const readModelsOf = (tree: SourceTree): readonly Slice[] =>
  foldersOf(tree, /^(libs\/[^/]+\/src\/(read-models)\/([^/]+))\/[^/]+$/);

function foldersOf({ files }: SourceTree, shape: RegExp): readonly Slice[] {
  const byFolder = new Map<string, { folder: string; noun: string; verb: string; files: string[] }>();
  for (const { path } of files) {
    const [, folder, noun, verb] = shape.exec(path) ?? [];
    if (folder === undefined || noun === undefined || verb === undefined || contextOf(path) === undefined) continue;
    const slice = byFolder.get(folder) ?? { folder, noun, verb, files: [] };
    slice.files.push(posix.basename(path));
    byFolder.set(folder, slice);
  }
  return [...byFolder.values()];
}

/** Files that hold what a context decides: they are pure. Read models fold purely too, but name their engine. */
export function isIdea({ path }: SourceFile): boolean {
  if (contextOf(path) === undefined) return false;
  if (/\.(events|state|rules|examples)\.ts$/.test(path)) return true;
  return isVerbIdea(path);
}

/** `register-agency/register-agency.ts`. */
export const isVerbIdea = (path: string): boolean =>
  /^libs\/[^/]+\/src\/(?!read-models\/)[^/]+\/([^/]+)\/\1\.ts$/.test(path) && contextOf(path) !== undefined;

/** `read-models/agencies/agencies.ts`. */
export const isReadModel = (path: string): boolean => /^libs\/[^/]+\/src\/read-models\/([^/]+)\/\1\.ts$/.test(path);
