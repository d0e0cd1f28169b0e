import {
  AsOf,
  BulkUpload,
  EnumField,
  type LedgerRequest,
  PageQuery,
  type PointInLog,
  Public,
  Roles,
  SlugField,
  fieldsOf,
  page,
  positionText,
  readBulk,
  revised,
  sendRows,
} from '@app/http';
import { defineRules, ensure } from '@app/kernel';
import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

const rules = defineRules('probe', { aLineIsGood: 'A line is good.' });

class ListQuery extends PageQuery {
  @EnumField('Which numbers', ['odd', 'even'])
  kind: string;
}

class Line {
  @SlugField('Id of the line')
  id: string;
}

const numbers = Array.from({ length: 50 }, (_, n) => ({ n }));

/** Doors that show what all doors share. */
@Controller('v1')
export class ProbeEndpoint {
  @Get('probe/closed')
  closed(): object {
    return {};
  }

  @Get('agencies/:agency/verified')
  @Roles('verifier')
  verified(): object {
    return {};
  }

  @Post('probe/slow')
  @Roles('administrator')
  async slow(): Promise<object> {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return {};
  }

  @Post('probe/failure')
  @Roles('administrator')
  failure(): never {
    throw new Error('City of Boston');
  }

  @Post('agencies/:agency/lines')
  @Roles('data-capturer', 'administrator')
  @BulkUpload('Lines')
  lines(@Req() request: LedgerRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return readBulk(request, reply, async (value) => {
      const { id } = fieldsOf(Line, value);
      ensure(id !== 'bad', rules.aLineIsGood, '/id');
      return { eventIds: id === 'same' ? [] : [id] };
    });
  }

  @Get('probe/list')
  @Public()
  list(@Query() query: ListQuery) {
    return page(
      query,
      async (after, limit) =>
        numbers
          .filter(({ n }) => (n % 2 === 1) === (query.kind === 'odd') && (after === undefined || n > Number(after[0])))
          .slice(0, limit),
      ({ n }) => [n],
    );
  }

  @Get('probe/as-of')
  @Public()
  asOf(@AsOf() { revision, position, recordedAt }: PointInLog) {
    return revised(
      {
        ...(revision === undefined ? {} : { revision: revision.toString() }),
        ...(position === undefined ? {} : { position: positionText(position) }),
        ...(recordedAt === undefined ? {} : { recordedAt: recordedAt.toISOString() }),
      },
      12n,
    );
  }

  @Get('probe/rows')
  @Public()
  rows(@Req() request: LedgerRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return sendRows(reply, request, {
      rows: [{ name: '=1+1', change: '-5' }],
      columns: [
        { name: 'name', of: ({ name }) => name, freeText: true },
        { name: 'change', of: ({ change }) => change },
      ],
      also: { of: 'probe' },
    });
  }
}
