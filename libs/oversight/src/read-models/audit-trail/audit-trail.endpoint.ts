import {
  OffsetDateTimeField,
  PageQuery,
  Roles,
  SlugField,
  TextField,
  sendList,
  type MoreRows,
  type SentRows,
} from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { auditTrail, type AuditEntry } from './audit-trail.js';

export class AuditQuery extends PageQuery {
  @SlugField('Agency that owns the entity', { optional: true, example: 'boston' })
  agency?: string;
  @TextField('Entity: the name of its stream', { optional: true, maxLength: 500, example: 'agency-boston/boston' })
  entity?: string;
  @TextField('Person who acted', { optional: true, maxLength: 64 })
  actor?: string;
  @TextField('Type of event', { optional: true, maxLength: 64, example: 'AgreementSigned' })
  type?: string;
  @OffsetDateTimeField('Recorded at or after', { optional: true })
  from?: string;
  @OffsetDateTimeField('Recorded before', { optional: true })
  to?: string;
}

export type AuditRow = Omit<AuditEntry, '_id' | 'recordedAt'> & {
  readonly position: string;
  readonly recordedAt: string;
};

/** Who did what, when, in what role, for whom, on what basis, caused by what: in the order of the log. */
@Controller('v1/audit')
export class AuditTrailEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Roles('oversight', 'analyst')
  @ApiOkResponse({ description: 'Rows as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Query() query: AuditQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<AuditRow, MoreRows>> {
    return sendList(reply, request, {
      query,
      find: (after) => this.find(query, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => [rowOf(doc)],
      columns,
    });
  }

  private find({ agency, entity, actor, type, from, to }: AuditQuery, after?: unknown) {
    const recordedAt = {
      ...(from === undefined ? {} : { $gte: new Date(from) }),
      ...(to === undefined ? {} : { $lt: new Date(to) }),
    };
    const filter: Filter<AuditEntry> = {
      ...(agency === undefined ? {} : { tenant: agency }),
      ...(entity === undefined ? {} : { entity }),
      ...(actor === undefined ? {} : { person: actor }),
      ...(type === undefined ? {} : { type }),
      ...(from === undefined && to === undefined ? {} : { recordedAt }),
      ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
    };
    return this.readModels.collection(auditTrail).find(filter).sort({ _id: 1 });
  }
}

const columnNames = [
  'position',
  'recordedAt',
  'occurredAt',
  'tenant',
  'entity',
  'revision',
  'type',
  'person',
  'role',
  'grant',
  'onBehalfOf',
  'legalBasis',
  'change',
  'eventId',
  'commandId',
  'correlationId',
  'causationId',
] as const satisfies readonly (keyof AuditRow)[];
const columns = columnNames.map((name) => ({
  name,
  of: (row: AuditRow) => row[name],
  freeText: name === 'change' || name === 'legalBasis',
}));

/** The stored id is the padded position; leading zeros are dropped again. */
function rowOf(entry: AuditEntry): AuditRow {
  const { _id, recordedAt, ...rest } = entry;
  return {
    position: _id.replace(/\b0+(?=\d)/g, ''),
    eventId: rest.eventId,
    tenant: rest.tenant,
    entity: rest.entity,
    revision: rest.revision,
    type: rest.type,
    person: rest.person,
    role: rest.role,
    grant: rest.grant,
    ...(rest.onBehalfOf === undefined ? {} : { onBehalfOf: rest.onBehalfOf }),
    ...(rest.legalBasis === undefined ? {} : { legalBasis: rest.legalBasis }),
    occurredAt: rest.occurredAt,
    recordedAt: recordedAt.toISOString(),
    commandId: rest.commandId,
    correlationId: rest.correlationId,
    ...(rest.causationId === undefined ? {} : { causationId: rest.causationId }),
    change: rest.change,
  };
}
