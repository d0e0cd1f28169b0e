import { encodeKey } from '../../codec/key.js';
import { Arr, Doc, isNumeric, MAX_KEY, MIN_KEY, type Value } from '../../codec/values.js';
import { ACCUMULATORS, type Accumulator } from '../accumulators.js';
import { MongoError, notSupported } from '../errors.js';
import { parseExpression, type Expression } from '../expression.js';
import { MemoryAllowance } from '../memory-allowance.js';
import { operandDoc, type Stage } from './stage.js';

/** About what a group takes beside its key, for itself and for each accumulator. */
const GROUP_BYTES = 64;

function checkCountArgument(operand: Value): void {
  if (!(operand instanceof Doc)) throw new MongoError(14, '$count takes no arguments, i.e. $count:{}');
  if (operand.fields.size > 0) throw new MongoError(2, '$count takes no arguments, i.e. $count:{}');
}

/** `{a: 1}` would be an inclusion elsewhere; as a key of groups it is a slip of the pen. */
function refuseInclusions(id: Value): void {
  if (!(id instanceof Doc)) return;
  for (const [name, value] of id.fields) {
    if (!name.startsWith('$') && (typeof value === 'boolean' || isNumeric(value)))
      throw new MongoError(17390, '$group does not support inclusion-style expressions');
  }
}

export function group(operand: Value): Stage {
  const spec = operandDoc('$group', 15947, operand);
  const idSpec = spec.get('_id');
  if (idSpec === undefined) throw new MongoError(15955, 'a group specification must include an _id');
  refuseInclusions(idSpec);
  const id = parseExpression(idSpec);
  const fields: { name: string; make: () => Accumulator; expression: Expression }[] = [];
  for (const [name, value] of spec.fields) {
    if (name === '_id') continue;
    if (name.includes('.')) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
    if (name.startsWith('$')) throw new MongoError(40236, `The field name '${name}' cannot be an operator name`);
    if (!(value instanceof Doc) || value.fields.size === 0)
      throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
    const [entry] = value.fields;
    if (!entry || value.fields.size !== 1)
      throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
    const make = ACCUMULATORS.get(entry[0]);
    if (!make) throw new MongoError(15952, `unknown group operator '${entry[0]}'`);
    if (entry[1] instanceof Arr) throw new MongoError(40237, `The ${entry[0]} accumulator is a unary operator`);
    if (entry[0] === '$count') checkCountArgument(entry[1]);
    fields.push({ name, make, expression: entry[0] === '$count' ? () => 1 : parseExpression(entry[1]) });
  }
  return (input) => runGroup(input, id, fields);
}

function* runGroup(
  input: Iterable<Doc>,
  id: Expression,
  fields: readonly { name: string; make: () => Accumulator; expression: Expression }[],
): Generator<Doc> {
  const groups = new Map<string, { id: Value; accumulators: Accumulator[] }>();
  const memory = new MemoryAllowance('$group');
  for (const document of input) {
    const value = id(document) ?? null;
    const key = encodeKey(value);
    let found = groups.get(key);
    if (!found) {
      memory.spend(key.length + GROUP_BYTES * (fields.length + 1));
      found = { id: value, accumulators: fields.map((field) => field.make()) };
      groups.set(key, found);
    }
    for (let i = 0; i < fields.length; i++) found.accumulators[i]?.add(fields[i]?.expression(document));
  }
  for (const found of groups.values()) {
    const made = new Map<string, Value>([['_id', found.id]]);
    fields.forEach((field, i) => made.set(field.name, found.accumulators[i]?.result() ?? null));
    yield new Doc(undefined, made);
  }
}

function isExtreme(value: Value): boolean {
  return value === MIN_KEY || value === MAX_KEY;
}

/** To a stage that follows, MongoDB 8.2 hands `MinKey` and `MaxKey` on inside a document of its own making. */
export function refusingExtremes(stage: Stage): Stage {
  return function* (input) {
    for (const document of stage(input)) {
      for (const [name, value] of document.fields) {
        if (isExtreme(value) || (value instanceof Arr && value.items.some(isExtreme)))
          throw notSupported(`MinKey or MaxKey in '${name}' of a $group that another stage follows`);
      }
      yield document;
    }
  };
}
