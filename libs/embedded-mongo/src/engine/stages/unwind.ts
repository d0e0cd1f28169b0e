import { Arr, Doc, type Value } from '../../codec/values.js';
import { MongoError } from '../errors.js';
import { parseFieldName } from '../field-path.js';
import type { Path } from '../path.js';
import { changeAt } from '../set-path.js';
import type { Stage } from './stage.js';

/** A document with a new field; what stands in the way of its path gives way to a document. */
function withField(document: Doc, path: Path, value: Value, at = 0): Doc {
  const name = path[at] as string;
  const before = document.get(name);
  const inner = before instanceof Doc ? before : new Doc(undefined, new Map());
  const after = at === path.length - 1 ? value : withField(inner, path, value, at + 1);
  return new Doc(undefined, new Map(document.fields).set(name, after));
}

interface Options {
  readonly path: Path;
  readonly keep: boolean;
  readonly index: Path | undefined;
}

function parse(operand: Value): Options {
  if (!(operand instanceof Doc) && typeof operand !== 'string')
    throw new MongoError(15981, 'expected either a string or an object as specification for $unwind stage');
  const spec = operand instanceof Doc ? operand : Doc.of([['path', operand]]);
  for (const name of spec.fields.keys()) {
    if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(name)) {
      throw new MongoError(28811, `unrecognized option to $unwind stage: ${name}`);
    }
  }
  const [path, keep, index] = ['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].map((name) => spec.get(name));
  if (path !== undefined && typeof path !== 'string')
    throw new MongoError(28808, 'expected a string as the path for $unwind stage');
  if (keep !== undefined && typeof keep !== 'boolean')
    throw new MongoError(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
  if (index !== undefined && (typeof index !== 'string' || index === ''))
    throw new MongoError(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  if (index?.startsWith('$'))
    throw new MongoError(28822, 'includeArrayIndex option to $unwind stage should not be prefixed with a dollar');
  if (path === undefined || path === '') throw new MongoError(28812, 'no path specified to $unwind stage');
  if (!path.startsWith('$'))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (path.includes('\0')) throw new MongoError(16419, 'the path of $unwind cannot contain null bytes');
  return {
    path: parseFieldName(path.slice(1)),
    keep: keep === true,
    index: index === undefined ? undefined : parseFieldName(index),
  };
}

export function unwind(operand: Value): Stage {
  const { path: parts, keep, index } = parse(operand);
  const withIndex = (document: Doc, at: bigint | null): Doc => (index ? withField(document, index, at) : document);
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
