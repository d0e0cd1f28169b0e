import { KilledProgram } from '../../../test/crash/killed-program.js';

/** The store as a program, to be started and killed. */
export const eventStoreProgram = (): KilledProgram =>
  new KilledProgram('embedded-eventstore', 'startEmbeddedEventStore', 'startEmbeddedEventStoreWorker');
