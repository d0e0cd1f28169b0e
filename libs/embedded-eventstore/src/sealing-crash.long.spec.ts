import { KilledSealing } from '../spec-support/killed-sealing.js';

const ROUNDS = 12;
/** About as long as the sealing takes. */
const LONGEST_MS = 150;

describe('A process that is killed while it makes the index of a sealed segment', () => {
  const killed = new KilledSealing();
  afterAll(() => killed.program.clear());

  it(`given appends that go on, when it is killed ${ROUNDS} times, then the next process finds everything`, async () => {
    for (let round = 0; round < ROUNDS; round++) expect(await killed.round(LONGEST_MS)).toEqual([]);
    expect(killed.interrupted).toBeGreaterThan(0);
    process.stdout.write(`${killed.interrupted} of ${ROUNDS} kills found a sealed segment without its index\n`);
  });
});
