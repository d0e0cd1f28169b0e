import { decodeArray, decodeFields } from './decode.js';
import { encodeDoc } from './encode.js';

// How BSON values look inside the server. The type of a number must survive a round trip, so:
//   int32            -> number that fits 32 bits and is not -0
//   double           -> number outside that set, or Dbl when it has an integral 32-bit value
//   int64            -> bigint
//   Decimal128       -> Decimal
// Documents and arrays are parsed on first touch: what nobody looks at is copied as bytes.

export class Dbl {
  constructor(readonly value: number) {}
}

export class Decimal {
  constructor(readonly bytes: Buffer) {}
}

export class Oid {
  constructor(readonly bytes: Buffer) {}
}

export class Bin {
  constructor(
    readonly subtype: number,
    readonly bytes: Buffer,
  ) {}
}

export class DateTime {
  constructor(readonly ms: bigint) {}
}

export class Timestamp {
  constructor(readonly value: bigint) {}
}

export class Regex {
  constructor(
    readonly pattern: string,
    readonly options: string,
  ) {}
}

/** MinKey, MaxKey, undefined, symbol, JavaScript code, DBPointer: kept, ordered, never interpreted. */
export class Rare {
  constructor(
    readonly type: number,
    readonly bytes: Buffer,
  ) {}
}

export class Doc {
  private parsed: Map<string, Value> | undefined;

  constructor(
    private raw: Buffer | undefined,
    fields?: Map<string, Value>,
  ) {
    this.parsed = fields;
  }

  static of(entries: Iterable<readonly [string, Value]>): Doc {
    return new Doc(undefined, new Map(entries));
  }

  get fields(): ReadonlyMap<string, Value> {
    return (this.parsed ??= decodeFields(this.raw ?? Buffer.alloc(0)));
  }

  /** The bytes when they exist already. */
  get rawBytes(): Buffer | undefined {
    return this.raw;
  }

  get bytes(): Buffer {
    return (this.raw ??= encodeDoc(this.fields));
  }

  get(name: string): Value | undefined {
    return this.fields.get(name);
  }
}

export class Arr {
  private parsed: Value[] | undefined;

  constructor(
    private raw: Buffer | undefined,
    items?: Value[],
  ) {
    this.parsed = items;
  }

  static of(items: Value[]): Arr {
    return new Arr(undefined, items);
  }

  get items(): readonly Value[] {
    return (this.parsed ??= decodeArray(this.raw ?? Buffer.alloc(0)));
  }

  get rawBytes(): Buffer | undefined {
    return this.raw;
  }
}

export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Dbl
  | Decimal
  | Oid
  | Bin
  | DateTime
  | Timestamp
  | Regex
  | Rare
  | Doc
  | Arr;

export type NumericValue = number | bigint | Dbl | Decimal;

export const BSON_TYPE = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: 255,
  maxKey: 127,
} as const;

const NOTHING = Buffer.alloc(0);
export const UNDEFINED = new Rare(BSON_TYPE.undefined, NOTHING);
export const MIN_KEY = new Rare(BSON_TYPE.minKey, NOTHING);
export const MAX_KEY = new Rare(BSON_TYPE.maxKey, NOTHING);

export function isInt32(value: number): boolean {
  return (value | 0) === value && (value !== 0 || 1 / value > 0);
}

export function double(value: number): number | Dbl {
  return isInt32(value) ? new Dbl(value) : value;
}

export function isNumeric(value: Value | undefined): value is NumericValue {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Dbl || value instanceof Decimal;
}

export function bsonTypeOf(value: Value): number {
  switch (typeof value) {
    case 'string':
      return BSON_TYPE.string;
    case 'number':
      return isInt32(value) ? BSON_TYPE.int : BSON_TYPE.double;
    case 'bigint':
      return BSON_TYPE.long;
    case 'boolean':
      return BSON_TYPE.bool;
  }
  if (value === null) return BSON_TYPE.null;
  if (value instanceof Doc) return BSON_TYPE.object;
  if (value instanceof Arr) return BSON_TYPE.array;
  if (value instanceof Oid) return BSON_TYPE.objectId;
  if (value instanceof DateTime) return BSON_TYPE.date;
  if (value instanceof Dbl) return BSON_TYPE.double;
  if (value instanceof Decimal) return BSON_TYPE.decimal;
  if (value instanceof Bin) return BSON_TYPE.binData;
  if (value instanceof Timestamp) return BSON_TYPE.timestamp;
  if (value instanceof Regex) return BSON_TYPE.regex;
  return value.type;
}

const TYPE_NAMES = new Map<number, string>(Object.entries(BSON_TYPE).map(([name, type]) => [type, name]));

export function typeNameOf(value: Value | undefined): string {
  return value === undefined ? 'missing' : (TYPE_NAMES.get(bsonTypeOf(value)) ?? 'unknown');
}
