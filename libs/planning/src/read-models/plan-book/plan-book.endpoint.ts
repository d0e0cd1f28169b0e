import { AsOf, Public, type PointInLog } from '@app/http';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PlanBookContent } from './book-content.js';
import { Books, PlanBookQuery, textForms } from './books.js';

/** The book of a published plan, for everybody: the form of regulation 38, to read, to print, or as data. */
@Controller('v1/agencies/:agency/plan-books/:plan')
export class PlanBookEndpoint {
  constructor(private readonly books: Books) {}

  @Get()
  @Public()
  @ApiOkResponse({ description: 'The book as JSON, Markdown, or a page to print', content: textForms })
  get(
    @Param('agency') agency: string,
    @Param('plan') plan: string,
    @Query() query: PlanBookQuery,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanBookContent | string> {
    return this.books.send({ agency, plan, query, at, publicOnly: true }, request, reply);
  }
}
