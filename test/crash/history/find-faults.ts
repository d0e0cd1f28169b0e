import type { Fault, FaultKind, History, Sight, Write } from './history.js';
import { LatestBefore } from './latest-before.js';

/** Everything in a history that no store which does one thing at a time, in one order, and forgets nothing could show. */
export function findFaults(history: History): Fault[] {
  const checker = new Checker(history);
  for (const log of history.final.keys()) checker.checkLog(log);
  for (const write of history.writes) checker.checkWrite(write);
  for (const log of history.final.keys()) checker.checkOrder(log);
  for (const sight of history.sights) checker.checkSight(sight);
  for (const cut of history.cuts) checker.checkCut(cut.who, cut.lengths);
  return checker.faults;
}

class Checker {
  readonly faults: Fault[] = [];
  private readonly writeOf = new Map<string, Write>();
  /** Where each entry stands at the end, by log. */
  private readonly places = new Map<string, Map<string, number>>();
  private readonly done = new Map<string, LatestBefore>();

  constructor(private readonly history: History) {
    for (const write of history.writes) for (const id of write.ids) this.writeOf.set(id, write);
    for (const [log, ids] of history.final) {
      const places = new Map<string, number>();
      for (const [place, id] of ids.entries()) if (!places.has(id)) places.set(id, place);
      this.places.set(log, places);
    }
    for (const log of history.final.keys()) this.done.set(log, this.doneOf(log));
  }

  private doneOf(log: string): LatestBefore {
    return new LatestBefore(
      this.writesTo(log).flatMap(({ ids, answer }) =>
        answer?.done === true ? [{ moment: answer.moment, value: this.placeOf(log, ids.at(-1)!) ?? -1 }] : [],
      ),
    );
  }

  private writesTo(log: string): Write[] {
    return this.history.writes.filter(({ logs, ids }) => logs.includes(log) && ids.length > 0);
  }

  private placeOf(log: string, id: string): number | undefined {
    return this.places.get(log)?.get(id);
  }

  private report(kind: FaultKind, what: string): void {
    this.faults.push({ kind, what });
  }

  checkLog(log: string): void {
    for (const [place, id] of this.history.final.get(log)!.entries()) {
      const write = this.writeOf.get(id);
      if (this.placeOf(log, id) !== place)
        this.report('doubled', `${id} is in ${log} at ${this.placeOf(log, id)} and ${place}`);
      else if (write === undefined || !write.logs.includes(log))
        this.report('phantom', `${id} is in ${log} and was never sent there`);
      else if (write.answer?.done === false) this.report('phantom', `${id} is in ${log} and was refused`);
    }
  }

  checkWrite(write: Write): void {
    const { ids, logs, answer, onlyAt } = write;
    for (const [index, log] of logs.entries()) {
      const places = ids.map((id) => this.placeOf(log, id));
      const [first] = places;
      const missing = ids.filter((_, at) => places[at] === undefined);
      const name = `${ids[0]} of ${log}`;
      if (answer?.done === true && missing.length > 0)
        this.report('lost', `${missing.join()} of ${log} was acknowledged and is gone`);
      else if (missing.length > 0 && missing.length < ids.length)
        this.report('lost', `only a part of ${name} is there`);
      if (first === undefined || missing.length > 0) continue;
      if (places.some((place, at) => place !== first + at))
        this.report('reordered', `what belongs together with ${name} lies apart`);
      if (index > 0) continue;
      if (onlyAt !== undefined && first !== onlyAt)
        this.report('stale', `${name} was to be at ${onlyAt} and is at ${first}`);
      if (answer?.done === true && answer.at !== undefined && answer.at !== first)
        this.report('reordered', `${name} was said to be at ${answer.at} and is at ${first}`);
    }
    if (answer?.done === false && answer.length !== undefined)
      this.checkLength(`the refusal of ${ids[0]}`, logs[0]!, answer.length, write.asked, answer.moment);
  }

  /** What was answered before another was asked comes before it. */
  checkOrder(log: string): void {
    const done = this.done.get(log)!;
    for (const { ids, asked } of this.writesTo(log)) {
      const place = this.placeOf(log, ids[0]!);
      if (place !== undefined && done.at(asked) > place)
        this.report('reordered', `${ids[0]} lies in ${log} before what was done when it was asked for`);
    }
  }

  private checkLength(who: string, log: string, length: number, since: number, seen: number): void {
    const final = this.history.final.get(log) ?? [];
    if (length < (this.done.get(log)?.at(since) ?? -1) + 1)
      this.report('stale', `${who} takes ${log} for ${length} long`);
    if (length > final.length) this.report('lost', `${who} takes ${log} for ${length} long, and it is ${final.length}`);
    else if (length > 0 && this.askedAt(final[length - 1]!) > seen)
      this.report('phantom', `${who} counts ${final[length - 1]} of ${log} before it was sent`);
  }

  private askedAt(id: string): number {
    return this.writeOf.get(id)?.asked ?? -1;
  }

  checkSight(sight: Sight): void {
    const { who, log, from, ids, since, seen } = sight;
    const final = this.history.final.get(log) ?? [];
    const known = new Set<string>();
    let due = from;
    for (const [index, id] of ids.entries()) {
      const place = this.placeOf(log, id);
      if (this.askedAt(id) > (typeof seen === 'number' ? seen : seen[index]!))
        this.report('phantom', `${who} saw ${id} of ${log} before it was sent`);
      if (known.has(id)) this.report('doubled', `${who} saw ${id} of ${log} twice`);
      else if (place === undefined)
        this.report(this.writeOf.has(id) ? 'lost' : 'phantom', `${who} saw ${id} of ${log}, which is not there`);
      else {
        if (place < due) this.report('reordered', `${who} saw ${id} of ${log} too late`);
        else if (place > due) this.reportGap(sight, due, place);
        due = Math.max(due, place + 1);
      }
      known.add(id);
    }
    const least = (this.done.get(log)?.at(since) ?? -1) + 1;
    if (due < least) this.report('stale', `${who} saw ${log} up to ${due}, and ${final[least - 1]} was done before`);
  }

  /** What is seen later, or not at all, is missing where it should be. */
  private reportGap({ who, log, ids }: Sight, due: number, place: number): void {
    const skipped = this.history.final.get(log)!.slice(due, place);
    const later = new Set(ids);
    const missing = skipped.filter((id) => !later.has(id));
    if (missing.length > 0) this.report('lost', `${who} did not see ${missing.join()} of ${log}`);
  }

  /** One instant: when it shows a write, it shows all that was done when that write was asked for. */
  checkCut(who: string, lengths: ReadonlyMap<string, number>): void {
    let latest = -1;
    for (const [log, length] of lengths)
      for (const id of (this.history.final.get(log) ?? []).slice(0, length))
        latest = Math.max(latest, this.askedAt(id));
    for (const [log, length] of lengths)
      if ((this.done.get(log)?.at(latest) ?? -1) >= length)
        this.report('stale', `${who} shows ${log} ${length} long beside what was asked for when it was longer`);
  }
}
