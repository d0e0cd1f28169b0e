import type { Guard } from './guard.js';
import { importGuards } from './import-guards.js';

/** Everything that is checked about the code itself. */
export const guards: readonly Guard[] = [...importGuards];
