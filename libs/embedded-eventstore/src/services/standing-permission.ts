import type { Engine } from '../engine/engine.js';
import type { Caller } from './caller.js';

/** Answers whether the caller may still read the stream; it decides anew only when something changed that decides it. */
export type StandingPermission = () => boolean;

export function standingPermission(engine: Engine, caller: Caller, stream: string): StandingPermission {
  let decidedAt = engine.accessVersion;
  let isAllowed = true;
  return () => {
    if (engine.accessVersion !== decidedAt) {
      decidedAt = engine.accessVersion;
      isAllowed = caller.may('read', stream);
    }
    return isAllowed;
  };
}
