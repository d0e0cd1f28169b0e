import { KilledEventStore } from '../spec-support/killed-event-store.js';

const ROUNDS = 100;

describe('The embedded event store in a process that is killed again and again', () => {
  const store = new KilledEventStore();
  afterAll(() => store.program.clear());

  it(`given load, when it is killed ${ROUNDS} times at random moments, then all that its clients saw fits one order`, async () => {
    for (let round = 0; round < ROUNDS; round++)
      expect(await store.round(1 + Math.floor(Math.random() * 200), Math.random() * 40)).toEqual([]);
    const { found, stored } = await store.allRounds();
    expect(found).toEqual(stored);
    process.stdout.write(`${store.acknowledged} acknowledged appends, ${stored.length} events in ${ROUNDS} rounds\n`);
  });
});
