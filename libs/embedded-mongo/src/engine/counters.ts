import { Arr, type Doc } from '../codec/values.js';

const LISTS: { readonly [command: string]: string } = { insert: 'documents', update: 'updates', delete: 'deletes' };
const NAMES: { readonly [command: string]: string } = { find: 'query', getMore: 'getmore' };

/** What was asked since the start, counted as MongoDB's opcounters are: writes by statement, the rest by command. */
export class Counters {
  private readonly counts = new Map<string, number>(
    ['insert', 'query', 'update', 'delete', 'getmore', 'command'].map((name) => [name, 0]),
  );
  readonly startedAt = Date.now();
  connections = 0;
  connectionsNow = 0;

  count(command: string, body: Doc): void {
    const list = LISTS[command];
    const items = list === undefined ? undefined : body.get(list);
    const name = list === undefined ? (NAMES[command] ?? 'command') : command;
    this.counts.set(name, (this.counts.get(name) ?? 0) + (items instanceof Arr ? items.items.length : 1));
  }

  get operations(): { readonly [name: string]: bigint } {
    return Object.fromEntries([...this.counts].map(([name, count]) => [name, BigInt(count)]));
  }
}
