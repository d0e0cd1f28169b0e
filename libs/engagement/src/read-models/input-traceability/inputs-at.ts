import { EventLog, StreamDecider, type AggregateReader, type Loaded } from '@app/event-store';
import { isAfter, problemAt, problems, type Found, type PointInLog } from '@app/http';
import { ReadModels } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { input } from '../../input/input.state.js';
import { inputTraceability, type TracedInput } from './input-traceability.js';
import { inputsOf, type InputFilters } from './inputs-of.js';

type Scope = Parameters<typeof inputsOf>[1];

/** Inputs as they were known at a moment of the past: the same folds over their streams, up to there, without the answers. */
@Injectable()
export class InputsAt {
  constructor(
    private readonly readModels: ReadModels,
    private readonly log: EventLog,
  ) {}

  /** In order of id. @throws Problem when a revision is asked for: it is of one stream. */
  find(of: Scope, { theme }: InputFilters, at: PointInLog, after?: unknown): Found<TracedInput> {
    if (at.revision !== undefined)
      throw problemAt(
        problems.malformedAsOf,
        '?asOf',
        'Inputs are in many streams: give an instant or a log position.',
      );
    const known = (): AsyncGenerator<TracedInput> => this.known(of, theme, at, after);
    const some = async (count: number): Promise<TracedInput[]> => {
      const first: TracedInput[] = [];
      for await (const one of known()) if (first.push(one) === count) break;
      return first;
    };
    return { limit: (count) => ({ toArray: () => some(count) }), [Symbol.asyncIterator]: known };
  }

  private async *known(
    of: Scope,
    theme: string | undefined,
    at: PointInLog,
    after: unknown,
  ): AsyncGenerator<TracedInput> {
    for await (const { _id } of inputsOf(this.readModels.collection(inputTraceability), of, {}, after)) {
      const then = await this.replayed(of.agency, _id, at);
      if (then !== undefined && (theme === undefined || then.themes.includes(theme))) yield then;
    }
  }

  private async replayed(tenant: string, _id: string, at: PointInLog): Promise<TracedInput | undefined> {
    let document: TracedInput | undefined;
    const stream = { category: input.category, tenant, id: _id.slice(tenant.length + 1) };
    for await (const event of this.log.readStream(stream)) {
      if (isAfter(event, at)) break;
      document = inputTraceability.on[event.type]!(document, event, _id);
    }
    return document;
  }
}

/** Facts of other records as they were known at a moment, each replayed once. */
export function readerAt(decider: StreamDecider, at: PointInLog): AggregateReader {
  const kept = new Map<string, Promise<Loaded<unknown>>>();
  return {
    load: (aggregate, tenant, id) => {
      const key = `${aggregate.category}-${tenant}/${id}`;
      const found = kept.get(key) ?? decider.load(aggregate, tenant, id, at);
      kept.set(key, found);
      return found as ReturnType<typeof decider.load<never, never>>;
    },
  };
}
