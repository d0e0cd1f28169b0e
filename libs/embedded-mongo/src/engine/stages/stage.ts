import { Doc, type Value } from '../../codec/values.js';
import { MongoError } from '../errors.js';

export type Stage = (input: Iterable<Doc>) => Iterable<Doc>;

export function operandDoc(stage: string, code: number, operand: Value): Doc {
  if (operand instanceof Doc) return operand;
  throw new MongoError(code, `the ${stage} specification must be an object`);
}
