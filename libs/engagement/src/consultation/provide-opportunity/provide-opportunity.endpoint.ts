import { handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  IntField,
  ListField,
  OffsetDateTimeField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import {
  accessibleFormats,
  consultationChannels,
  type AccessibleFormat,
  type ConsultationChannel,
} from '../consultation.events.js';
import { consultation } from '../consultation.state.js';
import { timeZoneOf } from '../facts.js';
import { ProvideOpportunity, provideOpportunity } from './provide-opportunity.js';

export const ProvideOpportunityHandler = handles(
  ProvideOpportunity,
  consultation,
  provideOpportunity,
  async ({ tenant }, reader) => ({ timeZone: await timeZoneOf(reader, tenant) }),
);

export class ProvideOpportunityBody {
  @SlugField('Short name of the opportunity', { example: 'hall-march' })
  id: string;
  @SlugField('Required group that had it', { example: 'informal' })
  groupId: string;
  @EnumField('Way in which people could speak', consultationChannels, { example: 'in-person' })
  channel: ConsultationChannel;
  @ListField(
    'What makes it usable for people whom its usual form shuts out; none: it is not accessible',
    accessibleFormats,
    {
      maxItems: 10,
      example: ['step-free', 'interpreter'],
    },
  )
  accessibleFormats: AccessibleFormat[];
  @IntField('People of the group who had the opportunity, whether they used it or not', { min: 0, example: 7_500 })
  reached: number;
  @OffsetDateTimeField('From when', { example: '2026-03-02T08:00:00+02:00' })
  from: string;
  @OffsetDateTimeField('To when', { example: '2026-04-01T17:00:00+02:00' })
  to: string;
  @TextField('SHA-256 of what proves it, in lower-case hex', { pattern: /^[0-9a-f]{64}$/ })
  evidenceHash: string;
}

@Controller('v1/agencies/:agency/consultations/:consultation/opportunities')
export class ProvideOpportunityEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') consultationId: string,
    @Body() { id: opportunityId, ...body }: ProvideOpportunityBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ProvideOpportunity(agency, consultationId, { opportunityId, ...body }, metadata);
    return accepted(
      await this.commands.execute(command),
      `/v1/agencies/${agency}/consultations/${consultationId}`,
      false,
    );
  }
}
