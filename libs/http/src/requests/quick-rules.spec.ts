import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { IsOptional, Matches, validateSync } from 'class-validator';
import fc from 'fast-check';
import {
  DateField,
  DecimalField,
  EnumField,
  FlagField,
  IdField,
  IntField,
  ListField,
  ObjectField,
  OffsetDateTimeField,
  SlugField,
  TextField,
} from '../doors/fields.js';
import { keepsRules } from './quick-rules.js';

class Plain {
  @SlugField('')
  slug: string;
  @TextField('', { maxLength: 5 })
  text: string;
  @IntField('', { min: 0, max: 9, optional: true })
  int?: number;
  @DecimalField('', { optional: true })
  decimal?: string;
  @DateField('', { optional: true })
  date?: string;
  @OffsetDateTimeField('', { optional: true })
  at?: string;
  @EnumField('', ['a', 'b'], { optional: true })
  either?: string;
  @FlagField('', { optional: true })
  flag?: boolean;
  @IdField('', { optional: true })
  id?: string;
}

class Below extends Plain {
  @IsOptional()
  @Matches(/^x+$/)
  own?: string;
}

class Nested {
  @TextField('')
  text: string;
  @ObjectField('', () => Plain, { optional: true })
  plain?: Plain;
}

class WithList {
  @ListField('', 'slug')
  slugs: string[];
}

const values = [
  ...[
    'a',
    'b',
    'xx',
    'too long a text',
    'A b',
    '',
    '7',
    '1.50',
    '2011-07-01',
    '2011-02-30',
    '2011-07-01T01:32:33-04:00',
  ],
  ...[0, 7, -1, 1.5, true, null, undefined, ['a'], { slug: 'a' }],
];
const fields = ['slug', 'text', 'int', 'decimal', 'date', 'at', 'either', 'flag', 'id', 'own', 'unknown'];
const document = fc.dictionary(fc.constantFrom(...fields), fc.constantFrom(...values), { maxKeys: 6 });
const fitting = fc.record(
  {
    slug: fc.constantFrom('a', 'b-c'),
    text: fc.constantFrom('a', 'b c'),
    int: fc.constantFrom(0, 9),
    date: fc.constant('2011-07-01'),
    flag: fc.boolean(),
    own: fc.constantFrom('x', 'y'),
  },
  { requiredKeys: ['slug', 'text'] },
);

const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true, stopAtFirstError: true };

describe('the quick question whether a document keeps the rules of its class', () => {
  it.each([Plain, Below])('is answered as by the validator: %p', (type) => {
    let kept = 0;
    fc.assert(
      fc.property(fc.oneof(document, fitting), (given) => {
        const errors = validateSync(plainToInstance(type, { ...given }, { exposeUnsetFields: false }), options);
        kept += errors.length === 0 ? 1 : 0;
        return keepsRules(type, given) === (errors.length === 0);
      }),
      { numRuns: 2_000, seed: 7 },
    );
    expect(kept).toBeGreaterThan(100);
  });

  it.each([
    [Nested, { text: 'a' }],
    [WithList, { slugs: ['a'] }],
    [class NoRules {}, {}],
  ])('is left to the validator where a class has more than rules of single fields: %p', (type, given) => {
    expect(keepsRules(type, given)).toBe(false);
  });
});
