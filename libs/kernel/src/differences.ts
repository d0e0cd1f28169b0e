/** One place of a state that an event changed; a missing side means that the place was not there. */
export interface Difference {
  /** JSON pointer. */
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What differs between two JSON-like states. */
export function differences(left: unknown, right: unknown, pointer = ''): readonly Difference[] {
  const [before, after] = [plain(left), plain(right)];
  if (Object.is(before, after)) return [];
  if (isBranch(before) && isBranch(after) && Array.isArray(before) === Array.isArray(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => differences(before[name], after[name], `${pointer}/${escaped(name)}`));
  }
  return [
    {
      pointer,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

/** Maps keyed by text, as states hold them, read like objects; what says itself how it is in JSON is read like that. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value) as Readonly<Record<string, unknown>>;
  return isBranch(value) && typeof value['toJSON'] === 'function'
    ? (value['toJSON'] as () => unknown).call(value)
    : value;
}

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
