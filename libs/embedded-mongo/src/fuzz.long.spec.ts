import { FuzzedDatabase } from '../spec-support/fuzzed-database.js';

const CASES = 100_000;
const MEMORY = 600 * 1024 * 1024;

describe('The embedded document store, given very many requests with faults in them', () => {
  const database = new FuzzedDatabase();
  const seed = Date.now() % 1e9;
  beforeAll(() => database.start());
  afterAll(() => database.close());

  test(`given ${CASES} of them, then others are served and its memory is bounded`, async () => {
    const memory = await database.messages(seed, CASES);
    process.stdout.write(`seeds from ${seed}: at most ${Math.round(memory / 1e6)} MB\n`);
    expect(memory).toBeLessThan(MEMORY);
  });
});
