// lamp-process.ts <event store> <mongo>: the engine in a process of its own, to be killed.
import { EventLog, StreamDecider } from '@app/event-store';
import { FixedClock } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { ProcessEngine } from '../src/engine/process-engine.js';
import { mendLampWhenItBreaks } from './lamps.js';

const [eventStoreUrl, mongoUrl, now] = process.argv.slice(2);
const log = EventLog.connect(eventStoreUrl!);
const engine = new ProcessEngine(
  log,
  new StreamDecider(log),
  new ReadModels(mongoUrl!),
  new FixedClock(new Date(now!)),
  [mendLampWhenItBreaks],
  20,
);
await engine.start();
process.stdout.write('started\n');
