import { EventLog } from '@app/event-store';
import { problemAt, problems, type Found, type PointInLog, isAfter } from '@app/http';
import { ReadModels, type Projection } from '@app/projections';
import { Injectable } from '@nestjs/common';

interface Listed {
  /** `<agency>/<stream>`. */
  readonly _id: string;
  readonly agency: string;
}

/** A list whose documents are of one stream each, as it was known at a moment: the same folds over the events up to then. */
@Injectable()
export class ListedAt {
  constructor(
    private readonly readModels: ReadModels,
    private readonly log: EventLog,
  ) {}

  /** In order of id. @throws Problem when a revision is asked for: it is of one stream. */
  async find<Doc extends Listed>(
    list: Projection<Doc>,
    { agency, category, at }: { readonly agency: string; readonly category: string; readonly at: PointInLog },
  ): Promise<readonly Doc[]> {
    if (at.revision !== undefined)
      throw problemAt(
        problems.malformedAsOf,
        '?asOf',
        'A revision is of one record: ask for a list by time or position.',
      );
    const then: Doc[] = [];
    for await (const { _id } of this.readModels
      .collection(list)
      .find({ agency } as never)
      .sort({ _id: 1 })) {
      const document = await this.replayed(
        list,
        _id,
        { category, tenant: agency, id: _id.slice(agency.length + 1) },
        at,
      );
      if (document !== undefined) then.push(document);
    }
    return then;
  }

  private async replayed<Doc extends Listed>(
    list: Projection<Doc>,
    _id: string,
    stream: { readonly category: string; readonly tenant: string; readonly id: string },
    at: PointInLog,
  ): Promise<Doc | undefined> {
    let document: Doc | undefined;
    for await (const event of this.log.readStream(stream)) {
      if (isAfter(event, at)) break;
      const fold = list.on[event.type];
      if (fold !== undefined) document = fold(document, event, _id);
    }
    return document;
  }
}

/** Documents in memory, as a cursor gives them. */
export const foundAmong = <Doc>(documents: readonly Doc[]): Found<Doc> => ({
  limit: (count) => ({ toArray: () => Promise.resolve(documents.slice(0, count)) }),
  async *[Symbol.asyncIterator]() {
    yield* documents;
  },
});
