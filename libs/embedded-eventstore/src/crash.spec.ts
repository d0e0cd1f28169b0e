import { KilledEventStore } from '../spec-support/killed-event-store.js';

const ROUNDS = 3;

describe('The embedded event store in a process that is killed', () => {
  const store = new KilledEventStore();
  afterAll(() => store.program.clear());

  it(`given load, when it is killed ${ROUNDS} times, then all that its clients saw fits one order, and nothing is missing`, async () => {
    for (let round = 0; round < ROUNDS; round++) expect(await store.round(20 + 15 * round, 5 * round)).toEqual([]);
    const { found, stored } = await store.allRounds();
    expect(found).toEqual(stored);
  }, 120_000);

  it('given a running server, when a second process opens its folder, then it is refused and told what to do', async () => {
    await store.program.start('in-process');
    const { says } = await store.program.start('in-process');
    expect(says).toMatch(
      /refused: .* is in use by another embedded event store \(process \d+\)\. Connect to that one, or stop it/,
    );
  }, 30_000);
});
