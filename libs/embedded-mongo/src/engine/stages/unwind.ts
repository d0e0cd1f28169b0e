import { Arr, Doc, type Value } from '../../codec/values.js';
import { MongoError } from '../errors.js';
import { parseFieldPath } from '../expression.js';
import { splitPath } from '../path.js';
import { changeAt } from '../set-path.js';
import type { Stage } from './stage.js';

export function unwind(operand: Value): Stage {
  const spec = operand instanceof Doc ? operand : Doc.of([['path', operand]]);
  for (const name of spec.fields.keys()) {
    if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(name)) {
      throw new MongoError(28811, `unrecognized option to $unwind stage: ${name}`);
    }
  }
  const [path, keep, index] = ['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].map((name) => spec.get(name));
  if (typeof path !== 'string') throw new MongoError(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (keep !== undefined && typeof keep !== 'boolean')
    throw new MongoError(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
  if (index !== undefined && (typeof index !== 'string' || index === '' || index.startsWith('$'))) {
    throw new MongoError(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  }
  parseFieldPath(path);
  const parts = splitPath(path.slice(1));
  const withIndex = (document: Doc, at: bigint | null): Doc =>
    typeof index === 'string' ? changeAt(document, splitPath(index), true, () => at) : document;
  return function* (input) {
    for (const document of input) {
      let value: Value | undefined = document;
      for (const part of parts) value = value instanceof Doc ? value.get(part) : undefined;
      if (!(value instanceof Arr)) {
        if ((value !== undefined && value !== null) || keep) yield withIndex(document, null);
      } else if (value.items.length === 0) {
        if (keep)
          yield withIndex(
            changeAt(document, parts, false, () => undefined),
            null,
          );
      } else {
        for (const [at, item] of value.items.entries()) {
          yield withIndex(
            changeAt(document, parts, true, () => item),
            BigInt(at),
          );
        }
      }
    }
  };
}
