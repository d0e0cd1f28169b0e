import type { DomainEvent, RecordedEvent } from '@app/kernel';
import type { IndexDescription } from 'mongodb';

type OfType<Event extends DomainEvent, Type extends string> = Omit<RecordedEvent<Event>, 'type' | 'data'> & {
  readonly type: Type;
  readonly data: Extract<Event, { readonly type: Type }>['data'];
};

export interface ProjectionDefinition<Doc extends { readonly _id: string }, Event extends DomainEvent> {
  /** Name of the view and of its collection. */
  readonly name: string;
  /** Raise it when the folds or the document change: the view is rebuilt at the next start. */
  readonly version: number;
  /** None is unique: a view never refuses what the log holds. */
  readonly indexes?: readonly IndexDescription[];
  /** Each event makes a document of its own and never touches another: it is written without being looked for. */
  readonly documentPerEvent?: boolean;
  /** The documents that an event belongs to; undefined for none. */
  readonly documentId: (event: RecordedEvent<Event>) => string | readonly string[] | undefined;
  /** Pure folds; undefined deletes the document. Their names are the subscription. */
  readonly on: {
    readonly [Type in Event['type']]?: (
      doc: Doc | undefined,
      event: OfType<Event, Type>,
      id: string,
    ) => Doc | undefined;
  };
}

/** Written as a method, so that read models of different documents fit in one list. */
type Fold<Doc> = { fold(doc: Doc | undefined, event: RecordedEvent, id: string): Doc | undefined }['fold'];

/** A read model as the engine sees it. */
export interface Projection<Doc extends { readonly _id: string } = { readonly _id: string }> {
  readonly name: string;
  readonly version: number;
  readonly indexes: readonly IndexDescription[];
  readonly documentPerEvent: boolean;
  readonly documentIds: (event: RecordedEvent) => readonly string[];
  readonly on: Readonly<Record<string, Fold<Doc>>>;
}

export function defineProjection<Doc extends { readonly _id: string }, Event extends DomainEvent>({
  name,
  version,
  indexes = [],
  documentPerEvent = false,
  documentId,
  on,
}: ProjectionDefinition<Doc, Event>): Projection<Doc> {
  if (indexes.some(({ unique }) => unique)) throw new Error(`${name} has a unique index: a view refuses nothing.`);
  return {
    name,
    version,
    indexes,
    documentPerEvent,
    documentIds: (event) => {
      const ids = documentId(event as RecordedEvent<Event>);
      return ids === undefined ? [] : typeof ids === 'string' ? [ids] : [...new Set(ids)];
    },
    on: on as unknown as Projection<Doc>['on'],
  };
}
