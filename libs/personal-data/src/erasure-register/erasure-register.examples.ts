import type { ErasureRegisterEvent } from './erasure-register.events.js';

export const subject = { agency: 'boston', person: 'p-1' };
export const listed: ErasureRegisterEvent = { type: 'ErasureListed', data: subject };
export const concluded: ErasureRegisterEvent = { type: 'ErasureConcluded', data: subject };
