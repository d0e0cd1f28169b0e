import { Command, ensure, type Decide } from '@app/kernel';
import { isOwner } from '../owners.js';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState, Revision, UnderRevision } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { openRevision } from '../revisions.js';

export class ApprovePlanRevision extends Command<{
  readonly revisionId: string;
  readonly publicReason?: string;
}> {}

export const approvePlanRevision: Decide<ApprovePlanRevision, PlanState, PlanEvent> = ({ data, metadata }, given) => {
  const { revisionId, publicReason } = data;
  const { person: approver, role: authority } = metadata.actor;
  const { state, revision } = openRevision(given, revisionId);
  ensure(authority === 'executive' || authority === 'oversight', planDecisionRules.theExecutiveApprovesARevision);
  const standing = revision.approvals.find((one) => one.authority === authority);
  if (standing?.approver === approver && standing.publicReason === publicReason) return [];
  ensure(
    standing === undefined,
    planDecisionRules.onlyAnOpenRevisionIsDecidedOn,
    '',
    'It has the approval of this authority.',
  );
  if (authority === 'oversight') ensureOversightMay(revision, publicReason);
  else ensureExecutiveMay(state, revision, approver);
  ensureHasNoOtherDuty(state, revision, approver);
  const reason = publicReason === undefined ? {} : { publicReason };
  return [{ type: 'PlanRevisionApproved', data: { revisionId, approver, authority, ...reason } }];
};

function ensureOversightMay({ weakening }: Revision, publicReason: string | undefined): void {
  ensure(weakening, planDecisionRules.onlyAWeakeningWaitsForOversight);
  ensure(
    publicReason !== undefined && publicReason.trim() !== '',
    planDecisionRules.aWeakeningHasAPublicReason,
    '/publicReason',
  );
}

function ensureExecutiveMay({ team }: UnderRevision, { weakening, approvals }: Revision, approver: string): void {
  ensure(!team.some(({ person }) => person === approver), planDecisionRules.theTeamDoesNotApprove);
  if (!weakening) return;
  const byOversight = approvals.find(({ authority }) => authority === 'oversight');
  ensure(byOversight !== undefined, planDecisionRules.aWeakeningIsApprovedByOversightFirst);
  ensure(byOversight.approver !== approver, planDecisionRules.oversightAndExecutiveAreTwoPersons);
}

function ensureHasNoOtherDuty(state: UnderRevision, { proposer }: Revision, approver: string): void {
  const reports = state.reports.some(({ reporter }) => reporter === approver);
  ensure(approver !== proposer, planDecisionRules.theProposerDoesNotApprove);
  ensure(!state.authors.includes(approver), planDecisionRules.theAuthorDoesNotApproveARevision);
  ensure(!isOwner(state, approver), planDecisionRules.anOwnerDoesNotApproveARevision);
  ensure(!reports, planDecisionRules.theReporterDoesNotApproveARevision);
}
