import { ensure } from '@app/kernel';
import type { AwaitingDecision } from './plan.state.js';
import { planDecisionRules } from './plan-decisions.rules.js';

/** Refuses a decision on another content than the one that was submitted. */
export const ensureSameContent = ({ contentHash }: AwaitingDecision, read: string): void =>
  ensure(
    read === contentHash,
    planDecisionRules.everybodyDecidesOnTheSameContent,
    '/contentHash',
    `It was submitted as ${contentHash}.`,
  );
