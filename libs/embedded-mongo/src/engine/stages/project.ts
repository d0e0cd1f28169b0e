import { Doc, isNumeric, type Value } from '../../codec/values.js';
import { MongoError, notSupported } from '../errors.js';
import { parseExpression, type Expression } from '../expression.js';
import { parseFieldName } from '../field-path.js';
import { truthy } from '../matcher.js';
import { parseProjection, type Projection } from '../projection.js';
import { changeAt } from '../set-path.js';
import { operandDoc, type Stage } from './stage.js';

function* mapped(input: Iterable<Doc>, change: (document: Doc) => Doc): Generator<Doc> {
  for (const document of input) yield change(document);
}

function isPlainFlag(value: Value): boolean {
  if (typeof value === 'boolean' || isNumeric(value)) return true;
  return value instanceof Doc && [...value.fields].every(([name, item]) => !name.startsWith('$') && isPlainFlag(item));
}

/** Inclusion and exclusion as in find, and top-level fields computed from field paths beside inclusions. */
export function project(operand: Value): Stage {
  const spec = operandDoc('$project', 15969, operand);
  if (spec.fields.size === 0)
    throw new MongoError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  const computed: [string, Expression][] = [];
  const flags = new Map<string, Value>();
  for (const [name, value] of spec.fields) {
    if (isPlainFlag(value)) flags.set(name, value);
    else computed.push([name, computedField(name, value)]);
  }
  if (computed.length > 0) refuseExclusions(flags);
  const includesNothing = [...flags.keys()].every((name) => name === '_id');
  const narrow: Projection | undefined = projectionWith(flags, computed.length > 0 && includesNothing);
  return (input) =>
    mapped(input, (document) => {
      let made = narrow ? narrow(document) : document;
      for (const [name, expression] of computed) {
        const value = expression(document);
        made = changeAt(made, [name], value !== undefined, () => value);
      }
      return made;
    });
}

/** Over an array a dotted name would mean each of its elements: only whole fields are computed here. */
function computedField(name: string, value: Value): Expression {
  parseFieldName(name);
  const [first] = value instanceof Doc ? value.fields.keys() : ['$'];
  if (name.includes('.') || !first?.startsWith('$'))
    throw notSupported(`the computed field '${name}' inside another one in $project`);
  return parseExpression(value);
}

function refuseExclusions(flags: ReadonlyMap<string, Value>): void {
  for (const [name, value] of flags) {
    if (name !== '_id' && !isIncluded(value))
      throw new MongoError(31310, `Cannot use an expression beside the exclusion of ${name} in $project`);
  }
}

function isIncluded(value: Value): boolean {
  return value instanceof Doc ? [...value.fields.values()].every(isIncluded) : truthy(value);
}

function projectionWith(flags: Map<string, Value>, onlyComputed: boolean): Projection | undefined {
  if (!onlyComputed) return parseProjection(new Doc(undefined, flags));
  const withoutId = flags.has('_id') && !truthy(flags.get('_id'));
  return withoutId ? () => new Doc(undefined, new Map()) : parseProjection(Doc.of([['_id', true]]));
}
