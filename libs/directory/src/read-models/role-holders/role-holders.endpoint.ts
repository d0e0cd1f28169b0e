import { EnumField, PageQuery, Roles, roles, sendList, type MoreRows, type SentRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { roleHolders, rowsOf, type RoleHolder, type RoleHolderRow } from './role-holders.js';

export class RoleHoldersQuery extends PageQuery {
  @EnumField('Role that is held', roles, { optional: true, example: 'verifier' })
  role?: string;
}

const description = 'A row for each role as JSON (a page: `limit` counts persons), CSV or NDJSON (all)';

/** Who may do what, and on what basis. */
@Controller('v1')
export class RoleHoldersEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get('agencies/:agency/grants')
  @Roles('oversight', 'administrator')
  @ApiOkResponse({ description })
  async get(
    @Param('agency') agency: string,
    @Query() query: RoleHoldersQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<RoleHolderRow, MoreRows>> {
    return this.send(agency, query, request, reply);
  }

  @Get('grants')
  @Roles('oversight', 'administrator')
  @ApiOkResponse({ description: `Of the grants that reach every agency. ${description}` })
  async getForAll(
    @Query() query: RoleHoldersQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<RoleHolderRow, MoreRows>> {
    return this.send('*', query, request, reply);
  }

  private async send(
    agency: string,
    query: RoleHoldersQuery,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<SentRows<RoleHolderRow, MoreRows>> {
    const { role } = query;
    return sendList(reply, request, {
      query,
      find: (after) => this.find(agency, role, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => rowsOf(doc, role),
      columns,
    });
  }

  private find(agency: string, role?: string, after?: unknown) {
    const filter: Filter<RoleHolder> = {
      agency,
      ...(role === undefined ? { 'roles.0': { $exists: true } } : { 'roles.role': role }),
      ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
    };
    return this.readModels.collection(roleHolders).find(filter).sort({ _id: 1 });
  }
}

const columns = (['agency', 'person', 'role', 'basis', 'by', 'since', 'revision'] as const).map((name) => ({
  name,
  of: (row: RoleHolderRow) => row[name],
  freeText: name === 'basis',
}));
