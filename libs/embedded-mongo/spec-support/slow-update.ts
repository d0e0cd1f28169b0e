import { compare, matches, Num, type Plain, type PlainDoc } from './slow-query.js';

// A second, slow implementation of update operators over plain values, written from the manual without a look at the
// engine.

export interface Change {
  readonly operator: '$set' | '$unset' | '$inc' | '$min' | '$max' | '$push' | '$addToSet' | '$pull';
  readonly path: string;
  readonly operand: Plain;
  /** Of $push: where, and how many stay; the operand is then the list of what is added. */
  readonly modifiers?: { readonly position?: number | undefined; readonly slice?: number | undefined };
}

class Refused extends Error {
  constructor(readonly code: number) {
    super(`code ${code}`);
  }
}

type Holder = Plain[] | { [field: string]: Plain };
type Making = (held: Plain | undefined) => Plain | undefined;

const isDocument = (value: Plain | undefined): value is PlainDoc =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Num);

function copied(value: Plain): Plain {
  if (Array.isArray(value)) return (value as Plain[]).map(copied);
  if (!isDocument(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copied(item)]));
}

function place(holder: Holder, name: string, value: Plain | undefined): void {
  if (!Array.isArray(holder)) {
    if (value === undefined) delete holder[name];
    else holder[name] = value;
    return;
  }
  const at = Number(name);
  if (value === undefined && at >= holder.length) return;
  while (holder.length < at) holder.push(null);
  holder[at] = value ?? null;
}

function changeAt(holder: Holder, [name, ...rest]: readonly string[], creates: boolean, make: Making): void {
  if (name === undefined) return;
  if (Array.isArray(holder) && !/^\d+$/.test(name)) {
    if (creates) throw new Refused(28);
    return;
  }
  const held = Array.isArray(holder) ? holder[Number(name)] : holder[name];
  if (rest.length === 0) {
    place(holder, name, make(held));
  } else if (Array.isArray(held) || isDocument(held)) {
    changeAt(held as Holder, rest, creates, make);
  } else if (held === undefined) {
    if (!creates) return;
    const made: Holder = {};
    changeAt(made, rest, creates, make);
    place(holder, name, made);
  } else if (creates) throw new Refused(28);
}

const WIDER = ['int', 'long', 'double', 'decimal'] as const;

function sum(a: Num, b: Num): Num {
  return new Num(a.n + b.n, WIDER[Math.max(WIDER.indexOf(a.as), WIDER.indexOf(b.as))]!);
}

function listIn(held: Plain | undefined): Plain[] {
  if (held === undefined) return [];
  if (Array.isArray(held)) return held as Plain[];
  throw new Refused(2);
}

function isPulled(item: Plain, operand: Plain): boolean {
  if (!isDocument(operand)) return compare(item, operand) === 0;
  const bound = operand['$gte'];
  if (bound !== undefined) {
    const condition = { path: 'item', operator: '$gte', operands: [bound] } as const;
    return matches({ item }, { kind: 'condition', condition });
  }
  if (!isDocument(item)) return false;
  return Object.entries(operand).every(([path, value]) =>
    matches(item, { kind: 'condition', condition: { path, operator: '$eq', operands: [value] } }),
  );
}

function pushed(held: Plain | undefined, { operand, modifiers }: Change): Plain {
  const list = [...listIn(held)];
  if (!modifiers) return [...list, operand];
  const { position = list.length, slice } = modifiers;
  list.splice(position, 0, ...(operand as Plain[]));
  if (slice === undefined) return list;
  if (slice === 0) return [];
  return slice > 0 ? list.slice(0, slice) : list.slice(slice);
}

function making(change: Change): Making {
  const { operator, operand } = change;
  switch (operator) {
    case '$set':
      return () => copied(operand);
    case '$unset':
      return () => undefined;
    case '$inc':
      return (held) => {
        if (held === undefined) return operand;
        if (!(held instanceof Num)) throw new Refused(14);
        return sum(held, operand as Num);
      };
    case '$min':
      return (held) => (held === undefined || compare(operand, held) < 0 ? copied(operand) : held);
    case '$max':
      return (held) => (held === undefined || compare(operand, held) > 0 ? copied(operand) : held);
    case '$push':
      return (held) => pushed(held, change);
    case '$addToSet':
      return (held) => {
        const list = listIn(held);
        return list.some((item) => compare(item, operand) === 0) ? list : [...list, operand];
      };
    case '$pull':
      return (held) => (held === undefined ? held : listIn(held).filter((item) => !isPulled(item, operand)));
  }
}

/** The document after the changes, or the code of the refusal. */
export function slowUpdate(document: PlainDoc, changes: readonly Change[]): PlainDoc | number {
  const within = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`);
  for (const [i, { path }] of changes.entries()) {
    for (const other of changes.slice(i + 1)) if (within(path, other.path) || within(other.path, path)) return 40;
  }
  const after = copied(document) as { [field: string]: Plain };
  try {
    for (const change of [...changes].sort((a, b) => (a.path < b.path ? -1 : 1))) {
      const creates = change.operator !== '$unset' && change.operator !== '$pull';
      changeAt(after, change.path.split('.'), creates, making(change));
    }
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
  return after;
}
