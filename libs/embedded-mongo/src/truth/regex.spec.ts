import { BSONRegExp } from 'mongodb';
import { sent } from '../../spec-support/documents.js';
import { parseFilter } from '../engine/matcher.js';
import { MongoError } from '../engine/errors.js';

const found = (pattern: string, options: string, text: string): boolean =>
  parseFilter(sent({ a: new BSONRegExp(pattern, options) })).test(sent({ a: text }));

describe('MongoDB manual, "$regex": what PCRE means by a pattern', () => {
  test.each<readonly [pattern: string, options: string, text: string, matches: boolean]>([
    ['^acme', '', 'acme.com', true],
    ['^acme', '', 'ACME.com', false],
    ['^acme', 'i', 'ACME.com', true],
    ['a.c', '', 'a\nc', false],
    ['a.c', 's', 'a\nc', true],
    ['^b', '', 'a\nb', false],
    ['^b', 'm', 'a\nb', true],
    ['a$', '', 'a', true],
    ['a$', '', 'a\n', true],
    ['a$', '', 'a\n\n', false],
    ['a$|b$', '', 'b\n', true],
    ['(a$)', '', 'a\n', true],
    ['a$', '', 'a\nb', false],
    ['a$', 'm', 'a\nb', true],
    ['[$]', '', 'a$', true],
    ['\\$', '', 'a$', true],
    ['a\\z', '', 'a\n', false],
    ['a\\Z', '', 'a\n', true],
    ['a\\sb', '', 'a\x0bb', true],
    ['a\\Sb', '', 'a\x0bb', false],
    ['[\\s]', '', '\x0b', true],
    ['\\v', '', '\n', true],
    ['\\h', '', '\t', true],
    ['\\h', '', '\n', false],
    ['[]a]+$', '', ']a', true],
    ['[[:alpha:]]$', '', 'a', true],
    ['a b # said once\n c', 'x', 'abc', true],
    ['a b', 'x', 'a b', false],
    ['a\\ b', 'x', 'a b', true],
    ['[ ]', 'x', 'a b', true],
    ['\\Qa.b\\E', '', 'a.b', true],
    ['\\Qa.b\\E', '', 'axb', false],
    ['(*UTF)é', '', 'café', true],
    ['\\p{L}', '', 'é', true],
    ['\\w', '', 'é', false],
    ['\\d', '', '٣', false],
  ])('/%s/%s on %j: %j', (pattern, options, text, matches) => {
    expect(found(pattern, options, text)).toBe(matches);
  });

  test.each([
    ['a(?=b)', ''],
    ['a(?<!b)', ''],
    ['(a)\\1', ''],
    ['a++', ''],
    ['(?>a)', ''],
    ['a$b', ''],
    ['[\\S]', ''],
    ['(*UCP)a', ''],
    ['(', ''],
    ['a'.repeat(32_765), ''],
  ])('/%s/%s is refused with code 51091', (pattern, options) => {
    let refusal: unknown;
    try {
      found(pattern, options, '');
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(MongoError);
    expect((refusal as MongoError).code).toBe(51091);
  });

  test('options stand beside the pattern once', () => {
    const code = (filter: object): number => {
      try {
        parseFilter(sent(filter));
      } catch (error) {
        return (error as MongoError).code;
      }
      return 0;
    };
    const flagged = new BSONRegExp('a', 'i');
    expect(code({ a: { $regex: flagged, $options: 'm' } })).toBe(51075);
    expect(code({ a: { $options: 'm', $regex: flagged } })).toBe(51074);
    expect(code({ a: { $regex: 'a', $options: null } })).toBe(2);
    expect(code({ a: { $options: 'i' } })).toBe(2);
    expect(code({ a: { $regex: 'a', $options: 'I' } })).toBe(51108);
  });
});
