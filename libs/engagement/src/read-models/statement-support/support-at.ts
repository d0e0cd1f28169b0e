import { EventLog } from '@app/event-store';
import { isAfter, type PointInLog } from '@app/http';
import type { StreamId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { ballotBox, boxesOf } from '../../ballot-box/ballot-box.state.js';
import { statements } from '../../statement/statement.state.js';
import { statementSupport, type SupportedStatement } from './statement-support.js';

const mostKept = 8;
/** Milliseconds: long enough to turn the pages of a list. */
const keptFor = 60_000;

interface Kept {
  readonly since: number;
  readonly found: Promise<readonly SupportedStatement[]>;
}

/** Support as it was known at a point of the past: the same folds over the streams of the consultation, up to there. */
@Injectable()
export class SupportAt {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly log: EventLog) {}

  find(agency: string, consultation: string, at: PointInLog): Promise<readonly SupportedStatement[]> {
    const moment = at.recordedAt?.getTime() ?? '';
    const key = `${agency}/${consultation} ${at.position?.commit ?? ''} ${moment}`;
    const kept = this.#kept.get(key);
    const now = performance.now();
    if (kept !== undefined && now - kept.since < keptFor) return kept.found;
    const found = this.replay(agency, consultation, at);
    this.#kept.delete(key);
    this.#kept.set(key, { since: now, found });
    if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value!);
    found.catch(() => this.#kept.delete(key));
    return found;
  }

  private async replay(agency: string, consultation: string, at: PointInLog): Promise<readonly SupportedStatement[]> {
    const docs = new Map<string, SupportedStatement>();
    const fold = async (stream: StreamId): Promise<void> => {
      for await (const event of this.log.readStream(stream)) {
        if (isAfter(event, at)) break;
        for (const id of statementSupport.documentIds(event)) {
          const doc = statementSupport.on[event.type]?.(docs.get(id), event, id);
          if (doc !== undefined) docs.set(id, doc);
        }
      }
    };
    // Votes add up in any order, but the statements that they are on have to be there.
    await fold({ category: statements.category, tenant: agency, id: consultation });
    await Promise.all(boxesOf(consultation).map((id) => fold({ category: ballotBox.category, tenant: agency, id })));
    return [...docs.values()];
  }
}
