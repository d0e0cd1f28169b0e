import { doc } from '../codec/plain.js';
import { Arr, Bin, DateTime, Doc, isNumeric, type Value } from '../codec/values.js';
import { toNumber } from '../codec/decimal.js';
import { MongoError } from './errors.js';
import type { Unit } from './unit.js';

/** What a statement of a retryable write answered, so that its retry answers the same and does nothing. */
export interface Outcome {
  readonly n: number;
  readonly modified: number;
  readonly upserted?: Value;
  readonly reply?: Doc;
}

interface Entry {
  readonly transaction: bigint;
  readonly at: number;
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

const SESSION_LIFETIME = 30 * 60 * 1000;
const PRUNE_ABOVE = 1000;

function encode(entry: Entry): Buffer {
  const counts = Buffer.alloc(entry.outcomes.size * 12);
  const details: Doc[] = [];
  let at = 0;
  for (const [statement, outcome] of entry.outcomes) {
    at = counts.writeInt32LE(statement, at);
    at = counts.writeInt32LE(outcome.n, at);
    at = counts.writeInt32LE(outcome.modified, at);
    if (outcome.upserted === undefined && !outcome.reply) continue;
    details.push(doc({ statement, upserted: outcome.upserted, reply: outcome.reply }));
  }
  return doc({
    transaction: entry.transaction,
    at: new DateTime(BigInt(entry.at)),
    counts: new Bin(0, counts),
    details,
  }).bytes;
}

function decode(raw: Buffer): Entry {
  const stored = new Doc(raw);
  const [transaction, at, counts, details] = ['transaction', 'at', 'counts', 'details'].map((name) => stored.get(name));
  if (
    typeof transaction !== 'bigint' ||
    !(at instanceof DateTime) ||
    !(counts instanceof Bin) ||
    !(details instanceof Arr)
  ) {
    throw new Error('The stored retry table is damaged');
  }
  const outcomes = new Map<number, Outcome>();
  for (let i = 0; i < counts.bytes.length; i += 12) {
    const [statement, n, modified] = [0, 4, 8].map((offset) => counts.bytes.readInt32LE(i + offset));
    outcomes.set(statement ?? 0, { n: n ?? 0, modified: modified ?? 0 });
  }
  for (const detail of details.items) {
    if (!(detail instanceof Doc)) continue;
    const statement = detail.get('statement') as number;
    const [upserted, reply] = [detail.get('upserted'), detail.get('reply')];
    outcomes.set(statement, {
      ...(outcomes.get(statement) ?? { n: 0, modified: 0 }),
      ...(upserted !== undefined && { upserted }),
      ...(reply instanceof Doc && { reply }),
    });
  }
  return { transaction, at: Number(at.ms), outcomes };
}

/** The statements one command has run before, and those it runs now. */
export class Statements {
  private readonly added = new Map<number, Outcome>();
  readonly retried: number[] = [];

  constructor(
    private readonly known: ReadonlyMap<number, Outcome>,
    private readonly idOf: (index: number) => number,
    private readonly save: ((unit: Unit, all: Map<number, Outcome>) => void) | undefined,
  ) {}

  run(index: number, action: () => Outcome): Outcome {
    if (!this.save) return action();
    const id = this.idOf(index);
    const before = this.known.get(id);
    if (before) {
      this.retried.push(id);
      return before;
    }
    const outcome = action();
    this.added.set(id, outcome);
    return outcome;
  }

  store(unit: Unit): void {
    if (this.save && this.added.size > 0)
      this.save(unit, this.known.size === 0 ? this.added : new Map([...this.known, ...this.added]));
  }
}

/** The retry table: the last retryable write of each session, kept on disk with the write itself. */
export class Sessions {
  private readonly entries = new Map<string, Entry>();

  constructor(stored: readonly { readonly session: string; readonly raw: Buffer }[]) {
    for (const { session, raw } of stored) this.entries.set(session, decode(raw));
  }

  statements(body: Doc): Statements {
    const number = body.get('txnNumber');
    const idOf = statementIds(body);
    if (number === undefined) return new Statements(new Map(), idOf, undefined);
    const session = sessionOf(body.get('lsid'));
    if (typeof number !== 'bigint')
      throw new MongoError(14, "BSON field 'txnNumber' is the wrong type, expected type 'long'");
    if (session === undefined)
      throw new MongoError(72, 'Transaction number requires a session ID to also be specified');
    const entry = this.entries.get(session);
    if (entry && number < entry.transaction) {
      throw new MongoError(
        225,
        `Retryable write with txnNumber ${number} is prohibited on session because a newer retryable write with txnNumber ${entry.transaction} has already started on this session.`,
      );
    }
    const known = entry?.transaction === number ? entry.outcomes : new Map<number, Outcome>();
    return new Statements(known, idOf, (unit, outcomes) => {
      this.prune(unit);
      this.set(unit, session, { transaction: number, at: Date.now(), outcomes });
    });
  }

  end(unit: Unit, ids: readonly Value[]): void {
    for (const id of ids) {
      const session = sessionOf(id);
      if (session !== undefined && this.entries.has(session)) this.set(unit, session, undefined);
    }
  }

  private set(unit: Unit, session: string, entry: Entry | undefined): void {
    const before = this.entries.get(session);
    const put = (value: Entry | undefined): void => {
      this.entries.delete(session);
      if (value) this.entries.set(session, value);
    };
    put(entry);
    unit.write({ kind: 'session', session, raw: entry && encode(entry) });
    unit.onRollback(() => put(before));
  }

  private prune(unit: Unit): void {
    if (this.entries.size < PRUNE_ABOVE) return;
    const oldest = Date.now() - SESSION_LIFETIME;
    for (const [session, entry] of this.entries) {
      if (entry.at >= oldest) return;
      this.set(unit, session, undefined);
    }
  }
}

/** The session that a command names, as bytes; undefined when it names none. */
export function sessionOf(lsid: Value | undefined): string | undefined {
  const id = lsid instanceof Doc ? lsid.get('id') : undefined;
  return id instanceof Bin ? id.bytes.toString('latin1') : undefined;
}

function statementIds(body: Doc): (index: number) => number {
  const list = body.get('stmtIds');
  const first = body.get('stmtId');
  if (list instanceof Arr) {
    return (index) => {
      const id = list.items[index];
      return isNumeric(id) ? toNumber(id) : index;
    };
  }
  const start = isNumeric(first) ? toNumber(first) : 0;
  return (index) => start + index;
}
