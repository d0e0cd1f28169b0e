import { service } from '@app/directory/events';
import { handles, type AggregateReader } from '@app/event-store';
import {
  Commands,
  DateField,
  DecimalField,
  EnumField,
  IntField,
  ListField,
  ObjectField,
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
import { standingOf } from '../facts.js';
import { PlanConsultation, planConsultation, type GivenGroup, type IdentifiedGroup } from './plan-consultation.js';

export const PlanConsultationHandler = handles(
  PlanConsultation,
  consultation,
  planConsultation,
  async ({ tenant, data: { subject, requiredGroups } }, reader) => ({
    subject: await standingOf(reader, tenant, subject),
    identified: (await Promise.all(requiredGroups.map((group) => identifiedBy(reader, tenant, group)))).flat(),
  }),
);

async function identifiedBy(
  reader: AggregateReader,
  tenant: string,
  { groupId, serviceId }: GivenGroup,
): Promise<readonly IdentifiedGroup[]> {
  if (serviceId === undefined) return [];
  const { state } = await reader.load(service, tenant, serviceId);
  if (state.status === 'unregistered') return [];
  return state.clientGroups
    .filter((group) => group.groupId === groupId)
    .map(({ name, populations }) => {
      const { populationSize: population, asOf, source } = populations.at(-1)!;
      return { groupId, name, serviceId, population, asOf, source };
    });
}

export class SubjectBody {
  @EnumField('Kind of what is to be decided', subjectKinds, { example: 'plan' })
  kind: SubjectKind;
  @SlugField('Its short name', { example: 'water-2026' })
  id: string;
}

export class RequiredGroupBody {
  @SlugField('Short name of the group; of the client group, where it is one of a service', { example: 'informal' })
  groupId: string;
  @DecimalField('Share of the group that must have the opportunity, above 0 and at most 1', { example: '0.6' })
  threshold: string;
  @SlugField('Service that has identified the group: it brings name and population', {
    optional: true,
    example: 'water',
  })
  serviceId?: string;
  @TextField('Name of a group of its own', { optional: true, maxLength: 200, example: 'Informal settlement' })
  name?: string;
  @IntField('People of a group of its own', { optional: true, min: 1, example: 12_000 })
  population?: number;
  @DateField('Day that the population is of', { optional: true, example: '2025-06-30' })
  asOf?: string;
  @TextField('Census, register or survey that it comes from', {
    optional: true,
    maxLength: 200,
    example: 'Census 2022',
  })
  source?: string;
}

export class PlanConsultationBody {
  @SlugField('Short name of the consultation; part of its address', { example: 'water-2026' })
  id: string;
  @TextField('Title', { maxLength: 200, example: 'How should water reach you?' })
  title: string;
  @ObjectField('What the consultation informs', () => SubjectBody)
  subject: SubjectBody;
  @EnumField('How far the public shapes the decision', participationLevels, { example: 'involve' })
  level: ParticipationLevel;
  @ListField('What is asked', 'text', { minItems: 1, maxItems: 50, example: ['What should change first?'] })
  questions: string[];
  @ListField('Groups that must have the opportunity', () => RequiredGroupBody, { minItems: 1, maxItems: 100 })
  requiredGroups: RequiredGroupBody[];
  @IntField('Days for which it is open, and one accessible channel to each group', { min: 1, max: 365, example: 30 })
  minOpenDays: number;
}

@Controller('v1/agencies/:agency/consultations')
export class PlanConsultationEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Body() { id, ...data }: PlanConsultationBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new PlanConsultation(agency, id, data, metadata));
    return accepted(result, `/v1/agencies/${agency}/consultations/${id}`);
  }
}
