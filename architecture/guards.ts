import { documentGuards } from './document-guards.js';
import type { Guard } from './guard.js';
import { importGuards } from './import-guards.js';
import { namingGuards } from './naming-guards.js';
import { purityGuards } from './purity-guards.js';
import { ruleGuards } from './rule-guards.js';

/** Everything that is checked about the code itself. */
export const guards: readonly Guard[] = [
  ...importGuards,
  ...purityGuards,
  ...namingGuards,
  ...ruleGuards,
  ...documentGuards,
];
