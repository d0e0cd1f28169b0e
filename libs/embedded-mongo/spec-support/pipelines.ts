import type { BSON } from 'mongodb';
import { sent } from './documents.js';
import { parseStages, through } from '../src/engine/pipeline.js';
import type { Doc } from '../src/codec/values.js';

/** What the stages make of the documents. */
export function run(documents: readonly BSON.Document[], ...stages: readonly BSON.Document[]): Doc[] {
  return [...parseStages(stages.map(sent)).reduce<Iterable<Doc>>(through, documents.map(sent))];
}
