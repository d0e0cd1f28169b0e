import { asTable, isHeldUp, latencyUnder, type Latency } from '../../../test/fuzz/latency-of-others.js';
import { eventStoreProgram } from '../spec-support/event-store-program.js';
import { hostilePeers } from '../spec-support/hostile-peers.js';

/** A client in a process of its own, so that it does not wait for the attackers' process. */
const CLIENT = `
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
const [url] = process.argv.slice(2);
const client = EventStoreDBClient.connectionString(url);
const taken = [];
const append = () => client.appendToStream('others', jsonEvent({ type: 'Counted', data: {} }));
await append();
for (const end = Date.now() + 1500; Date.now() < end; ) {
  const begun = performance.now();
  const { nextExpectedRevision } = await append();
  for await (const _ of client.readStream('others', { fromRevision: nextExpectedRevision }));
  taken.push(performance.now() - begun);
}
taken.sort((a, b) => a - b);
console.log(taken[Math.floor(taken.length * 0.99)]);
process.exit(0);
`;

const portOf = (says: string): number => Number(new URL(says.replace('esdb:', 'http:')).port);

describe('The embedded event store among hostile peers, measured', () => {
  const programs = [eventStoreProgram(), eventStoreProgram()] as const;
  afterAll(() => Promise.all(programs.map((program) => program.clear())));

  it('given each of them, then the 99th percentile of the others stays below twice of what it is when another server is attacked', async () => {
    const [program, other] = programs;
    const { says } = await program.start('in-process');
    const port = portOf(says);
    const portBeside = portOf((await other.start('in-process')).says);
    const latencies: Latency[] = [];
    for (const [name, attack] of Object.entries(hostilePeers))
      latencies.push(
        await latencyUnder(name, { beside: () => attack(portBeside), attacked: () => attack(port) }, async () =>
          Number(await program.run(CLIENT, says)),
        ),
      );
    process.stdout.write(asTable(latencies));
    expect(latencies.filter(isHeldUp)).toEqual([]);
  });
});
