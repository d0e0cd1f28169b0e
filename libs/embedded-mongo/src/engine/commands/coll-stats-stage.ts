import { doc } from '../../codec/plain.js';
import { roundedTowardZero } from '../../codec/rounding.js';
import { DateTime, Doc, isNumeric, typeNameOf, type Value } from '../../codec/values.js';
import { badValue, MongoError } from '../errors.js';
import { storageStats } from '../statistics.js';
import { collectionName, type Call } from './context.js';

const MAX_SCALE = 2 ** 31 - 1;

interface Wanted {
  readonly count: boolean;
  /** In which unit the sizes are told, in bytes; undefined when they are not. */
  readonly scale: number | undefined;
}

function wrongType(field: string, value: Value, expected: string): MongoError {
  return new MongoError(
    14,
    `BSON field '$collStats.${field}' is the wrong type '${typeNameOf(value)}', expected type '${expected}'`,
  );
}

function scaleOf(options: Doc): number {
  const value = options.get('scale') ?? 1;
  if (!isNumeric(value)) throw wrongType('storageStats.scale', value, 'number');
  const scale = Math.min(roundedTowardZero(value), MAX_SCALE);
  if (scale < 1) throw badValue(`the scale must be at least 1, and is ${scale}`);
  return scale;
}

/** An option that is null counts as absent. */
function parse(operand: Doc): Wanted {
  let count = false;
  let scale: number | undefined;
  for (const [name, options] of operand.fields) {
    if (name !== 'storageStats' && name !== 'count') {
      if (options === null && (name === 'latencyStats' || name === 'queryExecStats')) continue;
      throw new MongoError(40415, `BSON field '$collStats.${name}' is not supported by the embedded server`);
    }
    if (options === null) continue;
    if (!(options instanceof Doc)) throw wrongType(name, options, 'object');
    if (name === 'storageStats') scale = scaleOf(options);
    else if (options.fields.size > 0) throw new MongoError(31170, 'count of $collStats must be an empty object');
    else count = true;
  }
  return { count, scale };
}

/** One document for each collection, as the first stage of a pipeline. */
export function collStatsStage(call: Call, operand: Doc): Doc[] {
  const namespace = collectionName(call);
  const { count, scale } = parse(operand);
  if (scale !== undefined && call.body.get('apiStrict') === true)
    throw new MongoError(323, 'storageStats of $collStats is not in API Version 1');
  const collection = call.engine.catalogue.get(namespace);
  if (!collection && (count || scale !== undefined)) {
    throw new MongoError(
      26,
      `Unable to retrieve storageStats in $collStats stage :: caused by :: Collection [${namespace}] not found.`,
    );
  }
  return [
    doc({
      ns: namespace,
      host: call.engine.address,
      localTime: new DateTime(BigInt(Date.now())),
      storageStats: collection && scale !== undefined ? storageStats(collection, scale) : undefined,
      count: count ? collection?.records.size : undefined,
    }),
  ];
}
