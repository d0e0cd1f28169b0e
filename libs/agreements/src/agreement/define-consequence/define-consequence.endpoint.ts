import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  DecimalField,
  EnumField,
  ListField,
  RequestContext,
  Roles,
  SlugField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { severities, type Severity } from '../agreement.events.js';
import { agreement } from '../agreement.state.js';
import { DefineConsequence, defineConsequence } from './define-consequence.js';

export const DefineConsequenceHandler = handles(DefineConsequence, agreement, defineConsequence);

export class SeverityPointsBody {
  @EnumField('Severity', severities, { example: 'Minor' })
  severity: Severity;
  @DecimalField('Service points', { example: '1' })
  points: string;
}

export class DefineConsequenceBody {
  @SlugField('Objective that it follows from', { example: 'on-time' })
  objectiveId: string;
  @ListField('Service points for each severity', () => SeverityPointsBody, { minItems: 1, maxItems: 10 })
  points: SeverityPointsBody[];
  @DecimalField('Factor when the period before missed the objective too', { example: '2' })
  repeatMultiplier: string;
  @DecimalField('Most points that one breach gives', { optional: true, example: '6' })
  cap?: string;
}

@Controller('v1/agencies/:agency/agreements/:agreement/consequences')
export class DefineConsequenceEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @Body() body: DefineConsequenceBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new DefineConsequence(agency, id, body, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/agreements/${id}`, false);
  }
}
