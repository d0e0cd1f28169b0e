import { agreement } from '@app/agreements/events';
import { agency } from '@app/directory/events';
import type { AggregateReader } from '@app/event-store';
import { plan, type PlanState } from '@app/planning/events';
import type { AnswerLink, SubjectKind } from './consultation.events.js';

/** Whether what a consultation informs is there, and still to be decided. */
export type SubjectStanding = 'unknown' | 'undecided' | 'decided';

export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

/** Before it is submitted; a plan that is returned is set goals again. */
const undecided: readonly PlanState['status'][] = ['cycle-open', 'diagnosing', 'goal-setting', 'prioritising'];

export async function standingOf(reader: AggregateReader, tenant: string, subject: Subject): Promise<SubjectStanding> {
  switch (subject.kind) {
    case 'plan': {
      const { state } = await reader.load(plan, tenant, subject.id);
      if (state.status === 'unopened') return 'unknown';
      return undecided.includes(state.status) ? 'undecided' : 'decided';
    }
    case 'agreement': {
      const { state } = await reader.load(agreement, tenant, subject.id);
      if (state.status === 'undrafted') return 'unknown';
      return state.status === 'drafting' ? 'undecided' : 'decided';
    }
    // An agreement in force cannot be amended yet, so there is none to speak about.
    case 'amendment':
      return 'unknown';
  }
}

/** Of the agency; undefined where it is not registered. */
export async function timeZoneOf(reader: AggregateReader, tenant: string): Promise<string | undefined> {
  const { state } = await reader.load(agency, tenant, tenant);
  return state.status === 'registered' ? state.timeZone : undefined;
}

/** Those of the links that lead to nothing. */
export async function deadLinks(
  reader: AggregateReader,
  tenant: string,
  links: readonly AnswerLink[],
): Promise<readonly AnswerLink[]> {
  const alive = await Promise.all(links.map((link) => isAlive(reader, tenant, link)));
  return links.filter((_link, index) => !alive[index]);
}

async function isAlive(reader: AggregateReader, tenant: string, link: AnswerLink): Promise<boolean> {
  if (link.kind === 'clause') {
    if (link.agreement === undefined || link.plan !== undefined) return false;
    const { state } = await reader.load(agreement, tenant, link.agreement);
    return state.status !== 'undrafted' && state.terms.objectives.some(({ objectiveId }) => objectiveId === link.id);
  }
  if (link.plan === undefined || link.agreement !== undefined) return false;
  const { state } = await reader.load(plan, tenant, link.plan);
  if (state.status === 'unopened') return false;
  return link.kind === 'problem'
    ? state.problems.some(({ problemId }) => problemId === link.id)
    : state.goals.some(({ goalId }) => goalId === link.id);
}
