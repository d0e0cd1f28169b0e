import {
  EnumField,
  IdField,
  PageQuery,
  Roles,
  SlugField,
  TextField,
  roles,
  sendList,
  type MoreRows,
  type SentRows,
} from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actionKinds, type ActionKind } from '../../process/process.events.js';
import { actionsDue, noDueDay, type ActionDue } from './actions-due.js';

const statuses = ['open', 'done', 'withdrawn', 'superseded'] as const;

export class ActionsDueQuery extends PageQuery {
  @EnumField('Status; open when it is left out', statuses, { optional: true, example: 'open' })
  status?: ActionDue['status'];
  @EnumField('Role that is asked', roles, { optional: true, example: 'service-owner' })
  role?: string;
  @IdField('Digest of the person who is asked', { optional: true, maxLength: 64 })
  person?: string;
  @EnumField('What is asked', actionKinds, { optional: true, example: 'link-accepted-input' })
  kind?: ActionKind;
  @SlugField('Process that asks', { optional: true, example: 'ask-for-links-when-input-is-accepted' })
  process?: string;
  @TextField('Record that it is about: the name of its stream', { optional: true, maxLength: 500 })
  stream?: string;
}

export interface ActionRow {
  readonly id: string;
  readonly kind: string;
  readonly role: string;
  readonly person: string | null;
  readonly process: string;
  readonly subjectKind: string;
  readonly stream: string;
  readonly subject: string | null;
  /** null: there is no day. */
  readonly dueOn: string | null;
  readonly reason: string;
  readonly status: string;
  readonly requestedAt: string;
  readonly settledAt: string | null;
}

/** What the processes ask of whom, the most urgent first. */
@Controller('v1/agencies/:agency/actions-due')
export class ActionsDueEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Roles(
    'service-owner',
    'team-member',
    'head-of-department',
    'executive',
    'verifier',
    'oversight',
    'analyst',
    'administrator',
  )
  @ApiOkResponse({ description: 'Actions as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: ActionsDueQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ActionRow, MoreRows>> {
    return sendList(reply, request, {
      query,
      find: (after) => this.find(agency, query, after),
      keyOf: ({ dueOn, _id }) => [dueOn, _id],
      rowsOf: (doc) => [rowOf(doc)],
      columns,
    });
  }

  private find(agency: string, query: ActionsDueQuery, after?: readonly unknown[]) {
    const { status = 'open', role, person, kind, process, stream } = query;
    const filter: Filter<ActionDue> = {
      agency,
      status,
      ...(role === undefined ? {} : { role }),
      ...(person === undefined ? {} : { person }),
      ...(kind === undefined ? {} : { kind }),
      ...(process === undefined ? {} : { process }),
      ...(stream === undefined ? {} : { 'subject.stream': stream }),
      ...(after === undefined ? {} : afterKey(String(after[0]), String(after[1]))),
    };
    return this.readModels.collection(actionsDue).find(filter).sort({ dueOn: 1, _id: 1 });
  }
}

const afterKey = (dueOn: string, id: string): Filter<ActionDue> => ({
  $or: [{ dueOn: { $gt: dueOn } }, { dueOn, _id: { $gt: id } }],
});

const rowOf = ({ _id, subject, dueOn, ...doc }: ActionDue): ActionRow => ({
  id: _id,
  kind: doc.kind,
  role: doc.role,
  person: doc.person ?? null,
  process: doc.process,
  subjectKind: subject.kind,
  stream: subject.stream,
  subject: subject.id ?? null,
  dueOn: dueOn === noDueDay ? null : dueOn,
  reason: doc.reason,
  status: doc.status,
  requestedAt: doc.requestedAt,
  settledAt: doc.settledAt ?? null,
});

const columns = (
  [
    'id',
    'kind',
    'role',
    'person',
    'process',
    'subjectKind',
    'stream',
    'subject',
    'dueOn',
    'reason',
    'status',
    'requestedAt',
    'settledAt',
  ] as const satisfies readonly (keyof ActionRow)[]
).map((name) => ({ name, of: (row: ActionRow) => row[name], freeText: name === 'reason' }));
