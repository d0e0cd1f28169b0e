import { compilePattern } from '@app/embedded-host';
import { RE2JS } from 're2js';
import { Regex, type Value } from '../codec/values.js';
import { badValue, MongoError } from './errors.js';
import { toRe2 } from './regex-dialect.js';

const MAX_PATTERN = 32_764;

const FLAGS = new Map([
  ['i', RE2JS.CASE_INSENSITIVE],
  ['m', RE2JS.MULTILINE],
  ['s', RE2JS.DOTALL],
  ['u', 0],
  ['x', 0],
]);

/** Compiles to a linear-time engine: no pattern can hold the server. Look-around and back-references are refused. */
export function compileRegex(pattern: string, options: string): (text: string) => boolean {
  let flags = 0;
  for (const option of options) {
    const flag = FLAGS.get(option);
    if (flag === undefined) throw new MongoError(51108, `invalid flag in regex options: ${option}`);
    flags |= flag;
  }
  if (pattern.includes('\0')) throw badValue('Regular expression cannot contain an embedded null byte');
  if (Buffer.byteLength(pattern) > MAX_PATTERN)
    throw new MongoError(51091, `Regular expression is invalid: it is longer than ${MAX_PATTERN} bytes`);
  try {
    return compilePattern(toRe2(pattern, options), flags);
  } catch (error) {
    if (error instanceof MongoError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new MongoError(51091, `Regular expression is invalid, or not supported by the embedded server: ${reason}`);
  }
}

export function regexTest(pattern: string, options: string): (value: Value | undefined) => boolean {
  const find = compileRegex(pattern, options);
  return (value) =>
    typeof value === 'string'
      ? find(value)
      : value instanceof Regex && value.pattern === pattern && value.options === options;
}
