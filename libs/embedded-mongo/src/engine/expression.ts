import { Arr, Doc, type Value } from '../codec/values.js';
import { MongoError, notSupported } from './errors.js';
import { checkNewField, parseFieldName } from './field-path.js';
import type { Path } from './path.js';

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

/** Known to MongoDB and not here: refused as such and not as a slip of the pen. */
const OTHER_VARIABLES = new Set(['NOW', 'CLUSTER_TIME', 'CURRENT', 'REMOVE', 'DESCEND', 'PRUNE', 'KEEP', 'USER_ROLES']);

const VARIABLE = /^[a-zA-Z\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*$/u;

export function parseFieldPath(text: string): Expression {
  if (text === '$') throw new MongoError(16872, "'$' by itself is not a valid FieldPath");
  if (!text.startsWith('$$')) return fieldAt(text.slice(1));
  const [variable = ''] = text.slice(2).split('.', 1);
  if (variable === '') throw new MongoError(9, "empty variable names are not allowed: '$$'");
  if (!VARIABLE.test(variable)) throw new MongoError(9, `'${variable}' is not the name of a variable`);
  if (OTHER_VARIABLES.has(variable)) throw notSupported(`the variable $$${variable}`);
  if (variable !== 'ROOT') throw new MongoError(17276, `Use of undefined variable: ${variable}`);
  return text === '$$ROOT' ? (document) => document : fieldAt(text.slice('$$ROOT.'.length));
}

function fieldAt(name: string): Expression {
  const path = parseFieldName(name);
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
    checkNewField(name);
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
