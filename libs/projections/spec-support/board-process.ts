// board-process.ts <event store> <mongo> <database>: an engine in a process of its own, to be killed.
import { EventLog } from '@app/event-store';
import { LocalEngine } from '../src/local-engine.js';
import { ReadModels } from '../src/read-models.js';
import { boards, tallies } from './boards.js';

const [eventStoreUrl, mongoUrl, database] = process.argv.slice(2);
const engine = new LocalEngine(EventLog.connect(eventStoreUrl!), new ReadModels(mongoUrl!, database), [
  boards,
  tallies,
]);
await engine.start();
process.stdout.write('started\n');
