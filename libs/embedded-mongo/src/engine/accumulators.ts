import { compareValues } from '../codec/compare.js';
import { addDecimal, divideDecimal } from '../codec/decimal.js';
import { encodeKey } from '../codec/key.js';
import {
  Arr,
  Dbl,
  Decimal,
  double,
  isInt32,
  isNumeric,
  UNDEFINED,
  type NumericValue,
  type Value,
  valueBytes,
} from '../codec/values.js';
import { MemoryAllowance } from './memory-allowance.js';

export interface Accumulator {
  add(value: Value | undefined): void;
  result(): Value;
}

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** Sums exactly: integers as big integers, doubles with their rounding errors kept, decimals apart. */
class Total {
  private integers = 0n;
  /** The sum of int32 values, exact below 2^53; big integers cost a multiple of it. */
  private small = 0;
  private doubles = 0;
  private lost = 0;
  private decimal: Decimal | undefined;
  private sawDouble = false;
  private sawLong = false;
  count = 0;

  add(value: NumericValue): void {
    this.count++;
    if (value instanceof Decimal) {
      this.decimal = this.decimal ? addDecimal(this.decimal, value) : value;
    } else if (typeof value === 'bigint') {
      this.sawLong = true;
      this.integers += value;
    } else if (value instanceof Dbl || !isInt32(value)) {
      this.sawDouble = true;
      this.addDouble(value instanceof Dbl ? value.value : value);
    } else {
      this.small += value;
      if (Math.abs(this.small) > 2 ** 52) this.carry();
    }
  }

  private carry(): void {
    this.integers += BigInt(this.small);
    this.small = 0;
  }

  private addDouble(value: number): void {
    const sum = this.doubles + value;
    if (Number.isFinite(sum)) {
      const back = sum - this.doubles;
      this.lost += this.doubles - (sum - back) + (value - back);
    }
    this.doubles = sum;
  }

  value(): NumericValue {
    this.carry();
    if (this.decimal) {
      let sum = this.decimal;
      if (this.integers !== 0n) sum = addDecimal(sum, this.integers);
      return this.sawDouble ? addDecimal(sum, double(this.doubles + this.lost)) : sum;
    }
    if (this.sawDouble) return double(this.asDouble());
    if (this.integers < INT64_MIN || this.integers > INT64_MAX) return double(Number(this.integers));
    const small = Number(this.integers);
    return !this.sawLong && isInt32(small) ? small : this.integers;
  }

  private asDouble(): number {
    return this.doubles + (this.lost + Number(this.integers));
  }

  average(): Value {
    if (this.count === 0) return null;
    const total = this.value();
    // The server adds the sum of what is no decimal, 0 at least, which brings a positive exponent down.
    if (total instanceof Decimal) return divideDecimal(addDecimal(total, 0), this.count);
    return double((this.sawDouble ? this.asDouble() : Number(this.integers)) / this.count);
  }
}

function isPresent(value: Value | undefined): value is Value {
  return value !== undefined && value !== null && value !== UNDEFINED;
}

function totalling(result: (total: Total) => Value): () => Accumulator {
  return () => {
    const total = new Total();
    return {
      add: (value) => {
        if (isNumeric(value)) total.add(value);
      },
      result: () => result(total),
    };
  };
}

function extreme(sign: number): () => Accumulator {
  return () => {
    let best: Value | undefined;
    return {
      add: (value) => {
        if (isPresent(value) && (best === undefined || sign * compareValues(value, best) > 0)) best = value;
      },
      result: () => best ?? null,
    };
  };
}

function edge(keepsFirst: boolean): () => Accumulator {
  return () => {
    let seen = false;
    let kept: Value = null;
    return {
      add: (value) => {
        if (keepsFirst && seen) return;
        seen = true;
        kept = value ?? null;
      },
      result: () => kept,
    };
  };
}

function push(): Accumulator {
  const items: Value[] = [];
  const memory = new MemoryAllowance('$push');
  return {
    add: (value) => {
      if (value === undefined) return;
      memory.spend(valueBytes(value).length);
      items.push(value);
    },
    result: () => Arr.of(items),
  };
}

function addToSet(): Accumulator {
  const items = new Map<string, Value>();
  const memory = new MemoryAllowance('$addToSet');
  return {
    add: (value) => {
      if (value === undefined) return;
      const key = encodeKey(value);
      if (items.has(key)) return;
      memory.spend(valueBytes(value).length);
      items.set(key, value);
    },
    result: () => Arr.of([...items.values()]),
  };
}

export const ACCUMULATORS: ReadonlyMap<string, () => Accumulator> = new Map<string, () => Accumulator>([
  ['$sum', totalling((total) => total.value())],
  ['$avg', totalling((total) => total.average())],
  ['$count', totalling((total) => total.value())],
  ['$min', extreme(-1)],
  ['$max', extreme(1)],
  ['$first', edge(true)],
  ['$last', edge(false)],
  ['$push', push],
  ['$addToSet', addToSet],
]);
