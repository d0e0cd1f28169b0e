/** Of numbers in rising order, none of them missing: the two middle ones, which are one and the same for an odd count. */
export const middles = <Value>(sorted: ArrayLike<Value>): readonly [Value, Value] => [
  sorted[Math.ceil(sorted.length / 2) - 1]!,
  sorted[Math.floor(sorted.length / 2)]!,
];

/** 90th percentile by nearest rank, inclusive. */
export const ninetieth = <Value>(sorted: ArrayLike<Value>): Value => sorted[Math.ceil((sorted.length * 9) / 10) - 1]!;
