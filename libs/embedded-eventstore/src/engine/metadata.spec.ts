import fc from 'fast-check';
import { jsonMembers, NO_METADATA, parseMetadata, withTruncateBefore } from './metadata.js';

describe('Stream metadata', () => {
  it('given the largest $tb, when it is read, then the stream is soft-deleted, and only then', () => {
    expect(parseMetadata('{"$tb":9223372036854775807}').softDeleted).toBe(true);
    expect(parseMetadata('{"$tb":9223372036854775806}').softDeleted).toBe(false);
    expect(parseMetadata('{"$tb":9223372036854776000}')).toEqual(NO_METADATA);
  });

  it.each([
    ['{"$maxCount":3,"$tb":2,"$maxAge":60}', { maxCount: 3, truncateBefore: 2, maxAgeSeconds: 60, softDeleted: false }],
    ['{"$maxCount":0,"$tb":2}', { ...NO_METADATA, truncateBefore: 2 }],
    ['{"$maxCount":2.5,"$tb":2}', NO_METADATA],
    ['{"$maxCount":"2","$tb":2}', NO_METADATA],
    [
      '{"$acl":{"$r":"all","$w":["a"]},"$tb":2}',
      { ...NO_METADATA, truncateBefore: 2, acl: { read: ['all'], write: ['a'] } },
    ],
    ['{"$acl":{"$x":"all"},"$tb":2}', NO_METADATA],
    ['{"deep":{"$tb":9,"list":["}",{"$tb":8}]},"$tb":2}', { ...NO_METADATA, truncateBefore: 2 }],
    ['[1]', NO_METADATA],
    ['{{{', NO_METADATA],
  ])('given %s, when it is read, then what counts is as in EventStoreDB', (text, expected) => {
    expect(parseMetadata(text)).toEqual(expected);
  });

  it('given any JSON object, when its members are listed, then they are those that JSON.parse finds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const members = jsonMembers(text) ?? [];
        const entries = members.map(([key, source]): [string, unknown] => [key, JSON.parse(source)]);
        expect(Object.fromEntries(entries)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('given a deleted stream that is written again, when $tb is changed, then all else is kept as it was written', () => {
    const text = '{"$tb":9223372036854775807,"big":12345678901234567890,"a":{"b":[1, 2]}}';
    expect(withTruncateBefore(text, 3)).toBe('{"$tb":3,"big":12345678901234567890,"a":{"b":[1, 2]}}');
    expect(withTruncateBefore('', 3)).toBe('{"$tb":3}');
    expect(withTruncateBefore('no json', 3)).toBeUndefined();
  });
});
