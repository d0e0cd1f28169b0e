// open-eventstore.mjs <folder> <events> <streams>: opens the folder, appends so many events if any, and tells how long the opening took,
// how much processor time, and how much memory the process has.
import { randomUUID } from 'node:crypto';
import { dist, now } from '../harness.mjs';

const { Engine } = await dist('libs/embedded-eventstore/src/engine/engine.js');
const { newUuid } = await dist('libs/embedded-eventstore/src/codec/uuid.js');
const [folder, events, streams] = process.argv.slice(2);

const begun = now();
const before = process.cpuUsage();
const engine = new Engine(folder);
const seconds = Number(((now() - begun) / 1000).toFixed(3));
const { user, system } = process.cpuUsage(before);
const cpu = ((user + system) / 1e6).toFixed(2);

const data = Buffer.from(JSON.stringify({ at: '2024-01-01T00:00:00Z', value: 12.5, text: 'x'.repeat(110) }));
const metadata = Buffer.from(JSON.stringify({ correlation: 'c-1', trace: 'm'.repeat(70) }));
const type = Buffer.from('ReadingRecorded');
const names = Array.from({ length: Math.min(1000, Number(streams)) }, () => randomUUID());
for (let i = 0; i < Number(events); i++) {
  const stream = `reading-${names[i % names.length]}-${i % Number(streams)}`;
  const outcome = engine.append(stream, -2, [{ id: newUuid(), type, isJson: true, metadata, data }]);
  if (i % 1000 === 999) await new Promise((resolve) => engine.log.whenDurable(outcome.until, resolve));
}
global.gc?.();
console.log(JSON.stringify({ seconds, cpu, megabytes: Math.round(process.memoryUsage.rss() / 2 ** 20) }));
process.on('SIGTERM', () => void engine.close().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
