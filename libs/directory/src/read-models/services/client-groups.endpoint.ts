import { EnumField, PageQuery, Public, SlugField, sendList, type MoreRows, type SentRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientGroupKinds, clientGroupUses } from '../../service/service.events.js';
import { clientGroupsOf, type ClientGroupRow } from './client-groups.js';
import { services, type ListedService } from './services.js';

export class ClientGroupsQuery extends PageQuery {
  @SlugField('Service', { optional: true, example: 'water-supply' })
  service?: string;
  @EnumField('Who belongs to it', clientGroupKinds, { optional: true, example: 'households' })
  kind?: string;
  @EnumField('It uses the service, or has a right to it and does not yet', clientGroupUses, { optional: true })
  actualOrPotential?: string;
  @SlugField('District where it lives', { optional: true, example: 'allston' })
  district?: string;
}

@Controller('v1/agencies/:agency/client-groups')
export class ClientGroupsEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Public()
  @ApiOkResponse({ description: 'Client groups as JSON (a page: `limit` counts services), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: ClientGroupsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ClientGroupRow, MoreRows>> {
    return sendList(reply, request, {
      query,
      find: (after) => this.find(agency, query, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => clientGroupsOf(doc, query),
      columns,
    });
  }

  /** Services with a group that the whole question fits. */
  private find(agency: string, { service, kind, actualOrPotential, district }: ClientGroupsQuery, after?: unknown) {
    const group = {
      ...(kind === undefined ? {} : { kind }),
      ...(actualOrPotential === undefined ? {} : { actualOrPotential }),
      ...(district === undefined ? {} : { districtIds: district }),
    };
    const filter: Filter<ListedService> = {
      agency,
      ...(service === undefined ? {} : { service }),
      ...(Object.keys(group).length === 0
        ? { 'state.clientGroups.0': { $exists: true } }
        : { 'state.clientGroups': { $elemMatch: group } }),
      ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
    };
    return this.readModels.collection(services).find(filter).sort({ _id: 1 });
  }
}

const writtenByPeople = new Set(['serviceName', 'name', 'source', 'openBarriers']);
const columns = (
  [
    'service',
    'serviceName',
    'serviceStatus',
    'group',
    'name',
    'kind',
    'actualOrPotential',
    'populationSize',
    'asOf',
    'source',
    'districts',
    'openBarriers',
    'revision',
  ] as const
).map((name) => ({
  name,
  of: (row: ClientGroupRow) => cellOf(row, name),
  freeText: writtenByPeople.has(name),
}));

function cellOf(row: ClientGroupRow, name: keyof ClientGroupRow): string | number {
  if (name === 'districts') return row.districts.join(' ');
  if (name === 'openBarriers')
    return row.openBarriers.map(({ barrier, severity }) => `${barrier} (${severity})`).join('; ');
  return row[name];
}
