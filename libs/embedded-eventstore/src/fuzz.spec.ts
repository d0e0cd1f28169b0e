import { FuzzedEventStore } from '../spec-support/fuzzed-event-store.js';

const CASES = 300;
const MEMORY = 400 * 1024 * 1024;

describe('The embedded event store, given requests with faults in them', () => {
  const store = new FuzzedEventStore();
  beforeAll(() => store.start());
  afterAll(() => store.close());

  it('given whole connections with faults, then it ends each, serves others, and its memory is bounded', async () => {
    expect(await store.connections(1, CASES)).toBeLessThan(MEMORY);
  });

  it('given calls with faults in their messages, then it answers each, serves others, and its memory is bounded', async () => {
    expect(await store.messages(1, CASES)).toBeLessThan(MEMORY);
  });
});
