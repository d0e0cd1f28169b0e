import { FuzzedDatabase } from '../spec-support/fuzzed-database.js';

const CASES = 600;
const MEMORY = 400 * 1024 * 1024;

describe('The embedded document store, given requests with faults in them', () => {
  const database = new FuzzedDatabase();
  beforeAll(() => database.start());
  afterAll(() => database.close());

  test('it answers each or ends its connection, serves others, and its memory is bounded', async () => {
    expect(await database.messages(1, CASES)).toBeLessThan(MEMORY);
  });
});
