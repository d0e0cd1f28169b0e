import { Command, Decimal, ensure, isDecimalText, type Decide } from '@app/kernel';
import { isDeepStrictEqual } from 'node:util';
import type { ConsultationEvent, ParticipationLevel, RequiredGroup, SubjectKind } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import type { ConsultationState } from '../consultation.state.js';
import type { SubjectStanding } from '../facts.js';

/** A group of a service, or one of the consultation's own with its name and population. */
export interface GivenGroup {
  readonly groupId: string;
  readonly threshold: string;
  readonly serviceId?: string | undefined;
  readonly name?: string | undefined;
  readonly population?: number | undefined;
  readonly asOf?: string | undefined;
  readonly source?: string | undefined;
}

export class PlanConsultation extends Command<{
  readonly title: string;
  readonly subject: { readonly kind: SubjectKind; readonly id: string };
  readonly level: ParticipationLevel;
  readonly questions: readonly string[];
  readonly requiredGroups: readonly GivenGroup[];
  readonly minOpenDays: number;
}> {}

/** A client group as its service knows it. */
export type IdentifiedGroup = Omit<RequiredGroup, 'threshold'> & { readonly serviceId: string };

export interface PlanConsultationFacts {
  readonly subject: SubjectStanding;
  /** What the services say of those groups that name one. */
  readonly identified: readonly IdentifiedGroup[];
}

export const planConsultation: Decide<PlanConsultation, ConsultationState, ConsultationEvent, PlanConsultationFacts> = (
  { data, metadata },
  state,
  facts,
) => {
  const { title, subject, level, minOpenDays } = data;
  const questions = [...data.questions];
  ensure(questions.length > 0, consultationRules.aConsultationAsksSomething, '/questions');
  ensure(
    Number.isInteger(minOpenDays) && minOpenDays >= 1 && minOpenDays <= 365,
    consultationRules.aConsultationAsksForOneToOneYear,
    '/minOpenDays',
  );
  const names = data.requiredGroups.map(({ groupId }) => groupId);
  ensure(
    names.length > 0 && new Set(names).size === names.length,
    consultationRules.aConsultationRequiresGroups,
    '/requiredGroups',
  );
  const standing = state.status === 'unplanned' ? [] : state.requiredGroups;
  const requiredGroups = data.requiredGroups.map((group, index) => required(group, index, facts.identified, standing));
  const planned = { title, subject: { ...subject }, level, questions, requiredGroups, minOpenDays };
  if (state.status !== 'unplanned') {
    const stands: typeof planned = {
      title: state.title,
      subject: state.subject,
      level: state.level,
      questions: [...state.questions],
      requiredGroups: [...state.requiredGroups],
      minOpenDays: state.minOpenDays,
    };
    ensure(isDeepStrictEqual(stands, planned), consultationRules.aConsultationIsPlannedOnce);
    return [];
  }
  ensure(facts.subject !== 'unknown', consultationRules.aConsultationInformsSomethingThatIsThere, '/subject/id');
  ensure(facts.subject !== 'decided', consultationRules.aConsultationOpensBeforeTheDecision, '/subject/id');
  return [{ type: 'ConsultationPlanned', data: { ...planned, planner: metadata.actor.person } }];
};

function required(
  given: GivenGroup,
  index: number,
  identified: readonly IdentifiedGroup[],
  standing: readonly RequiredGroup[],
): RequiredGroup {
  const at = `/requiredGroups/${index}`;
  const { groupId, threshold } = given;
  ensure(
    isDecimalText(threshold) && new Decimal(threshold).greaterThan(0) && !new Decimal(threshold).greaterThan(1),
    consultationRules.aThresholdIsAboveZeroAndAtMostOne,
    `${at}/threshold`,
  );
  return {
    ...(given.serviceId === undefined ? own(given, at) : ofService(given, at, identified, standing)),
    groupId,
    threshold,
  };
}

function own({ groupId, name, population, asOf, source }: GivenGroup, at: string): Omit<RequiredGroup, 'threshold'> {
  const counted = population !== undefined && Number.isInteger(population) && population > 0;
  ensure(
    counted && asOf !== undefined && source !== undefined,
    consultationRules.aRequiredGroupHasAPopulation,
    `${at}/population`,
  );
  return { groupId, name: name ?? groupId, population, asOf, source };
}

function ofService(
  { groupId, serviceId, name, population, asOf, source }: GivenGroup,
  at: string,
  identified: readonly IdentifiedGroup[],
  standing: readonly RequiredGroup[],
): Omit<RequiredGroup, 'threshold'> {
  const bringsItsOwn = [name, population, asOf, source].every((one) => one === undefined);
  // The population that the consultation was planned with stands, also when the service has learned better.
  const planned = standing.find((one) => one.groupId === groupId && one.serviceId === serviceId);
  const found = planned ?? identified.find((one) => one.groupId === groupId && one.serviceId === serviceId);
  ensure(bringsItsOwn && found !== undefined, consultationRules.aGroupOfAServiceBringsItsPopulation, at);
  return found;
}
