// How BSON values look inside the server. The type of a number must survive a round trip, so:
//   int32            -> number that fits 32 bits and is not -0
//   double           -> number outside that set, or Dbl when it has an integral 32-bit value
//   int64            -> bigint
//   Decimal128       -> Decimal

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
