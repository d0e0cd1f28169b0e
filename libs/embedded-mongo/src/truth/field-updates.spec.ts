import { Double, Int32, Long, type BSON } from 'mongodb';
import { decimal, isNumber, ONE_OF_EACH } from '../../spec-support/types.js';
import { outcome, typedDocument } from '../../spec-support/updates.js';

const ANY = [undefined, ...ONE_OF_EACH];
const holding = (value: unknown): BSON.Document => (value === undefined ? {} : { a: value });
const NINE = new Int32(9);

/** Every value, and none, under the operator with every operand: the document after it, or the code of the refusal. */
function everyPair(operator: string, wanted: (held: unknown, operand: unknown) => BSON.Document | number): void {
  for (const held of ANY) {
    for (const operand of ONE_OF_EACH) {
      const said = `${typedDocument(holding(held))} under ${operator} ${typedDocument({ operand })}`;
      const expected = wanted(held, operand);
      const found = outcome(holding(held), { [operator]: { a: operand } });
      expect([said, found]).toEqual([said, typeof expected === 'number' ? expected : typedDocument(expected)]);
    }
  }
}

const rank = (value: unknown): number => ONE_OF_EACH.indexOf(value);

describe('MongoDB manual, "Field Update Operators": every type under every type', () => {
  test('"$set": the operand takes the place of any value, or of none', () => {
    everyPair('$set', (_, operand) => ({ a: operand }));
  });

  test('"$setOnInsert": nothing happens to a document that is there; a new one takes the operand', () => {
    everyPair('$setOnInsert', (held) => holding(held));
    for (const operand of ONE_OF_EACH)
      expect(outcome({}, { $setOnInsert: { a: operand } }, true)).toBe(typedDocument({ a: operand }));
  });

  test('"$unset": the field goes, whatever it holds and whatever the operand is', () => {
    everyPair('$unset', () => ({}));
  });

  test('"$min": the lesser in the order of the types stays; a missing field takes the operand', () => {
    everyPair('$min', (held, operand) => ({
      a: held === undefined || rank(operand) < rank(held) ? operand : held,
    }));
  });

  test('"$max": the greater in the order of the types stays; a missing field takes the operand', () => {
    everyPair('$max', (held, operand) => ({
      a: held === undefined || rank(operand) > rank(held) ? operand : held,
    }));
  });

  test('"$inc": both must be numbers, and a missing field takes the operand', () => {
    const sums = new Map<string, unknown>();
    const sum = (a: unknown, b: unknown, result: unknown): void => {
      for (const [held, operand] of [
        [a, b],
        [b, a],
      ])
        sums.set(`${rank(held)} ${rank(operand)}`, result);
    };
    const [double, int, long, dec] = ONE_OF_EACH.slice(2, 6);
    sum(double, double, new Double(-3));
    sum(double, int, new Double(-0.5));
    sum(double, long, new Double(0.5));
    sum(double, dec, decimal('1.00000000000000'));
    sum(int, int, new Int32(2));
    sum(int, long, Long.fromNumber(3));
    sum(int, dec, decimal('3.50'));
    sum(long, long, Long.fromNumber(4));
    sum(long, dec, decimal('4.50'));
    sum(dec, dec, decimal('5.00'));
    everyPair('$inc', (held, operand) => {
      if (!isNumber(operand)) return 14;
      if (held === undefined) return { a: operand };
      return isNumber(held) ? { a: sums.get(`${rank(held)} ${rank(operand)}`) } : 14;
    });
  });

  test('"$currentDate": any value, or none, gives way to a date or a timestamp', () => {
    for (const held of ANY) {
      for (const [operand, type] of [
        [true, '$date'],
        [false, '$date'],
        [{ $type: 'date' }, '$date'],
        [{ $type: 'timestamp' }, '$timestamp'],
      ] as const)
        expect(outcome(holding(held), { $currentDate: { a: operand } })).toContain(`"a":{"${type}"`);
    }
    for (const operand of ONE_OF_EACH) {
      const code = typeof operand === 'boolean' ? undefined : 2;
      const found = outcome({}, { $currentDate: { a: operand } });
      expect(typeof found === 'number' ? found : undefined).toBe(code);
    }
  });
});

describe('MongoDB manual, "$inc", "$min", "$max": the edges of the numbers', () => {
  test.each<readonly [held: unknown, change: BSON.Document, after: unknown]>([
    [new Int32(2147483647), { $inc: { a: new Int32(1) } }, Long.fromNumber(2147483648)],
    [new Int32(-2147483648), { $inc: { a: new Int32(-1) } }, Long.fromNumber(-2147483649)],
    [Long.MAX_VALUE, { $inc: { a: new Int32(1) } }, 2],
    [Long.MIN_VALUE, { $inc: { a: Long.fromNumber(-1) } }, 2],
    [Long.MAX_VALUE, { $inc: { a: new Double(1) } }, { a: new Double(2 ** 63) }],
    [new Double(Infinity), { $inc: { a: new Double(-Infinity) } }, { a: new Double(NaN) }],
    [new Double(0.1), { $inc: { a: new Double(0.2) } }, { a: new Double(0.30000000000000004) }],
    [decimal('0.1'), { $inc: { a: decimal('0.2') } }, { a: decimal('0.3') }],
    [new Int32(1), { $min: { a: new Double(1) } }, { a: new Int32(1) }],
    [new Double(1), { $max: { a: Long.ONE } }, { a: new Double(1) }],
    [new Double(NaN), { $min: { a: new Int32(-5) } }, { a: new Double(NaN) }],
    [new Int32(-5), { $min: { a: new Double(NaN) } }, { a: new Double(NaN) }],
    [new Double(NaN), { $max: { a: new Int32(-5) } }, { a: new Int32(-5) }],
    [[1, 5], { $min: { a: [1, 4] } }, { a: [1, 4] }],
    [[1, 5], { $max: { a: [2] } }, { a: [2] }],
    [[1, 5], { $min: { a: new Int32(0) } }, { a: new Int32(0) }],
    [{ b: 1, c: 2 }, { $max: { a: { c: 0 } } }, { a: { c: 0 } }],
  ])('%j under %j', (held, change, after) => {
    const expected = typeof after === 'number' ? after : after instanceof Long ? { a: after } : after;
    expect(outcome({ a: held }, change)).toBe(
      typeof expected === 'number' ? expected : typedDocument(expected as BSON.Document),
    );
  });
});

/** What stands at the path, and the document with something else there; nothing when the path leads nowhere. */
type Shape = readonly [before: BSON.Document, path: string, held: unknown, after?: (value: unknown) => BSON.Document];
const SHAPES: readonly Shape[] = [
  [{}, 'a.b', undefined, (v) => ({ a: { b: v } })],
  [{}, 'a.0', undefined, (v) => ({ a: { '0': v } })],
  [{ a: {} }, 'a.b.c', undefined, (v) => ({ a: { b: { c: v } } })],
  [{ a: { b: 4, c: 1 } }, 'a.b', 4, (v) => ({ a: { b: v, c: 1 } })],
  [{ a: { '0': 4 } }, 'a.0', 4, (v) => ({ a: { '0': v } })],
  [{ a: null }, 'a.b', undefined],
  [{ a: 5 }, 'a.b', undefined],
  [{ a: 'x' }, 'a.0', undefined],
  [{ a: [] }, 'a.b', undefined],
  [{ a: [{ b: 4 }] }, 'a.b', undefined],
  [{ a: [] }, 'a.0', undefined, (v) => ({ a: [v] })],
  [{ a: [] }, 'a.2', undefined, (v) => ({ a: [null, null, v] })],
  [{ a: [] }, 'a.1.b', undefined, (v) => ({ a: [null, { b: v }] })],
  [{ a: [3, 4] }, 'a.1', 4, (v) => ({ a: [3, v] })],
  [{ a: [{ b: 4 }] }, 'a.0.b', 4, (v) => ({ a: [{ b: v }] })],
  [{ a: [{}] }, 'a.0.b', undefined, (v) => ({ a: [{ b: v }] })],
  [{ a: [1] }, 'a.0.b', undefined],
  [{ a: [null] }, 'a.0.b', undefined],
  [{ a: [[4]] }, 'a.0.0', 4, (v) => ({ a: [[v]] })],
  [{ a: [[4], { b: [3, 4] }] }, 'a.1.b.1', 4, (v) => ({ a: [[4], { b: [3, v] }] })],
];

describe('MongoDB manual, "Update Operators": dotted paths into documents and arrays', () => {
  test.each<readonly [operator: string, wanted: (held: unknown) => unknown]>([
    ['$set', () => NINE],
    ['$setOnInsert', () => NINE],
    ['$inc', (held) => new Int32(held === undefined ? 9 : 13)],
    ['$min', (held) => (held === undefined ? NINE : new Int32(4))],
    ['$max', () => NINE],
    ['$push', (held) => (held === undefined ? [9] : 2)],
    ['$addToSet', (held) => (held === undefined ? [9] : 2)],
  ])('%s makes what is missing of a path, and refuses to lead it through a value', (operator, wanted) => {
    for (const [before, path, held, after] of SHAPES) {
      const said = `${JSON.stringify(before)} at ${path}`;
      const value = wanted(held);
      const expected = after === undefined ? 28 : typeof value === 'number' ? value : typedDocument(after(value));
      expect([said, outcome(before, { [operator]: { [path]: NINE } }, true)]).toEqual([said, expected]);
    }
  });

  test.each(['$unset', '$pull'])('%s leaves a document alone whose path leads nowhere', (operator) => {
    for (const [before, path, held] of SHAPES) {
      if (held !== undefined) continue;
      expect(outcome(before, { [operator]: { [path]: NINE } })).toBe(typedDocument(before));
    }
  });

  test.each<readonly [before: BSON.Document, path: string, after: BSON.Document]>([
    [{ a: { b: 4, c: 1 } }, 'a.b', { a: { c: 1 } }],
    [{ a: { b: 4 } }, 'a.b', { a: {} }],
    [{ a: [3, 4] }, 'a.1', { a: [3, null] }],
    [{ a: [3, 4] }, 'a.0', { a: [null, 4] }],
    [{ a: [{ b: 4 }] }, 'a.0.b', { a: [{}] }],
    [{ a: [[4]] }, 'a.0.0', { a: [[null]] }],
  ])('$unset in %j at %s: a field goes, an element becomes null', (before, path, after) => {
    expect(outcome(before, { $unset: { [path]: '' } })).toBe(typedDocument(after));
  });
});
