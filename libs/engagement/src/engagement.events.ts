import { ballotBoxEvents } from './ballot-box/ballot-box.events.js';
import { ballotBox } from './ballot-box/ballot-box.state.js';
import { consultationEvents } from './consultation/consultation.events.js';
import { consultation } from './consultation/consultation.state.js';
import { inputEvents } from './input/input.events.js';
import { input } from './input/input.state.js';
import { statementEvents } from './statement/statement.events.js';
import { statements } from './statement/statement.state.js';

export * from './ballot-box/ballot-box.events.js';
export { ballotBox, type BallotBox } from './ballot-box/ballot-box.state.js';
export * from './consultation/consultation.events.js';
export * from './consultation/consultation.state.js';
export * from './input/input.events.js';
export { input, inputStreamId, type InputState } from './input/input.state.js';
export * from './statement/statement.events.js';
export { statements, type StatementStanding, type Statements } from './statement/statement.state.js';

/** Every event of the context. */
export const engagementEvents = { ...ballotBoxEvents, ...statementEvents, ...consultationEvents, ...inputEvents };

/** Every kind of stream of the context, for those who replay it. */
export const engagementAggregates = [ballotBox, statements, consultation, input] as const;
