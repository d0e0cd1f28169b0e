import { Public, sendRows } from '@app/http';
import { ReadModels } from '@app/projections';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { agencies, type ListedAgency } from './agencies.js';

interface AgencyRow {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
}

@Controller('v1/agencies')
export class AgenciesEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Public()
  get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Readable {
    return sendRows(reply, request, { rows: this.rows(), columns });
  }

  private async *rows(): AsyncGenerator<AgencyRow> {
    for await (const { _id, ...rest } of this.readModels.collection<ListedAgency>(agencies).find().sort({ _id: 1 }))
      yield { id: _id, ...rest };
  }
}

const columns = (['id', 'name', 'timeZone'] as const).map((name) => ({
  name,
  of: (row: AgencyRow) => row[name],
  freeText: name === 'name',
}));
