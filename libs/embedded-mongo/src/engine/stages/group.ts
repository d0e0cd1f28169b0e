import { encodeKey } from '../../codec/key.js';
import { Arr, Doc, type Value } from '../../codec/values.js';
import { ACCUMULATORS, type Accumulator } from '../accumulators.js';
import { MongoError } from '../errors.js';
import { parseExpression, type Expression } from '../expression.js';
import { MemoryAllowance } from '../memory-allowance.js';
import { operandDoc, type Stage } from './stage.js';

/** About what a group takes beside its key, for itself and for each accumulator. */
const GROUP_BYTES = 64;

export function group(operand: Value): Stage {
  const spec = operandDoc('$group', 15947, operand);
  const idSpec = spec.get('_id');
  if (idSpec === undefined) throw new MongoError(15955, 'a group specification must include an _id');
  const id = parseExpression(idSpec);
  const fields: { name: string; make: () => Accumulator; expression: Expression }[] = [];
  for (const [name, value] of spec.fields) {
    if (name === '_id') continue;
    if (name.includes('.')) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
    if (!(value instanceof Doc)) throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
    const [entry] = value.fields;
    if (!entry || value.fields.size !== 1)
      throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
    const make = ACCUMULATORS.get(entry[0]);
    if (!make) throw new MongoError(15952, `unknown group operator '${entry[0]}'`);
    if (entry[0] === '$count' && !(entry[1] instanceof Doc && entry[1].fields.size === 0)) {
      throw new MongoError(2, '$count takes no arguments, i.e. $count:{}');
    }
    if (entry[1] instanceof Arr) throw new MongoError(40237, `The ${entry[0]} accumulator is a unary operator`);
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
