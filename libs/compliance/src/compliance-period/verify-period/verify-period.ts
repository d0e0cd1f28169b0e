import { engineVersion } from '../evaluation.js';
import { figures, type EvaluateFacts } from '../evaluate-period/evaluate-period.js';
import type { Final, Provisional } from '../compliance-period.state.js';

export interface Verification {
  readonly status: 'provisional' | 'final';
  /** Both hashes came out again. */
  readonly matches: boolean;
  /** False when another engine made the figures: a difference may be the engine's. */
  readonly sameEngine: boolean;
  readonly recorded: Hashes;
  readonly recomputed: Hashes;
}
interface Hashes {
  readonly inputHash: string;
  readonly resultHash: string;
}

/** Computes recorded figures again from what they pinned: a neighbour that became final later does not count. */
export function verify(state: Provisional | Final, facts: EvaluateFacts): Verification {
  const { pins, inputHash, resultHash } = state.evaluation;
  const { previous, ...own } = facts;
  const counted = pins.previous === undefined || previous === undefined ? own : { ...own, previous };
  const again = figures(state, pins, counted);
  return {
    status: state.status,
    matches: again.inputHash === inputHash && again.resultHash === resultHash,
    sameEngine: pins.engineVersion === engineVersion,
    recorded: { inputHash, resultHash },
    recomputed: { inputHash: again.inputHash, resultHash: again.resultHash },
  };
}
