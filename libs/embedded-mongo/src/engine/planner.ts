import { encodeKey, HIGH, typeRange } from '../codec/key.js';
import { Arr, MAX_KEY, MIN_KEY, Regex, UNDEFINED, type Value } from '../codec/values.js';
import type { Collection } from './collection.js';
import { implies } from './implication.js';
import type { Index } from './index-definition.js';
import type { Conjunct, Filter } from './matcher.js';
import { MemoryAllowance } from './memory-allowance.js';
import { parsed, type Stored } from './records.js';
import { sortBy, type SortField } from './sort.js';

type Range = readonly [low: string, high: string];

export interface IndexPlan {
  readonly index: Index;
  readonly ranges: readonly Range[];
  readonly reverse: boolean;
  readonly sorted: boolean;
}

export interface Plan {
  /** undefined means reading the whole collection; several mean one for each branch of an $or. */
  readonly scans: readonly IndexPlan[] | undefined;
  readonly needsSort: boolean;
}

/** Of the products of several $in lists; one list alone may be as long as it likes. */
const MAX_RANGES = 2000;

interface FieldBounds {
  readonly ranges: readonly Range[];
  readonly points: boolean;
  readonly excludesMissing: boolean;
}

function usable(value: Value): boolean {
  return !(
    value instanceof Arr ||
    value instanceof Regex ||
    value === UNDEFINED ||
    value === MIN_KEY ||
    value === MAX_KEY
  );
}

function point(value: Value, descending: boolean): Range[] {
  const key = encodeKey(value, descending);
  const own: Range = [key, key + HIGH];
  if (value !== null) return [own];
  const gone = encodeKey(UNDEFINED, descending);
  return [own, [gone, gone + HIGH]];
}

/** Bounds of one comparison. An inverted key turns round, and its type's bound is the next rank, not a suffix. */
export function comparison(conjunct: Conjunct, descending: boolean): Range {
  const value = conjunct.operands[0] as Value;
  const upward = conjunct.operator === '$gt' || conjunct.operator === '$gte';
  const inclusive = conjunct.operator === '$gte' || conjunct.operator === '$lte';
  const key = encodeKey(value, descending);
  const [typeLow, typeHigh] = typeRange(value, descending);
  if (upward !== descending) return [inclusive ? key : key + HIGH, typeHigh];
  return [typeLow, inclusive ? key + HIGH : key];
}

function fieldBounds(conjuncts: readonly Conjunct[], descending: boolean, multikey: boolean): FieldBounds | undefined {
  const candidates: FieldBounds[] = [];
  let low = '';
  let high = HIGH;
  let bounded = false;
  for (const conjunct of conjuncts) {
    if (conjunct.operator === '$exists' || !conjunct.operands.every(usable)) continue;
    const hasNull = conjunct.operands.includes(null);
    if (conjunct.operator === '$eq' || conjunct.operator === '$in') {
      const ranges = conjunct.operands.flatMap((value) => point(value, descending));
      candidates.push({ ranges: distinct(ranges), points: true, excludesMissing: !hasNull });
    } else if (!hasNull) {
      const range = comparison(conjunct, descending);
      if (multikey && bounded) continue;
      bounded = true;
      if (range[0] > low) low = range[0];
      if (range[1] < high) high = range[1];
    }
  }
  if (bounded) candidates.push({ ranges: low < high ? [[low, high]] : [], points: false, excludesMissing: true });
  candidates.sort((a, b) => Number(b.points) - Number(a.points) || a.ranges.length - b.ranges.length);
  return candidates[0];
}

function distinct(ranges: readonly Range[]): Range[] {
  const seen = new Map(ranges.map((range) => [range[0], range]));
  return [...seen.values()].sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

interface Bounded {
  readonly ranges: readonly Range[];
  /** How many leading fields are held to exactly one value: a sort may skip them. */
  readonly fixed: number;
  readonly fields: number;
  readonly excludesMissing: boolean;
}

function bounds(index: Index, conjuncts: readonly Conjunct[]): Bounded {
  let ranges: readonly Range[] = [['', HIGH]];
  let fixed = 0;
  let fields = 0;
  let excludesMissing = false;
  let arrayFieldBounded = false;
  for (const [i, field] of index.definition.fields.entries()) {
    const own = conjuncts.filter((conjunct) => conjunct.path === field.name);
    const multikey = index.multikey[i] === true;
    // Two conditions on one array may be met by different elements: only the first may narrow the scan.
    if (multikey && arrayFieldBounded) break;
    const next = fieldBounds(own, field.descending, multikey);
    if (!next || (fields > 0 && next.ranges.length * ranges.length > MAX_RANGES)) break;
    arrayFieldBounded ||= multikey;
    const prefixes = fields === 0 ? [''] : ranges.map(([low]) => low);
    ranges = prefixes.flatMap((prefix) => next.ranges.map(([low, high]): Range => [prefix + low, prefix + high]));
    fields++;
    excludesMissing ||= next.excludesMissing;
    if (!next.points) break;
    if (fixed === i && next.ranges.length === 1) fixed++;
  }
  return { ranges, fixed, fields, excludesMissing };
}

/** Whether reading the index in one direction yields the sort; the answer is that direction. */
function sortDirection(index: Index, sort: readonly SortField[], fixed: number): 'forward' | 'backward' | undefined {
  if (sort.length === 0 || index.multikey.includes(true)) return undefined;
  const { fields } = index.definition;
  const isFixed = (name: string): boolean => fields.slice(0, fixed).some((field) => field.name === name);
  const wanted = sort.filter((field) => !isFixed(field.name));
  let reverse: boolean | undefined;
  for (const [i, field] of wanted.entries()) {
    const own = fields[fixed + i];
    if (!own || own.name !== field.name) return undefined;
    const turned = own.descending !== field.descending;
    if (reverse !== undefined && reverse !== turned) return undefined;
    reverse = turned;
  }
  return reverse ? 'backward' : 'forward';
}

interface Candidate {
  readonly plan: IndexPlan;
  readonly cost: number;
}

function candidate(index: Index, filter: Filter, sort: readonly SortField[], wanted: number): Candidate | undefined {
  const { ranges, fixed, fields, excludesMissing } = bounds(index, filter.conjuncts);
  const direction = sortDirection(index, sort, fixed);
  if (fields === 0 && !direction) return undefined;
  const { sparse, partial } = index.definition;
  if (sparse && !excludesMissing) return undefined;
  if (partial && !implies(filter.conjuncts, partial.filter.conjuncts)) return undefined;
  const keys = ranges.reduce((sum, [low, high]) => sum + index.keys.estimate(low, high), 0);
  const sorted = direction !== undefined || sort.length === 0;
  // A sorted scan may stop early; an unsorted one reads everything and sorts it.
  const stops = sorted && fields > 0 ? Math.min(keys, Math.max(wanted * 4, 1)) : keys;
  const cost = sorted ? stops : keys * 2 + 10;
  return { plan: { index, ranges, reverse: direction === 'backward', sorted }, cost: cost + 1 / (fields + 1) };
}

function best(
  collection: Collection,
  filter: Filter,
  sort: readonly SortField[],
  wanted: number,
): IndexPlan | undefined {
  let chosen: Candidate | undefined;
  for (const index of collection.indexes) {
    const next = candidate(index, filter, sort, wanted);
    if (next && (!chosen || next.cost < chosen.cost)) chosen = next;
  }
  return chosen?.plan;
}

/** One `_id` is one document at most: no other index can do better. */
function byId({ idIndex }: Collection, filter: Filter): IndexPlan | undefined {
  const id = filter.conjuncts.find(({ path, operator }) => path === '_id' && operator === '$eq')?.operands[0];
  if (id === undefined || id === null || !usable(id)) return undefined;
  return { index: idIndex, ranges: point(id, false), reverse: false, sorted: true };
}

export interface Query {
  readonly filter: Filter;
  readonly sort: readonly SortField[];
  readonly skip: number;
  readonly limit: number;
  readonly hint?: Index | 'natural';
  /** Refuses to sort more than fits into the memory of a sort: the query was told not to use the disk. */
  readonly sortsInMemory?: boolean;
}

export function choosePlan(collection: Collection, query: Query): Plan {
  const { filter, sort, hint } = query;
  const wanted = query.limit > 0 ? query.skip + query.limit : Infinity;
  if (hint === 'natural') return { scans: undefined, needsSort: sort.length > 0 };
  if (hint) {
    const plan = candidate(hint, filter, sort, wanted)?.plan ?? fullScan(hint);
    return { scans: [plan], needsSort: sort.length > 0 && !plan.sorted };
  }
  const single = byId(collection, filter) ?? best(collection, filter, sort, wanted);
  if (single) return { scans: [single], needsSort: sort.length > 0 && !single.sorted };
  const branches = filter.branches?.map((branch) => best(collection, branch, [], Infinity));
  if (branches?.every((plan) => plan !== undefined)) return { scans: branches, needsSort: sort.length > 0 };
  return { scans: undefined, needsSort: sort.length > 0 };
}

/** An index may be asked for although it leaves documents out; then they are not found, as in MongoDB. */
function fullScan(index: Index): IndexPlan {
  return { index, ranges: [['', HIGH]], reverse: false, sorted: false };
}

function* candidates(collection: Collection, plan: Plan): Generator<Stored> {
  if (!plan.scans) return yield* collection.records.values();
  const once = plan.scans.length > 1 || plan.scans.some((scan) => scan.index.multikey.includes(true));
  const seen = new Set<number>();
  for (const { index, ranges, reverse } of plan.scans) {
    for (const [low, high] of reverse ? [...ranges].reverse() : ranges) {
      for (const rid of index.scan(low, high, reverse)) {
        if (once) {
          if (seen.has(rid)) continue;
          seen.add(rid);
        }
        const stored = collection.records.get(rid);
        if (stored) yield stored;
      }
    }
  }
}

export interface Found {
  readonly matches: Stored[];
  readonly examined: number;
  /** Whether reading the last match tells that it is the last: a scan has to look further first. */
  readonly endIsKnown: boolean;
}

/** MongoDB counts the documents that a sort holds, which is no more of them than are asked for. */
function refuseLargeSort(sorted: readonly Stored[]): void {
  const memory = new MemoryAllowance('Sort');
  for (const { raw } of sorted) memory.spend(raw.length);
}

/** All matches, in order, as immutable versions: later writes do not reach them. */
export function execute(collection: Collection, query: Query, plan = choosePlan(collection, query)): Found {
  const enough = plan.needsSort || query.limit === 0 ? Infinity : query.skip + query.limit;
  let matches: Stored[] = [];
  let examined = 0;
  for (const stored of candidates(collection, plan)) {
    examined++;
    if (!query.filter.test(parsed(stored))) continue;
    matches.push(stored);
    if (matches.length >= enough) break;
  }
  if (plan.needsSort) matches = sortBy(matches, parsed, query.sort);
  const end = query.limit > 0 ? query.skip + query.limit : undefined;
  const endIsKnown = plan.needsSort || (end !== undefined && matches.length >= end);
  if (plan.needsSort && query.sortsInMemory) refuseLargeSort(matches.slice(0, end));
  if (query.skip > 0 || end !== undefined) matches = matches.slice(query.skip, end);
  return { matches, examined, endIsKnown };
}
