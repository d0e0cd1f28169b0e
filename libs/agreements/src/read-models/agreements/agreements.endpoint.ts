import { PageQuery, Roles, page } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { agreements, rowOf, type AgreementRow, type ListedAgreement } from './agreements.js';

@Controller('v1/agencies/:agency/agreements')
export class AgreementsEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Roles(
    'service-owner',
    'head-of-department',
    'executive',
    'party-representative',
    'verifier',
    'oversight',
    'analyst',
    'administrator',
  )
  async get(
    @Param('agency') agency: string,
    @Query() query: PageQuery,
  ): Promise<{ readonly rows: readonly AgreementRow[]; readonly next?: string }> {
    const { items, next } = await page(
      query,
      (after, limit) => {
        const filter: Filter<ListedAgreement> = {
          agency,
          ...(after === undefined ? {} : { _id: { $gt: String(after[0]) } }),
        };
        return this.readModels.collection(agreements).find(filter).sort({ _id: 1 }).limit(limit).toArray();
      },
      ({ _id }) => [_id],
    );
    return { rows: items.flatMap(rowOf), ...(next === undefined ? {} : { next }) };
  }
}
