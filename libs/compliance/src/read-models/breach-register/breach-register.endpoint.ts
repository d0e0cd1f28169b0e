import { PageQuery, Public, SlugField, page } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { breachRegister, type RegisteredBreach } from './breach-register.js';

export class BreachesQuery extends PageQuery {
  @SlugField('Agreement', { optional: true, example: 'street-services' })
  agreement?: string;
}

export type BreachRow = Omit<RegisteredBreach, '_id'> & { readonly id: string };

@Controller('v1/agencies/:agency/breaches')
export class BreachRegisterEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Public()
  async get(
    @Param('agency') agency: string,
    @Query() query: BreachesQuery,
  ): Promise<{ readonly rows: readonly BreachRow[]; readonly next?: string }> {
    const { items, next } = await page(
      query,
      (after, limit) => {
        const filter: Filter<RegisteredBreach> = {
          agency,
          ...(query.agreement === undefined ? {} : { agreement: query.agreement }),
          ...(after === undefined ? {} : { _id: { $gt: String(after[0]) } }),
        };
        return this.readModels.collection(breachRegister).find(filter).sort({ _id: 1 }).limit(limit).toArray();
      },
      ({ _id }) => [_id],
    );
    return { rows: items.map(rowOf), ...(next === undefined ? {} : { next }) };
  }
}

const rowOf = (doc: RegisteredBreach): BreachRow => ({
  id: doc._id,
  agency: doc.agency,
  agreement: doc.agreement,
  objective: doc.objective,
  scope: doc.scope,
  period: doc.period,
  status: doc.status,
  severity: doc.severity,
  value: doc.value,
  target: doc.target,
  belowMinimum: doc.belowMinimum,
  repeatCount: doc.repeatCount,
  ...(doc.points === undefined ? {} : { points: doc.points }),
  detectedAt: doc.detectedAt,
  updatedAt: doc.updatedAt,
});
