import { handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  OffsetDateTimeField,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { verdicts, type Verdict } from '../statement.events.js';
import { statements } from '../statement.state.js';
import { ModerateStatement, moderateStatement } from './moderate-statement.js';

export const ModerateStatementHandler = handles(ModerateStatement, statements, moderateStatement);

export class ModerateStatementBody {
  @EnumField('What becomes of the statement: a rejected one takes no more votes', verdicts, { example: 'accepted' })
  verdict: Verdict;
  @TextField('Why', { maxLength: 2000, example: 'It says something that people can agree with or not.' })
  reason: string;
  @OffsetDateTimeField('From when on, where it is not now', { optional: true, example: '2014-06-19T09:00:00Z' })
  moderatedAt?: string;
}

@Controller('v1/agencies/:agency/consultations/:consultation/statements/:statement/moderation')
export class ModerateStatementEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @Param('statement') statement: string,
    @Body() { verdict, reason, moderatedAt: validAt }: ModerateStatementBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const receivedAt = metadata.occurredAt;
    const moderatedAt = new Date(validAt ?? receivedAt).toISOString();
    const data = { statement, verdict, reason, moderatedAt, receivedAt };
    const of = { ...metadata, occurredAt: validAt ?? receivedAt };
    const result = await this.commands.execute(new ModerateStatement(agency, consultation, data, of));
    return accepted(result, `/v1/agencies/${agency}/consultations/${consultation}/statements`, false);
  }
}
