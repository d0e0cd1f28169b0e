import { Arr, Doc, type Value } from '../codec/values.js';
import { MongoError } from './errors.js';
import { splitPath, type Path } from './path.js';

/** Computes a value from a document; undefined is "missing". */
export type Expression = (document: Doc) => Value | undefined;

/** A field path in an aggregation: over an array it means the list of what its documents hold. */
function valueAt(value: Value | undefined, path: Path, at: number): Value | undefined {
  if (at === path.length) return value;
  if (value instanceof Doc) return valueAt(value.get(path[at] as string), path, at + 1);
  if (!(value instanceof Arr)) return undefined;
  const found = value.items.map((item) =>
    item instanceof Arr ? valueAt(item, path, at) : item instanceof Doc ? valueAt(item, path, at) : undefined,
  );
  return Arr.of(found.filter((item) => item !== undefined));
}

export function parseFieldPath(text: string): Expression {
  const name = text.startsWith('$$ROOT') ? text.slice(6) : text.slice(1);
  if (text === '$$ROOT') return (document) => document;
  if (text.startsWith('$$') && !text.startsWith('$$ROOT.'))
    throw new MongoError(17276, `Use of undefined variable: ${text.slice(2)}`);
  const path = splitPath(name.startsWith('.') ? name.slice(1) : name);
  if (path.includes('')) throw new MongoError(40353, "FieldPath must not end with a '.'.");
  if (path.some((part) => part.startsWith('$')))
    throw new MongoError(16410, `FieldPath field names may not start with '$'.`);
  return (document) => valueAt(document, path, 0);
}

/** Field paths, constants, $literal, and documents or arrays of these. Every other expression is refused. */
export function parseExpression(value: Value): Expression {
  if (typeof value === 'string' && value.startsWith('$')) return parseFieldPath(value);
  if (value instanceof Arr) {
    const items = value.items.map(parseExpression);
    return (document) => Arr.of(items.map((item) => item(document) ?? null));
  }
  if (!(value instanceof Doc)) return () => value;
  const [first] = value.fields.keys();
  if (first?.startsWith('$')) {
    const literal = value.get('$literal');
    if (literal !== undefined && value.fields.size === 1) return () => literal;
    throw new MongoError(168, `Unrecognized expression '${first}'`);
  }
  const fields = [...value.fields].map(([name, item]) => {
    if (name.includes('.'))
      throw new MongoError(16405, `dotted field names are only allowed at the top level: ${name}`);
    return [name, parseExpression(item)] as const;
  });
  return (document) => {
    const made = new Map<string, Value>();
    for (const [name, expression] of fields) {
      const item = expression(document);
      if (item !== undefined) made.set(name, item);
    }
    return new Doc(undefined, made);
  };
}
