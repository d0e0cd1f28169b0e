import { service } from '@app/directory/events';
import { handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  IntField,
  ListField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { agreementKinds, type AgreementKind } from '../agreement.events.js';
import { agreement } from '../agreement.state.js';
import { DraftAgreement, draftAgreement } from './draft-agreement.js';

export const DraftAgreementHandler = handles(
  DraftAgreement,
  agreement,
  draftAgreement,
  async ({ tenant, data: { serviceIds } }, reader) => {
    const services = await Promise.all(serviceIds.map((id) => reader.load(service, tenant, id)));
    const unknown = services.map(({ state }) => state.status === 'unregistered' || state.status === 'retired');
    return { unknownServices: serviceIds.filter((_id, index) => unknown[index]) };
  },
);

export class DraftAgreementBody {
  @SlugField('Short name of the agreement; part of its address', { example: 'street-services' })
  id: string;
  @TextField('Title', { maxLength: 200, example: 'Street services' })
  title: string;
  @EnumField('Kind of agreement', agreementKinds, { example: 'SLA' })
  kind: AgreementKind;
  @ListField('Services it is about', 'slug', { minItems: 1, maxItems: 100, example: ['street-cleaning'] })
  serviceIds: string[];
  @IntField('Days between an evaluation and its final figures', { min: 0, max: 90, example: 10 })
  disputeWindowDays: number;
}

@Controller('v1/agencies/:agency/agreements')
export class DraftAgreementEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Body() { id, ...data }: DraftAgreementBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new DraftAgreement(agency, id, data, metadata));
    return accepted(result, `/v1/agencies/${agency}/agreements/${id}`);
  }
}
