import { hash } from 'node:crypto';
import { Decimal, isDecimalText, unhandled } from '@app/kernel';
import type { ReadingContent } from './reading-ledger.events.js';

type Unflagged<Content> = Content extends ReadingContent ? Omit<Content, 'flags'> : never;

/** What a reading says, before it is looked over for oddities. */
export type GivenContent = Unflagged<ReadingContent>;

export type Dimensions = Readonly<Record<string, string>>;

let known: { readonly names: readonly string[]; readonly sorted: readonly string[] } = { names: [], sorted: [] };

/** Nearly always in the order of the line before: sorting would cost more than all the rest of a digest. */
function sorted(names: readonly string[]): readonly string[] {
  const isKnown = names.length === known.names.length && names.every((name, at) => name === known.names[at]);
  if (!isKnown) known = { names, sorted: names.toSorted() };
  return known.sorted;
}

/** Dimensions as one text, whatever the order that they were given in. */
export const scopeOf = (dimensions: Dimensions): string =>
  JSON.stringify(sorted(Object.keys(dimensions)).map((name) => [name, dimensions[name]]));

const plain = (number: string | undefined): string | null =>
  number === undefined ? null : isDecimalText(number) ? new Decimal(number).toString() : number;

function partsOf(content: GivenContent): readonly (string | null)[] {
  switch (content.kind) {
    case 'case':
      return [content.startedAt, content.dueAt ?? null];
    case 'ratio':
      return [plain(content.numerator), plain(content.denominator), plain(content.target)];
    case 'value':
      return [plain(content.value), plain(content.target)];
    default:
      return unhandled(content);
  }
}

/** Digest of what a reading says, the stop of a case and the period of a figure apart; 1.50 says the same as 1.5. */
export function digestOf(content: GivenContent, scope = scopeOf(content.dimensions)): string {
  const text = JSON.stringify([content.kind, ...partsOf(content), scope]);
  return hash('sha1', text, 'base64url').slice(0, 16);
}

export const stopOf = (content: GivenContent): string | undefined =>
  content.kind === 'case' ? content.stoppedAt : undefined;
