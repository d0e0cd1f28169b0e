import { EventStoreDBClient } from '@eventstore/db-client';
import { KilledProcesses, streams, writers } from './killed-processes.js';

interface Stored {
  readonly id: string;
  readonly revision: bigint;
  readonly writer: number;
  readonly step: number;
}

async function storedIn(client: EventStoreDBClient, stream: number): Promise<Stored[]> {
  const found: Stored[] = [];
  for await (const { event } of client.readStream(`steps-crash/${stream}`)) {
    const { writer, step } = event!.data as { writer: number; step: number };
    found.push({ id: event!.id, revision: event!.revision, writer, step });
  }
  return found;
}

/** Kills the store or the writing process at a random moment, that often; then looks at what is stored. */
export function killStoreAndWriter(rounds: number): void {
  const processes = new KilledProcesses();
  afterAll(() => processes.clear());

  it(
    `given load, when the store or the writer is killed ${rounds} times, then each acknowledged command is there once, in order`,
    async () => {
      await processes.startStore();
      processes.startWriter();
      const moments: string[] = [];
      for (let round = 0; round < rounds; round++) {
        const before = processes.steps;
        for (let waited = 0; processes.steps < before + writers && waited < 30_000; waited += 20)
          await new Promise((resolve) => setTimeout(resolve, 20));
        const milliseconds = Math.round(Math.random() * 300);
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        const killed = round % 2 === 0 ? 'store' : 'writer';
        moments.push(`${killed} after ${processes.steps} steps and ${milliseconds} ms`);
        if (killed === 'store') {
          await processes.killStore();
          await processes.startStore();
        } else {
          await processes.killWriter();
          processes.startWriter();
        }
      }
      const before = processes.steps;
      for (let waited = 0; processes.steps < before + writers && waited < 30_000; waited += 20)
        await new Promise((resolve) => setTimeout(resolve, 20));
      await processes.stop();
      expect({ moments, complaints: processes.complaints }).toEqual({ moments, complaints: [] });
      expect(processes.steps).toBeGreaterThanOrEqual((rounds + 1) * writers);
      await processes.killStore();
      await processes.startStore();
      const client = EventStoreDBClient.connectionString(processes.url);
      const stored = await Promise.all(Array.from({ length: streams }, (_, stream) => storedIn(client, stream)));
      await client.dispose();
      const ids = stored.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const events of stored)
        expect(events.map(({ revision }) => revision)).toEqual(events.map((_, at) => BigInt(at)));
      for (const [writer, revisions] of processes.acknowledged.entries()) {
        const own = stored[writer % streams]!.filter((event) => event.writer === writer);
        expect(own.map(({ step }) => step)).toEqual(own.map((_, step) => step));
        expect(own.slice(0, revisions.length).map(({ revision }) => revision)).toEqual(revisions);
      }
    },
    60_000 + rounds * 10_000,
  );
}
