import type { SourceTree } from './source-tree.js';

export interface Offence {
  readonly path: string;
  readonly line?: number;
  readonly what: string;
}

/** A rule about the code itself. */
export interface Guard {
  /** Name of its fixture folder, which holds a tree that breaks it. */
  readonly id: string;
  readonly sentence: string;
  /** What to do about an offence. */
  readonly advice: string;
  readonly offences: (tree: SourceTree) => readonly Offence[];
}

/** `libs/a/src/b.ts:3`, in order. */
export const placesOf = (offences: readonly Offence[]): readonly string[] =>
  offences.map(({ path, line }) => (line === undefined ? path : `${path}:${line}`)).sort();

export const report = ({ advice }: Guard, offences: readonly Offence[]): string =>
  offences
    .map((offence) => `${placesOf([offence])[0]} ${offence.what}.`)
    .sort()
    .concat(offences.length === 0 ? [] : [advice])
    .join('\n');
