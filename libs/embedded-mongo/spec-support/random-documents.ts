import fc from 'fast-check';
import { Num, type Plain, type PlainDoc } from './slow-query.js';

// Few values, so that random documents often hold what a random question asks for.

export const NUMBER: fc.Arbitrary<Num> = fc
  .tuple(fc.integer({ min: -2, max: 4 }), fc.constantFrom<Num['as']>('int', 'long', 'double', 'decimal'))
  .map(([n, as]) => new Num(n, as));
export const SCALAR: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 5, arbitrary: NUMBER },
  { weight: 2, arbitrary: fc.constantFrom('', 'a', 'b', 'ba') },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.boolean() },
);
const INNER = fc.record({ b: fc.oneof(SCALAR, fc.array(SCALAR, { maxLength: 3 })), c: NUMBER }, { requiredKeys: [] });
export const ELEMENT: fc.Arbitrary<Plain> = fc.oneof(SCALAR, INNER, fc.array(NUMBER, { maxLength: 2 }));
export const DOCUMENT: fc.Arbitrary<PlainDoc> = fc.record(
  {
    a: fc.oneof(
      SCALAR,
      INNER,
      fc.array(ELEMENT, { maxLength: 4 }),
      fc.array(NUMBER, { minLength: 2, maxLength: 4 }),
      fc.array(fc.record({ b: NUMBER, c: NUMBER }), { minLength: 2, maxLength: 3 }),
    ),
    b: SCALAR,
    c: fc.oneof(SCALAR, fc.record({ d: SCALAR }, { requiredKeys: [] })),
  },
  { requiredKeys: [] },
);
