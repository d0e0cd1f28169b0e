import { EnumField, PageQuery, Public, TextField, sendList, type MoreRows, type SentRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { consultationCoverage, type CoveredConsultation } from './consultation-coverage.js';

const statuses = ['planned', 'open', 'closed', 'response-published', 'past'] as const;

export class ConsultationsQuery extends PageQuery {
  @EnumField('Where it stands', statuses, { optional: true, example: 'open' })
  status?: (typeof statuses)[number];
  @TextField('What it informs: kind and short name', {
    optional: true,
    maxLength: 100,
    pattern: /^(plan|agreement|amendment)\/[a-z0-9-]+$/,
    example: 'plan/water-2026',
  })
  subject?: string;
}

export interface ConsultationRow {
  readonly consultation: string;
  readonly title: string;
  readonly subject: string;
  readonly level: string;
  readonly status: string;
  readonly openedAt: string | null;
  readonly closesAt: string | null;
  readonly questions: readonly string[];
  readonly groups: readonly { readonly group: string; readonly name: string }[];
  readonly themes: readonly { readonly theme: string; readonly title: string }[];
  /** SHA-256 of what people are asked to look at; null before it opens. */
  readonly materialsHash: string | null;
  /** Null before it closes. */
  readonly adequate: boolean | null;
  readonly revision: string;
  readonly updatedAt: string;
}

/** What an agency asks, has asked and is going to ask. */
@Controller('v1/agencies/:agency/consultations')
export class ConsultationsEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Public()
  @ApiOkResponse({ description: 'Rows as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: ConsultationsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ConsultationRow, MoreRows>> {
    return sendList(reply, request, {
      query,
      find: (after) => this.find(agency, query, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: rowOf,
      columns,
    });
  }

  private find(agency: string, { status, subject }: ConsultationsQuery, after?: unknown) {
    const filter: Filter<CoveredConsultation> = {
      agency,
      ...(status === undefined ? {} : { status }),
      ...(subject === undefined ? {} : { subject }),
      ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
    };
    return this.readModels.collection(consultationCoverage).find(filter).sort({ _id: 1 });
  }
}

export function rowOf({ consultation, subject, revision, updatedAt, state }: CoveredConsultation): ConsultationRow[] {
  if (state.status === 'unplanned') return [];
  const { title, level, status, questions } = state;
  const groups = state.requiredGroups.map(({ groupId: group, name }) => ({ group, name }));
  const themes = state.themes.map(({ themeId: theme, title: about }) => ({ theme, title: about }));
  const materialsHash = 'materialsHash' in state && state.materialsHash !== '' ? state.materialsHash : null;
  const times =
    'openedAt' in state ? { openedAt: state.openedAt, closesAt: state.closesAt } : { openedAt: null, closesAt: null };
  const adequate = 'adequate' in state ? state.adequate : null;
  const asked = { questions, groups, themes, materialsHash };
  return [{ consultation, title, subject, level, status, ...times, ...asked, adequate, revision, updatedAt }];
}

const plain = ['consultation', 'subject', 'level', 'status', 'openedAt', 'closesAt', 'adequate', 'revision'] as const;
const columns = [
  ...plain.map((name) => ({ name, of: (row: ConsultationRow) => row[name] })),
  { name: 'updatedAt', of: (row: ConsultationRow) => row.updatedAt },
  { name: 'groups', of: (row: ConsultationRow) => row.groups.map(({ group }) => group).join(' ') },
  { name: 'themes', of: (row: ConsultationRow) => row.themes.map(({ theme }) => theme).join(' ') },
  { name: 'materialsHash', of: (row: ConsultationRow) => row.materialsHash },
  { name: 'title', of: (row: ConsultationRow) => row.title, freeText: true },
  { name: 'questions', of: (row: ConsultationRow) => row.questions.join(' '), freeText: true },
];
