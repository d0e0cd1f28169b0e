import { KilledScavenge } from '../spec-support/killed-scavenge.js';

const ROUNDS = 8;
/** About as long as a scavenge takes. */
const LONGEST_MS = 250;

describe('A scavenge in a process that is killed again and again', () => {
  const killed = new KilledScavenge();
  afterAll(() => killed.program.clear());

  it(`given appends that go on, when it is killed three times in each of ${ROUNDS} rounds, then nothing readable is lost or moved, and the next process ends it`, async () => {
    for (let round = 0; round < ROUNDS; round++) expect(await killed.round(LONGEST_MS)).toEqual([]);
    const { scavenges, segments } = killed.interrupted;
    expect(scavenges).toBeGreaterThan(0);
    process.stdout.write(`${scavenges} scavenges interrupted, ${segments} with a segment half written\n`);
  });
});
