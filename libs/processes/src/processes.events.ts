import { processEvents } from './process/process.events.js';

export * from './process/no-data.js';
export * from './process/process.events.js';
export * from './process/process.state.js';

/** Every event of the processes. */
export const processesEvents = processEvents;
