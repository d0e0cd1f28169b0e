import { agency } from '@app/directory/events';
import { handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  ListField,
  ObjectField,
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
  participationLevels,
  subjectKinds,
  type ParticipationLevel,
  type SubjectKind,
} from '../consultation.events.js';
import { consultation } from '../consultation.state.js';
import { RecordPastConsultation, recordPastConsultation } from './record-past-consultation.js';

export const RecordPastConsultationHandler = handles(
  RecordPastConsultation,
  consultation,
  recordPastConsultation,
  async ({ tenant }, reader) => {
    const { state } = await reader.load(agency, tenant, tenant);
    return { isAgencyKnown: state.status !== 'unregistered' };
  },
);

export class PastSubjectBody {
  @EnumField('What it was about', subjectKinds, { example: 'plan' })
  kind: SubjectKind;
  @SlugField('Name of it, which need not be in this ledger', { example: 'minimum-wage' })
  id: string;
}

export class PastConsultationBody {
  @SlugField('Name of the consultation in addresses', { example: 'fifteen-per-hour' })
  id: string;
  @TextField('Title', { maxLength: 500, example: '$15/hour' })
  title: string;
  @ObjectField('What it was about', () => PastSubjectBody)
  subject: PastSubjectBody;
  @EnumField('How far the public shaped the decision (IAP2)', participationLevels, { example: 'consult' })
  level: ParticipationLevel;
  @ListField('What people were asked', 'text', { minItems: 1, maxItems: 100, example: ['What do you think of it?'] })
  questions: string[];
  @ListField('Ids of the groups that its participants were counted in', 'slug', { maxItems: 100, example: ['0', '1'] })
  groups: string[];
  @OffsetDateTimeField('When it began', { example: '2014-06-18T01:16:54Z' })
  openedAt: string;
  @OffsetDateTimeField('When it was over', { example: '2019-02-13T11:36:04Z' })
  closedAt: string;
  @TextField('Who published the record of it, where, under which licence', {
    maxLength: 1000,
    example: 'Polis, https://pol.is/2demo, CC BY 4.0',
  })
  source: string;
}

/** Consultations that took place before this ledger, or elsewhere: nothing is decided on them. */
@Controller('v1/agencies/:agency/past-consultations')
export class RecordPastConsultationEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner')
  async post(
    @Param('agency') tenant: string,
    @Body() { id, subject, ...said }: PastConsultationBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const data = { ...said, subject: { kind: subject.kind, id: subject.id } };
    const command = new RecordPastConsultation(tenant, id, data, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${tenant}/consultations/${id}`);
  }
}
