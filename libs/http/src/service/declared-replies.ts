import type { OpenAPIObject } from '@nestjs/swagger';
import { typedReplies } from './typed-replies.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Said = { readonly description: string; readonly content?: object };
type Responses = NonNullable<Operation['responses']>;

const text = { type: 'string' } as const;
const revision = { ETag: { description: 'Revision of the record, for If-Match', schema: text } };
const acceptedHeaders = {
  ...revision,
  Location: { description: 'Where the record is read', schema: text },
  'Ledger-Position': { description: 'Log position, for minPosition', schema: text },
};
const acceptedContent = { 'application/json': { schema: { $ref: '#/components/schemas/AcceptedBody' } } };

/** A command that says nothing of its answer gives the one that all give: 201 where it began a record. */
const accepted: Responses = {
  '200': { description: 'Recorded, or nothing to do', headers: acceptedHeaders, content: acceptedContent },
  '201': { description: 'Recorded as the beginning of a record', headers: acceptedHeaders, content: acceptedContent },
};

const lines = { 'application/x-ndjson': { schema: text } };
const bulk: Responses = {
  '200': { description: 'All lines are in: a line that counts them', content: lines },
  '207': {
    description: 'Some lines are in: a line for each that is not, with its rule, and one that counts',
    content: lines,
  },
  '422': { description: 'No line is in: a line for each, with its rule, and one that counts', content: lines },
};
const unchanged: Responses = { '304': { description: 'If-None-Match names the revision that it is at' } };

const takesLines = ({ requestBody }: Operation): boolean =>
  JSON.stringify(requestBody ?? {}).includes('application/x-ndjson');

/** Whether a door that is no question decides on one record, and answers with its revision. */
export const changesOneRecord = (operation: Operation): boolean =>
  !takesLines(operation) && typedReplies().replies[operation.operationId ?? ''] === undefined;

/** What a door answers: the type of its method where that says more than a command does. */
export function declaredReplies(method: string, operation: Operation): Responses {
  if (takesLines(operation)) return bulk;
  const reply = typedReplies().replies[operation.operationId ?? ''];
  if (reply === undefined) return accepted;
  const content = {
    'application/json': { schema: reply.schema },
    ...(reply.rows === true ? { 'text/csv': { schema: text }, 'application/x-ndjson': { schema: text } } : {}),
  };
  const said = Object.entries((operation.responses ?? {}) as Readonly<Record<string, Said>>);
  const replies = said.map(([status, one]) => [status, { ...one, content: { ...one.content, ...content } }]);
  return { ...(Object.fromEntries(replies) as Responses), ...(method === 'get' ? unchanged : {}) };
}
